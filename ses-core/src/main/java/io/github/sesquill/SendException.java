package io.github.sesquill;

import io.github.sesquill.transport.SendOutcome;

/**
 * A message was not sent, or nobody can say whether it was; {@link NotSentException} and {@link OutcomeUnknownException}
 * tell which.
 *
 * <p>The message of the exception is safe to log: reason, code and attempt. What SES said, which may hold addresses, is
 * in the outcome.
 */
public abstract sealed class SendException extends RuntimeException permits NotSentException, OutcomeUnknownException {

    private static final long serialVersionUID = 1L;

    SendException(String message) {
        super(message);
    }

    static SendException of(SendOutcome outcome) {
        return outcome instanceof SendOutcome.NotSent notSent
                ? new NotSentException(notSent)
                : new OutcomeUnknownException((SendOutcome.Unknown) outcome);
    }

    /** Returns what became of the message. */
    public abstract SendOutcome outcome();

    static String attempts(SendOutcome outcome) {
        return outcome.attemptIds().isEmpty()
                ? "no attempt was made"
                : "attempt " + String.join(", ", outcome.attemptIds());
    }
}
