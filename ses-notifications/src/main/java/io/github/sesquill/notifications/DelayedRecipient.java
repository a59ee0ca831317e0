package io.github.sesquill.notifications;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says why a message has not yet reached one recipient; SES goes on trying. Immutable; equal by what SES sent.
 */
public final class DelayedRecipient {

    private final BouncedRecipient reported;

    private DelayedRecipient(BouncedRecipient reported) {
        this.reported = reported;
    }

    static @Nullable DelayedRecipient read(Tree tree, int at) {
        BouncedRecipient reported = BouncedRecipient.read(tree, at);
        return reported == null ? null : new DelayedRecipient(reported);
    }

    /** Returns the bare address, {@code jane@example.com}, also where SES sent a display name with it. */
    public String address() {
        return reported.address();
    }

    /** Returns the address as SES sent it, perhaps with a display name. */
    public String original() {
        return reported.original();
    }

    /** Returns the status as sent, {@code 4.4.1}. */
    public Optional<String> status() {
        return reported.status();
    }

    /** Returns the status taken apart; empty if there is none or it is no {@code class.subject.detail}. */
    public Optional<DsnStatus> statusCode() {
        return reported.statusCode();
    }

    /** Returns the answer of the receiving server as sent, possibly of several lines: the text of a stranger. */
    public Optional<String> diagnosticCode() {
        return reported.diagnosticCode();
    }

    /** Returns the answer taken apart: its type, {@code smtp} as a rule, and its text. */
    public Optional<DsnField> diagnostic() {
        return reported.diagnostic();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DelayedRecipient that && reported.equals(that.reported);
    }

    @Override
    public int hashCode() {
        return reported.hashCode();
    }

    /** Returns a text without the address and the answer, which do not belong in a log. */
    @Override
    public String toString() {
        return "DelayedRecipient[status=" + Printable.of(status().orElse(null)) + "]";
    }
}
