package io.github.sesquill.examples;

import io.github.sesquill.message.EmailMessage;
import io.github.sesquill.transport.SendOutcome;

/** A letter that was given to the mailer, and what became of it. */
record Posted(Customer customer, EmailMessage letter, SendOutcome outcome) {

    boolean isSent() {
        return outcome instanceof SendOutcome.Sent;
    }

    /** Tells whether the mailer left it out on purpose. */
    boolean isSuppressed() {
        return outcome instanceof SendOutcome.NotSent notSent && notSent.reason() == SendOutcome.Reason.SUPPRESSED;
    }
}
