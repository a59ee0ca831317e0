package io.github.sesquill.notifications;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Says what a receipt rule did with a received message. Immutable; equal by what SES sent.
 *
 * <p>What belongs to another type of action is absent.
 */
public final class ReceiptAction {

    private final Fields fields;

    ReceiptAction(Fields fields) {
        this.fields = fields;
    }

    /** Returns the type; {@link ReceiptActionType#UNKNOWN} for none and for a new word. */
    public ReceiptActionType type() {
        return ReceiptActionType.of(fields.text("type"));
    }

    /** Returns the type as sent. */
    public Optional<String> typeText() {
        return fields.optional("type");
    }

    /** Returns the topic that is told of the action. */
    public Optional<String> topicArn() {
        return fields.optional("topicArn");
    }

    /** Returns the bucket of an S3 action. */
    public Optional<String> bucketName() {
        return fields.optional("bucketName");
    }

    /** Returns what the keys of an S3 action begin with; may be empty, and is part of {@link #objectKey()}. */
    public Optional<String> objectKeyPrefix() {
        return fields.optional("objectKeyPrefix");
    }

    /** Returns the key under which an S3 action stored the message. */
    public Optional<String> objectKey() {
        return fields.optional("objectKey");
    }

    /** Returns how an SNS action encodes the content, as sent: {@code UTF8} or {@code BASE64}. */
    public Optional<String> encoding() {
        return fields.optional("encoding");
    }

    /** Tells that the content is in base64. */
    public boolean isBase64() {
        return encoding().filter("BASE64"::equalsIgnoreCase).isPresent();
    }

    /** Returns the function of a Lambda action. */
    public Optional<String> functionArn() {
        return fields.optional("functionArn");
    }

    /** Returns how a Lambda action calls: {@code Event} or {@code RequestResponse}. */
    public Optional<String> invocationType() {
        return fields.optional("invocationType");
    }

    /** Returns the SMTP reply of a Bounce action, {@code 550}. */
    public Optional<String> smtpReplyCode() {
        return fields.optional("smtpReplyCode");
    }

    /** Returns the enhanced status of a Bounce action, {@code 5.1.1}. */
    public Optional<String> statusCode() {
        return fields.optional("statusCode");
    }

    /** Returns the text of a Bounce action. */
    public Optional<String> message() {
        return fields.optional("message");
    }

    /** Returns the sender of a Bounce action. */
    public Optional<String> sender() {
        return fields.optional("sender");
    }

    /** Returns the organization of a WorkMail action. */
    public Optional<String> organizationArn() {
        return fields.optional("organizationArn");
    }

    private List<Optional<String>> value() {
        return Stream.of(
                        "type",
                        "topicArn",
                        "bucketName",
                        "objectKeyPrefix",
                        "objectKey",
                        "encoding",
                        "functionArn",
                        "invocationType",
                        "smtpReplyCode",
                        "statusCode",
                        "message",
                        "sender",
                        "organizationArn")
                .map(fields::optional)
                .toList();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ReceiptAction that && value().equals(that.value());
    }

    @Override
    public int hashCode() {
        return value().hashCode();
    }

    /** Returns the type. */
    @Override
    public String toString() {
        return Printable.of(typeText().orElse(null));
    }
}
