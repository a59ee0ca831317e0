package io.github.sesquill.notifications;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Holds the facts of the envelopes a body came in, and the notifications in it. Immutable; equal by both.
 *
 * <p>The facts are those of the SNS message, wherever it was found, else of the EventBridge event or the SQS record;
 * {@link #layers()} has them all. A bare payload has none, and of a Lambda event of several records each has its own:
 * {@link #records()}.
 */
public final class Envelope {

    private final List<EnvelopeLayer> layers;
    private final List<Envelope> records;
    private final List<SesNotification> notifications;
    private final @Nullable NotificationFormatException error;

    private Envelope(
            List<EnvelopeLayer> layers,
            List<Envelope> records,
            List<SesNotification> notifications,
            @Nullable NotificationFormatException error) {
        this.layers = layers;
        this.records = records;
        this.notifications = notifications;
        this.error = error;
    }

    static Envelope of(List<EnvelopeLayer> layers, SesNotification only) {
        return new Envelope(layers, List.of(), List.of(only), null);
    }

    static Envelope of(List<EnvelopeLayer> layers, List<Envelope> records) {
        List<SesNotification> all = new ArrayList<>();
        records.forEach(record -> all.addAll(record.notifications));
        return new Envelope(layers, List.copyOf(records), List.copyOf(all), null);
    }

    /** Makes an envelope that is known, with contents that cannot be read. */
    static Envelope failed(List<EnvelopeLayer> layers, NotificationFormatException error) {
        return new Envelope(layers, List.of(), List.of(), error);
    }

    /** Returns why the contents cannot be read; null if they can. */
    @Nullable
    NotificationFormatException error() {
        return error;
    }

    /** Returns this if all in it can be read. */
    Envelope orThrow() {
        if (error != null) {
            throw error;
        }
        records.forEach(Envelope::orThrow);
        return this;
    }

    /** Returns the type of the SNS message: {@code Notification} or {@code SubscriptionConfirmation}. */
    public Optional<String> type() {
        return fact(layer -> layer.member("Type"));
    }

    /**
     * Returns the id of the delivery, the same on every retry: of the SNS message, else of the EventBridge event or the
     * SQS record. Not the SES id of the mail, which is {@link Mail#messageId()}.
     */
    public Optional<String> messageId() {
        return fact(EnvelopeLayer::messageId);
    }

    /** Returns the ARN of the topic; not to be believed before the signature is verified. */
    public Optional<String> topicArn() {
        return fact(layer -> layer.member("TopicArn"));
    }

    /** Returns the subject of the SNS message. */
    public Optional<String> subject() {
        return fact(layer -> layer.member("Subject"));
    }

    /** Returns when the envelope was made; empty if the text cannot be read as a time. */
    public Optional<Instant> timestamp() {
        return fact(EnvelopeLayer::timestamp);
    }

    /** Returns when the envelope was made, as sent. */
    public Optional<String> timestampText() {
        return fact(EnvelopeLayer::timestampText);
    }

    /** Returns every envelope, the outermost first. */
    public List<EnvelopeLayer> layers() {
        return layers;
    }

    /** Returns an envelope for each record of a Lambda event; this one alone if the body is no such event, or one of one. */
    public List<Envelope> records() {
        boolean none = notifications.isEmpty() && error == null;
        return none || !records.isEmpty() ? records : List.of(this);
    }

    /** Returns the notifications in order: one, unless the body is a Lambda event of none or several records. */
    public List<SesNotification> notifications() {
        return notifications;
    }

    private <T> Optional<T> fact(Function<EnvelopeLayer, Optional<T>> reader) {
        return primary().flatMap(reader);
    }

    /** Returns the layer that SES or SNS made: who sent it is wanted, not who brought it. */
    private Optional<EnvelopeLayer> primary() {
        for (EnvelopeLayer.Kind kind :
                List.of(EnvelopeLayer.Kind.SNS, EnvelopeLayer.Kind.EVENT_BRIDGE, EnvelopeLayer.Kind.SQS)) {
            Optional<EnvelopeLayer> found =
                    layers.stream().filter(layer -> layer.kind() == kind).findFirst();
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Envelope that
                && layers.equals(that.layers)
                && records.equals(that.records)
                && notifications.equals(that.notifications);
    }

    @Override
    public int hashCode() {
        return 31 * layers.hashCode() + notifications.hashCode();
    }

    /** Returns ids and kinds only: fit for a log. */
    @Override
    public String toString() {
        return "Envelope[messageId=" + Printable.of(messageId().orElse(null)) + ", notifications=" + notifications
                + "]";
    }
}
