package io.github.sesquill.notifications;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What every notification carries, and equality by that and by the members of its own kind. */
abstract class Published {

    private final String type;
    private final NotificationFormat format;
    private final Fields root;
    private final @Nullable String plain;

    /** The members of this kind. */
    final Fields fields;

    /**
     * Takes a notification.
     *
     * @param member the member of its object with what its kind has
     */
    Published(Payload payload, String member) {
        this.type = payload.type();
        this.format = payload.format();
        this.root = payload.root();
        this.plain = payload.plain();
        this.fields = root.object(member);
    }

    /**
     * What a notification is made of.
     *
     * @param root its object
     * @param plain its text, if it is no JSON
     */
    record Payload(
            String type,
            NotificationFormat format,
            Fields root,
            @Nullable String plain) {}

    public final String type() {
        return type;
    }

    public final NotificationFormat format() {
        return format;
    }

    public final Mail mail() {
        return new Mail(root.object("mail"));
    }

    public final Optional<Instant> timestamp() {
        return fields.time("timestamp");
    }

    public final Optional<String> timestampText() {
        return fields.timeText("timestamp");
    }

    public final String raw() {
        return plain == null ? root.tree().json(root.at()) : plain;
    }

    /** Returns the object of the notification, or none if it is plain text. */
    final Fields root() {
        return root;
    }

    final boolean isPlain() {
        return plain != null;
    }

    @Override
    public final boolean equals(@Nullable Object other) {
        return other instanceof Published that
                && getClass() == that.getClass()
                && type.equals(that.type)
                && format == that.format
                && mail().equals(that.mail())
                && timestampText().equals(that.timestampText())
                && value().equals(that.value());
    }

    @Override
    public final int hashCode() {
        return 31 * mail().hashCode() + value().hashCode();
    }

    /** Says of which kind this is and about which message, without any address: fit for a log. */
    @Override
    public final String toString() {
        String id = Printable.of(mail().messageId().orElse(null));
        return kindName() + "[" + summary() + ", messageId=" + id + "]";
    }

    private String kindName() {
        String name = getClass().getSimpleName();
        return this instanceof SesNotification.TopicNotice
                ? name
                : name.substring(0, name.length() - "Notice".length());
    }

    /** Returns the members of this kind, as sent. */
    abstract List<Object> value();

    /** Returns what the text of this notification says of it besides the message id. */
    String summary() {
        return "type=" + Printable.of(type);
    }

    final String key(String kind, String address, String words) {
        int at = address.lastIndexOf('@');
        // The domain is the same in any case, the local part is not (RFC 5321 section 2.4).
        String same = at < 0
                ? address
                : address.substring(0, at) + address.substring(at).toLowerCase(Locale.ROOT);
        return kind + ' ' + mail().messageId().orElse("") + ' ' + words + ' ' + same;
    }
}
