package io.github.sesquill.notifications;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says what became of a message for one recipient that bounced it. Immutable; equal by what SES sent.
 *
 * <p>All but the address come from the delivery status notification (DSN, RFC 3464) of the receiving server and are
 * absent where there was none: an automatic reply, or a bounce SES made itself.
 */
public final class BouncedRecipient {

    private final Recipient recipient;
    private final @Nullable String action;
    private final @Nullable String status;
    private final @Nullable String diagnosticCode;

    BouncedRecipient(
            Recipient recipient, @Nullable String action, @Nullable String status, @Nullable String diagnosticCode) {
        this.recipient = recipient;
        this.action = action;
        this.status = status;
        this.diagnosticCode = diagnosticCode;
    }

    static @Nullable BouncedRecipient read(Tree tree, int at) {
        Recipient recipient = Recipient.read(tree, at);
        Fields dsn = Fields.of(tree, at);
        return recipient == null
                ? null
                : new BouncedRecipient(recipient, dsn.text("action"), dsn.text("status"), dsn.text("diagnosticCode"));
    }

    /**
     * Returns the bare address, {@code jane@example.com}, also where SES sent a display name with it.
     *
     * <p>The case is left as it is. A text that cannot be taken apart is given back trimmed.
     */
    public String address() {
        return recipient.address();
    }

    /** Returns the address as SES sent it, perhaps with a display name. */
    public String original() {
        return recipient.original();
    }

    /** Returns what the receiving server did: {@code failed} or {@code delayed} as a rule (RFC 3464 section 2.3.3). */
    public Optional<String> action() {
        return Optional.ofNullable(action);
    }

    /** Returns the status as sent, {@code 5.1.1}. */
    public Optional<String> status() {
        return Optional.ofNullable(status);
    }

    /** Returns the status taken apart; empty if there is none or it is no {@code class.subject.detail}. */
    public Optional<DsnStatus> statusCode() {
        return status().flatMap(DsnStatus::of);
    }

    /** Returns the answer of the receiving server as sent, possibly of several lines: the text of a stranger. */
    public Optional<String> diagnosticCode() {
        return Optional.ofNullable(diagnosticCode);
    }

    /** Returns the answer taken apart: its type, {@code smtp} as a rule, and its text. */
    public Optional<DsnField> diagnostic() {
        return diagnosticCode().map(DsnField::of);
    }

    Recipient recipient() {
        return recipient;
    }

    /** Tells whether a delivery status notification named this recipient: any of action, status, diagnostic code. */
    boolean hasDsn() {
        return action != null || status != null || diagnosticCode != null;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof BouncedRecipient that
                && recipient.equals(that.recipient)
                && Objects.equals(action, that.action)
                && Objects.equals(status, that.status)
                && Objects.equals(diagnosticCode, that.diagnosticCode);
    }

    @Override
    public int hashCode() {
        return Objects.hash(recipient, action, status, diagnosticCode);
    }

    /** Returns a text without the address and the answer, which do not belong in a log. */
    @Override
    public String toString() {
        return "BouncedRecipient[status=" + Printable.of(status) + "]";
    }
}
