package io.github.sesquill.notifications;

import org.jspecify.annotations.Nullable;

/** What every notification carries, and equality by that and by the value of its own kind. */
abstract class Published {

    private final String type;
    private final NotificationFormat format;
    private final Mail mail;
    private final RawText raw;

    Published(String type, NotificationFormat format, Mail mail, RawText raw) {
        this.type = type;
        this.format = format;
        this.mail = mail;
        this.raw = raw;
    }

    public final String type() {
        return type;
    }

    public final NotificationFormat format() {
        return format;
    }

    public final Mail mail() {
        return mail;
    }

    public final String raw() {
        return raw.text();
    }

    @Override
    public final boolean equals(@Nullable Object other) {
        return other instanceof Published that
                && getClass() == that.getClass()
                && type.equals(that.type)
                && format == that.format
                && mail.equals(that.mail)
                && value().equals(that.value());
    }

    @Override
    public final int hashCode() {
        return 31 * mail.hashCode() + value().hashCode();
    }

    /** Says of which kind this is and about which message, without any address: fit for a log. */
    @Override
    public final String toString() {
        return getClass().getSimpleName() + "[" + summary() + ", messageId="
                + Printable.of(mail.messageId().orElse(null)) + "]";
    }

    /** Returns the members of this kind, as sent. */
    abstract Object value();

    /** Returns what the text of this notification says of it besides the message id. */
    String summary() {
        return "type=" + Printable.of(type);
    }
}
