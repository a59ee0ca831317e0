package io.github.sesquill.notifications;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Holds the facts of the envelope a body came in, and the notifications in it. Immutable; equal by both.
 *
 * <p>The facts are those of the SNS message, wherever it was found, else of the EventBridge event or the SQS record. A
 * bare payload has none, and neither has a Lambda event of several records.
 */
public final class Envelope {

    private final EnvelopeFacts facts;
    private final List<SesNotification> notifications;

    Envelope(EnvelopeFacts facts, List<SesNotification> notifications) {
        this.facts = facts;
        this.notifications = notifications;
    }

    /** Returns the type of the SNS message: {@code Notification} or {@code SubscriptionConfirmation}. */
    public Optional<String> type() {
        return Optional.ofNullable(facts.type());
    }

    /**
     * Returns the id of the delivery, the same on every retry: of the SNS message, else of the EventBridge event or the
     * SQS record. Not the SES id of the mail, which is {@link Mail#messageId()}.
     */
    public Optional<String> messageId() {
        return Optional.ofNullable(facts.messageId());
    }

    /** Returns the ARN of the topic; not to be believed before the signature is verified. */
    public Optional<String> topicArn() {
        return Optional.ofNullable(facts.topicArn());
    }

    /** Returns the subject of the SNS message. */
    public Optional<String> subject() {
        return Optional.ofNullable(facts.subject());
    }

    /** Returns when the envelope was made; empty if the text cannot be read as a time. */
    public Optional<Instant> timestamp() {
        return LenientInstant.of(facts.timestamp());
    }

    /** Returns when the envelope was made, as sent. */
    public Optional<String> timestampText() {
        return Optional.ofNullable(facts.timestamp());
    }

    /** Returns the notifications in order: one, unless the body is a Lambda event of none or several records. */
    public List<SesNotification> notifications() {
        return notifications;
    }

    /** Puts a notification into an envelope that says nothing: it came without one. */
    static Envelope around(SesNotification bare) {
        return new Envelope(EnvelopeFacts.NONE, List.of(bare));
    }

    boolean hasFacts() {
        return !facts.equals(EnvelopeFacts.NONE);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Envelope that && facts.equals(that.facts) && notifications.equals(that.notifications);
    }

    @Override
    public int hashCode() {
        return 31 * facts.hashCode() + notifications.hashCode();
    }

    /** Returns ids and kinds only: fit for a log. */
    @Override
    public String toString() {
        return "Envelope[messageId=" + Printable.of(facts.messageId()) + ", notifications=" + notifications + "]";
    }
}
