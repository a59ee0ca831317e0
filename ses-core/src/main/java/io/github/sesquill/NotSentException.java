package io.github.sesquill;

import io.github.sesquill.transport.SendOutcome;

/** SES certainly does not have the message. */
public final class NotSentException extends SendException {

    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // exceptions are not sent anywhere by this library
    private final SendOutcome.NotSent outcome;

    NotSentException(SendOutcome.NotSent outcome) {
        super("Not sent: " + outcome.reason()
                + outcome.code().map(code -> " (" + code + ")").orElse("")
                + (outcome.isRetryable() ? ", may succeed later; " : "; ") + attempts(outcome) + ".");
        this.outcome = outcome;
    }

    @Override
    public SendOutcome.NotSent outcome() {
        return outcome;
    }
}
