package io.github.sesquill.notifications;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Holds what one envelope says of itself: an SNS message, an SQS record, an EventBridge event. Immutable; equal by kind,
 * ids, time, topic and subject.
 *
 * <p>Nothing of it is to be believed before a signature is verified, and {@code UnsubscribeURL} and {@code Token} are as
 * good as passwords.
 */
public final class EnvelopeLayer {

    private final Kind kind;
    private final Fields fields;

    EnvelopeLayer(Kind kind, Fields fields) {
        this.kind = kind;
        this.fields = fields;
    }

    /** Says what an envelope is. This enum may grow: a {@code switch} over it needs a {@code default}. */
    public enum Kind {
        /** An SNS message. */
        SNS,
        /** An SQS message, as the record of a Lambda event. */
        SQS,
        /** The record of a Lambda event for SNS or SES. */
        LAMBDA,
        /** An EventBridge event. */
        EVENT_BRIDGE
    }

    /** Returns what this is. */
    public Kind kind() {
        return kind;
    }

    /** Returns the id: {@code MessageId} of SNS, {@code messageId} of SQS, {@code id} of EventBridge. */
    public Optional<String> messageId() {
        return switch (kind) {
            case SNS -> member("MessageId");
            case SQS -> member("messageId");
            case EVENT_BRIDGE -> member("id");
            case LAMBDA -> Optional.empty();
        };
    }

    /** Returns when it was made, as sent: {@code Timestamp} of SNS, {@code time} of EventBridge. */
    public Optional<String> timestampText() {
        return switch (kind) {
            case SNS -> fields.timeText("Timestamp");
            case EVENT_BRIDGE -> fields.timeText("time");
            case SQS -> fields.object("attributes").optional("SentTimestamp");
            case LAMBDA -> Optional.empty();
        };
    }

    /** Returns when it was made; for SQS its milliseconds since 1970. */
    public Optional<Instant> timestamp() {
        return timestampText().flatMap(text -> {
            var millis = kind == Kind.SQS ? WholeNumber.of(text) : WholeNumber.of(null);
            return millis.isPresent() ? Optional.of(Instant.ofEpochMilli(millis.getAsLong())) : LenientInstant.of(text);
        });
    }

    /**
     * Returns a member that is text, a number or a truth value, by the name SNS, SQS or EventBridge gives it:
     * {@code Token}, {@code SubscribeURL}, {@code receiptHandle}, {@code region}, {@code detail-type}. The two URLs that
     * Lambda spells {@code SigningCertUrl} and {@code UnsubscribeUrl} are found by either name.
     */
    public Optional<String> member(String name) {
        Optional<String> member = fields.optional(name);
        return member.isPresent() || !name.endsWith("URL")
                ? member
                : fields.optional(name.substring(0, name.length() - 2) + "rl");
    }

    /**
     * Returns the attributes by name: {@code MessageAttributes} of SNS, {@code attributes} of SQS together with its
     * {@code messageAttributes}.
     */
    public Map<String, String> attributes() {
        Map<String, String> attributes = new LinkedHashMap<>();
        for (String list : List.of("attributes", "MessageAttributes", "messageAttributes")) {
            fields.object(list).each((tree, at) -> {
                Fields typed = Fields.of(tree, at);
                String value = tree.scalar(at);
                String inner = typed.text("Value") == null ? typed.text("stringValue") : typed.text("Value");
                if (value != null || inner != null) {
                    attributes.put(tree.name(at), value != null ? value : String.valueOf(inner));
                }
            });
        }
        return Collections.unmodifiableMap(attributes);
    }

    private List<Object> value() {
        return List.of(kind, messageId(), timestampText(), member("TopicArn"), member("Subject"), member("Type"));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof EnvelopeLayer that && value().equals(that.value());
    }

    @Override
    public int hashCode() {
        return value().hashCode();
    }

    /** Returns kind and id only: fit for a log. */
    @Override
    public String toString() {
        return kind + "[" + Printable.of(messageId().orElse(null)) + "]";
    }
}
