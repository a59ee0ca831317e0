package io.github.sesquill;

import io.github.sesquill.transport.SendOutcome;

/** SES may have the message. Sending it again may send it twice. */
public final class OutcomeUnknownException extends SendException {

    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // exceptions are not sent anywhere by this library
    private final SendOutcome.Unknown outcome;

    OutcomeUnknownException(SendOutcome.Unknown outcome) {
        super((outcome.accepted() ? "Accepted, but the id could not be read; " : "Unknown whether it was sent; ")
                + attempts(outcome) + ".");
        this.outcome = outcome;
    }

    @Override
    public SendOutcome.Unknown outcome() {
        return outcome;
    }
}
