package io.github.sesquill.test;

import io.github.sesquill.message.EmailAddress;
import io.github.sesquill.message.EmailMessage;
import io.github.sesquill.test.engine.Accepted;
import java.time.Instant;
import java.util.List;

/**
 * A message that the fake has accepted.
 *
 * <p>Immutable, thread-safe, compared by value.
 */
public final class SentMessage {

    private final Accepted accepted;
    private final MessageSubmission submission;

    SentMessage(Accepted accepted) {
        this.accepted = accepted;
        this.submission = (MessageSubmission) accepted.submission();
    }

    /** Returns the message as the transport was given it. */
    public EmailMessage message() {
        return submission.message();
    }

    /** Returns the id that the sender got, and that notifications name. */
    public String messageId() {
        return accepted.messageId();
    }

    /** Returns the {@code Message-ID} header, in angle brackets. */
    public String wireMessageId() {
        return accepted.wireMessageId();
    }

    /** Returns when it was accepted, in the fake's time. */
    public Instant at() {
        return accepted.at();
    }

    /** Returns the id of the attempt that brought it. */
    public String attemptId() {
        return submission.attemptId();
    }

    /** Returns the recipients whose mail server takes it: all but the addresses of the simulator that bounce. */
    public List<EmailAddress> delivered() {
        return accepted.delivered();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SentMessage that
                && message().equals(that.message())
                && messageId().equals(that.messageId())
                && wireMessageId().equals(that.wireMessageId())
                && at().equals(that.at())
                && attemptId().equals(that.attemptId());
    }

    @Override
    public int hashCode() {
        return messageId().hashCode();
    }

    /** Returns id and time, without addresses or text. */
    @Override
    public String toString() {
        return "SentMessage[" + messageId() + " at " + at() + "]";
    }
}
