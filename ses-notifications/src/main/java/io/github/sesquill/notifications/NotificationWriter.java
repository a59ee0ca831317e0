package io.github.sesquill.notifications;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes a notification as the JSON SES would send, in either format: for fixtures, fakes and queues.
 *
 * <p>In the format it came in, all that was in it is written, also what this version has no accessor for, and
 * {@link NotificationParser} reads an equal notification from it. In the other, what that format lacks is left out: the
 * identity format has no message tags but the two that it has as members ({@code sourceIp}, {@code callerIdentity}), and
 * its {@code commonHeaders.messageId} is the header of the sender, in the event format the id of SES.
 *
 * <p>Immutable and thread-safe.
 */
public final class NotificationWriter {

    private static final JsonFactory JSON = new JsonFactory();

    private static final NotificationWriter AS_IT_CAME = new NotificationWriter(null);

    private final @Nullable NotificationFormat format;

    private NotificationWriter(@Nullable NotificationFormat format) {
        this.format = format;
    }

    /** Returns a writer that keeps the format in which each notification came. */
    public static NotificationWriter create() {
        return AS_IT_CAME;
    }

    /**
     * Returns a writer of one format.
     *
     * @throws IllegalArgumentException for {@link NotificationFormat#NONE}, which is none
     */
    public static NotificationWriter as(NotificationFormat format) {
        if (format == NotificationFormat.NONE) {
            throw new IllegalArgumentException("NONE is no format of SES; write as EVENT or as IDENTITY.");
        }
        return new NotificationWriter(format);
    }

    /**
     * Writes a notification in one line, which in the event format ends with a line feed, as SES has it.
     *
     * @throws IllegalArgumentException if SES has no such notification in this format: a {@code Send} as identity
     *     notification
     */
    public String write(SesNotification notification) {
        Published published = (Published) notification;
        NotificationFormat target = format == null ? notification.format() : format;
        if (target == notification.format() && published.isPlain()) {
            return notification.raw();
        }
        if (target != notification.format()) {
            requirePublished(notification, published, target);
        }
        String json = written(generator -> new Copy(generator, notification, target).root(published.root()));
        return target == NotificationFormat.EVENT ? json + '\n' : json;
    }

    /** Writes received mail as a function of a receipt rule gets it: without its type and its content. */
    static String inLambda(SesNotification received) {
        Fields root = ((Published) received).root();
        return written(out -> {
            out.writeStartObject();
            Copy copy = new Copy(out, received, NotificationFormat.NONE);
            for (String name : List.of("mail", "receipt")) {
                if (root.has(name)) {
                    copy.member(root.tree(), root.tree().find(root.at(), name));
                }
            }
            out.writeEndObject();
        });
    }

    private static void requirePublished(SesNotification notification, Published published, NotificationFormat target) {
        boolean known = !published.isPlain()
                && !(notification instanceof SesNotification.TopicNotice)
                && NotificationKind.of(notification.type()).isPublishedAs(target);
        if (!known) {
            throw new IllegalArgumentException("SES publishes no " + Printable.of(notification.type()) + " as " + target
                    + "; write it in the format it came in, " + notification.format() + '.');
        }
    }

    /** Writes something. */
    @FunctionalInterface
    interface Part {
        void write(JsonGenerator generator) throws IOException;
    }

    static String written(Part part) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = JSON.createGenerator(text)) {
            part.write(generator);
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory cannot fail to be written", e);
        }
        return text.toString();
    }

    /** Copies one notification, with what its new format has otherwise. */
    private record Copy(JsonGenerator out, SesNotification notification, NotificationFormat target) {

        private static final Set<String> WORDS = Set.of("eventType", "notificationType");

        void root(Fields root) throws IOException {
            out.writeStartObject();
            if (target != NotificationFormat.NONE) {
                out.writeStringField(
                        target == NotificationFormat.EVENT ? "eventType" : "notificationType", notification.type());
            }
            Tree tree = root.tree();
            for (int at = root.at() + 1; at < tree.next(root.at()); at = tree.next(at)) {
                boolean mail = tree.name(at).equals("mail") && tree.kind(at) == Tree.OBJECT;
                if (mail && target != notification.format()) {
                    out.writeFieldName("mail");
                    mail(Fields.of(tree, at));
                } else if (target == NotificationFormat.NONE || !WORDS.contains(tree.name(at))) {
                    member(tree, at);
                }
            }
            out.writeEndObject();
        }

        /** Writes the mail for the other format. */
        private void mail(Fields mail) throws IOException {
            out.writeStartObject();
            Tree tree = mail.tree();
            for (int at = mail.at() + 1; at < tree.next(mail.at()); at = tree.next(at)) {
                switch (tree.name(at)) {
                    case "tags", "sourceIp", "callerIdentity" -> {}
                    case "commonHeaders" -> commonHeaders(Fields.of(tree, at));
                    default -> member(tree, at);
                }
            }
            if (target == NotificationFormat.EVENT) {
                tags();
            } else {
                caller("sourceIp", notification.mail().sourceIp());
                caller("callerIdentity", notification.mail().callerIdentity());
            }
            out.writeEndObject();
        }

        private void caller(String member, Optional<String> value) throws IOException {
            if (value.isPresent()) {
                out.writeStringField(member, value.get());
            }
        }

        private void tags() throws IOException {
            out.writeObjectFieldStart("tags");
            tag("ses:source-ip", notification.mail().sourceIp());
            tag("ses:caller-identity", notification.mail().callerIdentity());
            out.writeEndObject();
        }

        private void tag(String name, Optional<String> value) throws IOException {
            if (value.isPresent()) {
                out.writeArrayFieldStart(name);
                out.writeString(value.get());
                out.writeEndArray();
            }
        }

        private void commonHeaders(Fields headers) throws IOException {
            out.writeObjectFieldStart("commonHeaders");
            Tree tree = headers.tree();
            for (int at = headers.at() + 1; at < tree.next(headers.at()); at = tree.next(at)) {
                if (!tree.name(at).equals("messageId")) {
                    member(tree, at);
                }
            }
            Mail mail = notification.mail();
            Optional<String> id = target == NotificationFormat.EVENT ? mail.messageId() : mail.header("Message-ID");
            if (id.isPresent()) {
                out.writeStringField("messageId", id.get());
            }
            out.writeEndObject();
        }

        private void member(Tree tree, int at) throws IOException {
            out.writeFieldName(tree.name(at));
            value(tree, at);
        }

        private void value(Tree tree, int at) throws IOException {
            switch (tree.kind(at)) {
                case Tree.OBJECT -> {
                    out.writeStartObject();
                    for (int inner = at + 1; inner < tree.next(at); inner = tree.next(inner)) {
                        member(tree, inner);
                    }
                    out.writeEndObject();
                }
                case Tree.ARRAY -> {
                    out.writeStartArray();
                    for (int inner = at + 1; inner < tree.next(at); inner = tree.next(inner)) {
                        value(tree, inner);
                    }
                    out.writeEndArray();
                }
                case Tree.NUMBER, Tree.TRUE, Tree.FALSE -> out.writeRawValue(tree.scalar(at));
                case Tree.NULL -> out.writeNull();
                default -> out.writeString(tree.scalar(at));
            }
        }
    }
}
