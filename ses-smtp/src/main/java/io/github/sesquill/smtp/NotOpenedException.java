package io.github.sesquill.smtp;

import io.github.sesquill.transport.SendOutcome;

/** A connection could not be made ready; nothing of a message was said on it. */
final class NotOpenedException extends Exception {

    private static final long serialVersionUID = 1;

    private final transient SendOutcome.NotSent outcome;
    private final boolean crowded;

    NotOpenedException(SendOutcome.NotSent outcome) {
        this(outcome, false);
    }

    NotOpenedException(SendOutcome.NotSent outcome, boolean crowded) {
        super(null, null, false, false);
        this.outcome = outcome;
        this.crowded = crowded;
    }

    SendOutcome.NotSent outcome() {
        return outcome;
    }

    /** Tells whether the server has too many connections already. */
    boolean isCrowded() {
        return crowded;
    }
}
