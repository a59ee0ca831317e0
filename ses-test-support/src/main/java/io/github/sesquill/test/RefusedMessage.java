package io.github.sesquill.test;

import io.github.sesquill.message.EmailMessage;
import io.github.sesquill.transport.SendOutcome;
import java.time.Instant;
import java.util.Objects;

/**
 * An attempt that the fake did not accept, and what it answered.
 *
 * <p>What a mailer stops before it reaches the transport is not here: suppressed recipients, a full line, a day that its
 * own count says is full. Immutable, thread-safe, compared by value.
 */
public final class RefusedMessage {

    private final EmailMessage message;
    private final SendOutcome outcome;
    private final Instant at;
    private final String attemptId;

    RefusedMessage(EmailMessage message, SendOutcome outcome, Instant at, String attemptId) {
        this.message = message;
        this.outcome = outcome;
        this.at = at;
        this.attemptId = attemptId;
    }

    /** Returns the message as the transport was given it. */
    public EmailMessage message() {
        return message;
    }

    /** Returns the answer: why it is not sent, or a scripted unknown. */
    public SendOutcome outcome() {
        return outcome;
    }

    /** Returns when it was refused, in the fake's time. */
    public Instant at() {
        return at;
    }

    /** Returns the id of the attempt. */
    public String attemptId() {
        return attemptId;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RefusedMessage that
                && message.equals(that.message)
                && outcome.equals(that.outcome)
                && at.equals(that.at)
                && attemptId.equals(that.attemptId);
    }

    @Override
    public int hashCode() {
        return Objects.hash(attemptId, at);
    }

    /** Returns outcome and time, without addresses or text. */
    @Override
    public String toString() {
        return "RefusedMessage[" + outcome + " at " + at + "]";
    }
}
