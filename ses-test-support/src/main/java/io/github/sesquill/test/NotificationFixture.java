package io.github.sesquill.test;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sesquill.notifications.NotificationParser;
import io.github.sesquill.notifications.SesNotification;
import io.github.sesquill.notifications.Wrapping;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One notification in the making; {@link NotificationFixtures} begins it. Not thread-safe; each method changes it and
 * returns it.
 */
public final class NotificationFixture {

    private static final DateTimeFormatter MILLIS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final Set<String> FEEDBACK = Set.of("Bounce", "Complaint", "Delivery");

    private final ObjectNode root;
    private final String member;

    NotificationFixture(ObjectNode root, String member) {
        this.root = root;
        this.member = member;
    }

    ObjectNode mail() {
        return root.withObject("/mail");
    }

    ObjectNode detail() {
        return root.withObject("/" + member);
    }

    /** Sets the id of the message that it is about, as {@code SendOutcome.Sent} has it. */
    public NotificationFixture messageId(String messageId) {
        mail().put("messageId", messageId);
        if (mail().has("commonHeaders")) {
            mail().withObject("/commonHeaders").put("messageId", messageId);
        }
        return this;
    }

    /** Sets when the message was sent. */
    public NotificationFixture sentAt(Instant at) {
        mail().put("timestamp", MILLIS.format(at));
        return this;
    }

    /** Sets when what it tells happened. */
    public NotificationFixture at(Instant at) {
        detail().put("timestamp", MILLIS.format(at));
        return this;
    }

    /** Sets the sender, with or without a name. */
    public NotificationFixture from(String sender) {
        mail().put("source", sender);
        return this;
    }

    /** Sets everybody whom the message went to, of whom the notification may name some only. */
    public NotificationFixture sentTo(String... recipients) {
        mail().remove("destination");
        for (String recipient : recipients) {
            mail().withArray("destination").add(recipient);
        }
        return this;
    }

    /** Sets a message tag, of an event. */
    public NotificationFixture tag(String name, String value) {
        mail().withObject("/tags").putArray(name).add(value);
        return this;
    }

    /**
     * Sets any part of the payload.
     *
     * @param pointer where it is, such as {@code /bounce/remoteMtaIp} (RFC 6901)
     * @param value what Jackson writes as JSON: text, numbers, truth values, lists, maps; null is JSON null
     * @throws IllegalArgumentException if the pointer does not point into an object
     */
    public NotificationFixture with(String pointer, @Nullable Object value) {
        JsonPointer path = JsonPointer.compile(pointer);
        JsonNode parent = root.withObject(path.head());
        ((ObjectNode) parent).set(path.last().getMatchingProperty(), FixtureJson.value(value));
        return this;
    }

    /** Leaves a part of the payload out. */
    public NotificationFixture without(String pointer) {
        JsonPointer path = JsonPointer.compile(pointer);
        if (root.at(path.head()) instanceof ObjectNode parent) {
            parent.remove(path.last().getMatchingProperty());
        }
        return this;
    }

    /**
     * Turns an event of a configuration set into the feedback notification of an identity, which has no tags and, unless
     * it was asked for them, no headers.
     *
     * @throws IllegalStateException if there is no such notification: there are bounces, complaints and deliveries only
     */
    public NotificationFixture asFeedback() {
        String type = root.path("eventType").asText();
        if (!FEEDBACK.contains(type)) {
            throw new IllegalStateException(
                    "SES has no feedback notification of type '" + type + "', only Bounce, Complaint and Delivery.");
        }
        ObjectNode feedback = root.objectNode().put("notificationType", type);
        mail().remove(List.of("tags", "headers", "commonHeaders", "headersTruncated"));
        mail().put("sourceIp", "192.0.2.17");
        feedback.setAll(root.remove(List.of("eventType")));
        root.removeAll();
        root.setAll(feedback);
        return this;
    }

    /** Writes the payload: an event ends in a line feed, as those of SES do. */
    public String json() {
        return root.has("eventType") ? root + "\n" : root.toString();
    }

    /** Writes the payload into an envelope, as it would arrive. */
    public String in(Wrapping envelope) {
        return envelope.wrap(json());
    }

    /** Reads the payload as Sesquill does. */
    public SesNotification parsed() {
        return NotificationParser.create().parse(json());
    }

    /** Returns the payload. */
    @Override
    public String toString() {
        return json();
    }
}
