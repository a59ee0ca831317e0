package io.github.sesquill.notifications;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Puts a payload into an envelope, as it would arrive: for fixtures, fakes and queues. Envelopes go into envelopes,
 * from the inside to the outside:
 *
 * <pre>{@code
 * String event = Wrapping.eventBridge().in(Wrapping.sns()).in(Wrapping.sqsInLambda()).wrap(notification);
 * }</pre>
 *
 * <p>What nobody sets has a value that is always the same: id {@code 11111111-2222-5333-8444-555555555555}, account
 * {@code 111122223333}, region {@code us-east-1}, topic {@code ses-notifications} there, time
 * {@code 2026-01-01T00:00:00Z}. Signatures are no signatures. Immutable and thread-safe.
 */
public final class Wrapping {

    private enum Kind {
        BARE,
        SNS,
        SNS_IN_LAMBDA,
        SQS_IN_LAMBDA,
        SES_IN_LAMBDA,
        EVENT_BRIDGE,
        FIREHOSE
    }

    private record Facts(
            String messageId,
            @Nullable String topicArn,
            @Nullable String subject,
            Instant timestamp,
            String account,
            String region) {

        static final Facts USUAL = new Facts(
                "11111111-2222-5333-8444-555555555555",
                null,
                null,
                Instant.parse("2026-01-01T00:00:00Z"),
                "111122223333",
                "us-east-1");

        String topic() {
            return topicArn == null ? "arn:aws:sns:" + region + ':' + account + ":ses-notifications" : topicArn;
        }
    }

    private final Kind kind;
    private final Facts facts;
    private final @Nullable Wrapping inner;

    private Wrapping(Kind kind, Facts facts, @Nullable Wrapping inner) {
        this.kind = kind;
        this.facts = facts;
        this.inner = inner;
    }

    private static Wrapping of(Kind kind) {
        return new Wrapping(kind, Facts.USUAL, null);
    }

    /** Returns no envelope: raw delivery of SNS, an SQS message behind that. */
    public static Wrapping bare() {
        return of(Kind.BARE);
    }

    /** Returns an SNS notification, the body of an HTTP request or of an SQS message. */
    public static Wrapping sns() {
        return of(Kind.SNS);
    }

    /** Returns a Lambda event of one SNS notification. */
    public static Wrapping snsInLambda() {
        return of(Kind.SNS_IN_LAMBDA);
    }

    /** Returns a Lambda event of one SQS message, whose body is what is wrapped. */
    public static Wrapping sqsInLambda() {
        return of(Kind.SQS_IN_LAMBDA);
    }

    /** Returns a Lambda event of a receipt rule, which has neither the type nor the content of what was received. */
    public static Wrapping sesInLambda() {
        return of(Kind.SES_IN_LAMBDA);
    }

    /** Returns an EventBridge event. */
    public static Wrapping eventBridge() {
        return of(Kind.EVENT_BRIDGE);
    }

    /** Returns a Firehose record: the payload and a line feed. */
    public static Wrapping firehose() {
        return of(Kind.FIREHOSE);
    }

    /** Returns this envelope within another. */
    public Wrapping in(Wrapping outer) {
        return new Wrapping(outer.kind, outer.facts, outer.inner == null ? this : in(outer.inner));
    }

    /** Returns this envelope with another id. */
    public Wrapping messageId(String messageId) {
        return with(new Facts(messageId, facts.topicArn, facts.subject, facts.timestamp, facts.account, facts.region));
    }

    /** Returns this envelope from another topic. */
    public Wrapping topicArn(String topicArn) {
        return with(new Facts(facts.messageId, topicArn, facts.subject, facts.timestamp, facts.account, facts.region));
    }

    /** Returns this envelope with a subject. */
    public Wrapping subject(String subject) {
        return with(new Facts(facts.messageId, facts.topicArn, subject, facts.timestamp, facts.account, facts.region));
    }

    /** Returns this envelope of another time. */
    public Wrapping timestamp(Instant timestamp) {
        return with(new Facts(facts.messageId, facts.topicArn, facts.subject, timestamp, facts.account, facts.region));
    }

    /** Returns this envelope from another account. */
    public Wrapping account(String account) {
        return with(new Facts(facts.messageId, facts.topicArn, facts.subject, facts.timestamp, account, facts.region));
    }

    /** Returns this envelope from another region. */
    public Wrapping region(String region) {
        return with(new Facts(facts.messageId, facts.topicArn, facts.subject, facts.timestamp, facts.account, region));
    }

    private Wrapping with(Facts changed) {
        return new Wrapping(kind, changed, inner);
    }

    /** Wraps a notification, written in the format it came in. */
    public String wrap(SesNotification notification) {
        return wrap(NotificationWriter.create().write(notification));
    }

    /**
     * Wraps a payload, JSON or plain text.
     *
     * @throws NotificationFormatException if the envelope holds JSON as it is and the payload is none
     */
    public String wrap(String payload) {
        String content = inner == null ? payload : inner.wrap(payload);
        return switch (kind) {
            case BARE -> content;
            case FIREHOSE -> content.endsWith("\n") ? content : content + '\n';
            case SNS -> NotificationWriter.written(out -> sns(out, content, false));
            case SNS_IN_LAMBDA -> lambda(out -> snsRecord(out, content));
            case SQS_IN_LAMBDA -> lambda(out -> sqsRecord(out, content));
            case SES_IN_LAMBDA -> lambda(out -> sesRecord(out, content));
            case EVENT_BRIDGE -> NotificationWriter.written(out -> event(out, content));
        };
    }

    private static String lambda(NotificationWriter.Part recordWriter) {
        return NotificationWriter.written(out -> {
            out.writeStartObject();
            out.writeArrayFieldStart("Records");
            out.writeStartObject();
            recordWriter.write(out);
            out.writeEndObject();
            out.writeEndArray();
            out.writeEndObject();
        });
    }

    /** Writes an SNS notification; Lambda spells two members otherwise and has all of them always. */
    private void sns(JsonGenerator out, String message, boolean inLambda) throws IOException {
        String host = "https://sns." + facts.region + ".amazonaws.com/";
        out.writeStartObject();
        out.writeStringField("Type", "Notification");
        out.writeStringField("MessageId", facts.messageId);
        out.writeStringField("TopicArn", facts.topic());
        if (facts.subject != null || inLambda) {
            out.writeStringField("Subject", facts.subject);
        }
        out.writeStringField("Message", message);
        out.writeStringField("Timestamp", withMillis(facts.timestamp));
        out.writeStringField("SignatureVersion", "1");
        out.writeStringField("Signature", "bm8gc2lnbmF0dXJl");
        out.writeStringField(
                inLambda ? "SigningCertUrl" : "SigningCertURL",
                host + "SimpleNotificationService-00000000000000000000000000000000.pem");
        out.writeStringField(
                inLambda ? "UnsubscribeUrl" : "UnsubscribeURL",
                host + "?Action=Unsubscribe&SubscriptionArn=" + facts.topic() + ":00000000");
        if (inLambda) {
            out.writeObjectFieldStart("MessageAttributes");
            out.writeEndObject();
        }
        out.writeEndObject();
    }

    private static String withMillis(Instant time) {
        Instant millis = time.truncatedTo(ChronoUnit.MILLIS);
        String text = millis.toString();
        return text.length() > "2026-01-01T00:00:00Z".length() ? text : text.replace("Z", ".000Z");
    }

    private void snsRecord(JsonGenerator out, String message) throws IOException {
        out.writeStringField("EventSource", "aws:sns");
        out.writeStringField("EventVersion", "1.0");
        out.writeStringField("EventSubscriptionArn", facts.topic() + ":00000000");
        out.writeFieldName("Sns");
        sns(out, message, true);
    }

    private void sqsRecord(JsonGenerator out, String body) throws IOException {
        out.writeStringField("messageId", facts.messageId);
        out.writeStringField("receiptHandle", "AQEBreceipt");
        out.writeStringField("body", body);
        out.writeObjectFieldStart("attributes");
        out.writeStringField("ApproximateReceiveCount", "1");
        out.writeStringField("SentTimestamp", Long.toString(facts.timestamp.toEpochMilli()));
        out.writeEndObject();
        out.writeObjectFieldStart("messageAttributes");
        out.writeEndObject();
        out.writeStringField("eventSource", "aws:sqs");
        out.writeStringField("eventSourceARN", "arn:aws:sqs:" + facts.region + ':' + facts.account + ":notifications");
        out.writeStringField("awsRegion", facts.region);
    }

    private void sesRecord(JsonGenerator out, String payload) throws IOException {
        SesNotification received = NotificationParser.create().parse(payload);
        out.writeStringField("eventSource", "aws:ses");
        out.writeStringField("eventVersion", "1.0");
        out.writeFieldName("ses");
        out.writeRawValue(NotificationWriter.inLambda(received));
    }

    private void event(JsonGenerator out, String payload) throws IOException {
        SesNotification detail = NotificationParser.create().parse(payload);
        out.writeStartObject();
        out.writeStringField("version", "0");
        out.writeStringField("id", facts.messageId);
        out.writeStringField("detail-type", NotificationKind.of(detail.type()).detailType());
        out.writeStringField("source", "aws.ses");
        out.writeStringField("account", facts.account);
        out.writeStringField(
                "time", facts.timestamp.truncatedTo(ChronoUnit.SECONDS).toString());
        out.writeStringField("region", facts.region);
        out.writeArrayFieldStart("resources");
        String arn = "arn:aws:ses:" + facts.region + ':' + facts.account + ":configuration-set/";
        if (detail.mail().configurationSet().isPresent()) {
            out.writeString(arn + detail.mail().configurationSet().get());
        }
        out.writeEndArray();
        out.writeFieldName("detail");
        out.writeRawValue(detail.raw());
        out.writeEndObject();
    }
}
