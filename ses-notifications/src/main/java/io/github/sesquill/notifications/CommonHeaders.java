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

    static final CommonHeaders NONE = new CommonHeaders(CommonHeaderFields.NONE);

    private final CommonHeaderFields fields;

    CommonHeaders(CommonHeaderFields fields) {
        this.fields = fields;
    }

    /** Returns the authors, each as the header has it, with a display name if it has one. */
    public List<String> from() {
        return fields.from();
    }

    /** Returns the {@code To} addresses, each as the header has it. */
    public List<String> to() {
        return fields.to();
    }

    /** Returns the {@code Cc} addresses, each as the header has it. */
    public List<String> cc() {
        return fields.cc();
    }

    /** Returns the {@code Bcc} addresses, each as the header has it. */
    public List<String> bcc() {
        return fields.bcc();
    }

    /** Returns the {@code Reply-To} addresses, each as the header has it. */
    public List<String> replyTo() {
        return fields.replyTo();
    }

    /** Returns the {@code Sender} header. */
    public Optional<String> sender() {
        return Optional.ofNullable(fields.sender());
    }

    /** Returns the {@code Return-Path} header. */
    public Optional<String> returnPath() {
        return Optional.ofNullable(fields.returnPath());
    }

    /** Returns the subject. */
    public Optional<String> subject() {
        return Optional.ofNullable(fields.subject());
    }

    /** Returns the {@code Date} header as a time; empty if there is none or it cannot be read as one. */
    public Optional<Instant> date() {
        return LenientInstant.of(fields.date());
    }

    /** Returns the {@code Date} header as it is in the message. */
    public Optional<String> dateText() {
        return Optional.ofNullable(fields.date());
    }

    /**
     * Returns a message id: in {@link NotificationFormat#IDENTITY} the {@code Message-ID} header that the sender wrote,
     * in {@link NotificationFormat#EVENT} the SES id, whatever the guide says. To find a {@code Message-ID} of your own
     * in either, use {@link Mail#header(String)}.
     */
    public Optional<String> messageId() {
        return Optional.ofNullable(fields.messageId());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CommonHeaders that && fields.equals(that.fields);
    }

    @Override
    public int hashCode() {
        return fields.hashCode();
    }

    /** Returns a text that counts the addresses and does not show them: they do not belong in a log. */
    @Override
    public String toString() {
        return "CommonHeaders[from=" + from().size() + ", to=" + to().size() + "]";
    }
}
