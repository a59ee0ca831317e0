package io.github.sesquill.test;

import io.github.sesquill.message.EmailMessage;

/**
 * One attempt to send, whichever way it came in.
 *
 * @param size bytes once encoded
 */
record Submission(EmailMessage message, String attemptId, long size) {

    int recipients() {
        return message.recipients().size();
    }

    /** Returns the recipients that count for the day: the simulator's do not. */
    int daily() {
        return (int) message.recipients().stream().filter(r -> !r.isSimulator()).count();
    }
}
