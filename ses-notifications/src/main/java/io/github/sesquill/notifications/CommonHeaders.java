package io.github.sesquill.notifications;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Holds the headers of the message that SES picks out as its {@code commonHeaders}. Immutable; equal by what SES sent.
 *
 * <p>Everything here is what the sender wrote into the message. A header the message does not have is absent.
 */
public final class CommonHeaders {

    private final Fields fields;

    CommonHeaders(Fields fields) {
        this.fields = fields;
    }

    /** Returns the authors, each as the header has it, with a display name if it has one. */
    public List<String> from() {
        return fields.texts("from");
    }

    /** Returns the {@code To} addresses, each as the header has it. */
    public List<String> to() {
        return fields.texts("to");
    }

    /** Returns the {@code Cc} addresses, each as the header has it. */
    public List<String> cc() {
        return fields.texts("cc");
    }

    /** Returns the {@code Bcc} addresses, each as the header has it. */
    public List<String> bcc() {
        return fields.texts("bcc");
    }

    /** Returns the {@code Reply-To} addresses, each as the header has it. */
    public List<String> replyTo() {
        return fields.texts("replyTo");
    }

    /** Returns the {@code Sender} header. */
    public Optional<String> sender() {
        return fields.optional("sender");
    }

    /** Returns the {@code Return-Path} header. */
    public Optional<String> returnPath() {
        return fields.optional("returnPath");
    }

    /** Returns the subject. */
    public Optional<String> subject() {
        return fields.optional("subject");
    }

    /** Returns the {@code Date} header as a time; empty if there is none or it cannot be read as one. */
    public Optional<Instant> date() {
        return fields.time("date");
    }

    /** Returns the {@code Date} header as it is in the message. */
    public Optional<String> dateText() {
        return fields.timeText("date");
    }

    /**
     * Returns a message id: in {@link NotificationFormat#IDENTITY} the {@code Message-ID} header that the sender wrote,
     * in {@link NotificationFormat#EVENT} the SES id, whatever the guide says. To find a {@code Message-ID} of your own
     * in either, use {@link Mail#header(String)}.
     */
    public Optional<String> messageId() {
        return fields.optional("messageId");
    }

    private List<Object> value() {
        return List.of(
                from(), to(), cc(), bcc(), replyTo(), sender(), returnPath(), subject(), dateText(), messageId());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CommonHeaders that && value().equals(that.value());
    }

    @Override
    public int hashCode() {
        return value().hashCode();
    }

    /** Returns a text that counts the addresses and does not show them: they do not belong in a log. */
    @Override
    public String toString() {
        return "CommonHeaders[from=" + from().size() + ", to=" + to().size() + "]";
    }
}
