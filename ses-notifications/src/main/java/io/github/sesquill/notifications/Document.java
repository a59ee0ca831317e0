package io.github.sesquill.notifications;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One JSON object while it is read, and what it turns out to be: a notification, or an envelope around some.
 *
 * <p>The order of members is not fixed, so all that may matter is kept here until the object ends. A null is a member
 * that is absent.
 */
final class Document {

    // The notification itself.
    @Nullable
    String eventType;

    @Nullable
    String notificationType;

    @Nullable
    MailFields mail;

    @Nullable
    BounceFields bounce;

    @Nullable
    ComplaintFields complaint;

    @Nullable
    DeliveryFields delivery;

    boolean receipt;

    // An SNS message.
    @Nullable
    String snsType;

    @Nullable
    String snsMessageId;

    @Nullable
    String topicArn;

    @Nullable
    String subject;

    @Nullable
    String snsTimestamp;

    @Nullable
    Envelope message;

    // An EventBridge event.
    @Nullable
    String detailType;

    @Nullable
    String eventId;

    @Nullable
    String eventTime;

    @Nullable
    Envelope detail;

    // A Lambda event, and a record in one.
    @Nullable
    List<Envelope> records;

    @Nullable
    Envelope record;

    @Nullable
    String recordSource;

    @Nullable
    String recordId;

    @Nullable
    Envelope recordBody;

    /** Makes a notification of text that is no JSON, or of an object that has a name and nothing else we know. */
    static Envelope unknown(String type, RawText raw) {
        return Envelope.around(new SesNotification.Unknown(type, NotificationFormat.NONE, Mail.NONE, raw));
    }

    /**
     * Tells what the object is.
     *
     * @param raw its text
     * @return the envelope and what is in it; null if nothing shows that this has to do with notifications
     */
    @Nullable
    Envelope told(RawText raw) {
        if (eventType != null) {
            return Envelope.around(notification(eventType, NotificationFormat.EVENT, raw));
        }
        if (notificationType != null) {
            return Envelope.around(notification(notificationType, NotificationFormat.IDENTITY, raw));
        }
        if (detail != null && detailType != null) {
            return event(detail, detailType, raw);
        }
        if (records != null) {
            return lambdaEvent(records);
        }
        if (record != null) {
            return record;
        }
        if (recordBody != null && "aws:sqs".equals(recordSource)) {
            return sqsRecord(recordBody);
        }
        if (topicArn != null || (snsType != null && message != null)) {
            return snsMessage(raw);
        }
        // Received mail, as a Lambda function gets it, has no word for itself.
        return receipt ? Envelope.around(notification("Received", NotificationFormat.NONE, raw)) : null;
    }

    /** Makes a notification even of an object that does not name itself. */
    SesNotification notification(String type, NotificationFormat format, RawText raw) {
        Mail about = mail == null ? Mail.NONE : new Mail(mail);
        return switch (PayloadKind.of(type)) {
            case BOUNCE ->
                new SesNotification.Bounce(type, format, about, bounce == null ? BounceFields.NONE : bounce, raw);
            case COMPLAINT ->
                new SesNotification.Complaint(
                        type, format, about, complaint == null ? ComplaintFields.NONE : complaint, raw);
            case DELIVERY ->
                new SesNotification.Delivery(
                        type, format, about, delivery == null ? DeliveryFields.NONE : delivery, raw);
            case OTHER -> new SesNotification.Unknown(type, format, about, raw);
        };
    }

    /** Names a nameless detail by the type of the event: SES sends advice and status in shapes of their own. */
    private Envelope event(Envelope inside, String type, RawText raw) {
        boolean nameless =
                inside.notifications().stream().allMatch(n -> n.type().isEmpty());
        Envelope named = nameless ? unknown(type, raw) : inside;
        return new Envelope(new EnvelopeFacts(null, eventId, null, null, eventTime), named.notifications());
    }

    private @Nullable Envelope snsMessage(RawText raw) {
        Envelope inside = snsType == null || snsType.equals("Notification") ? message : unknown(snsType, raw);
        return inside == null
                ? null
                : new Envelope(
                        new EnvelopeFacts(snsType, snsMessageId, topicArn, subject, snsTimestamp),
                        inside.notifications());
    }

    /** Takes the facts of the SNS message in the body, or, where the queue gets raw messages, of the record. */
    private Envelope sqsRecord(Envelope body) {
        return body.hasFacts()
                ? body
                : new Envelope(new EnvelopeFacts(null, recordId, null, null, null), body.notifications());
    }

    private static Envelope lambdaEvent(List<Envelope> records) {
        return records.size() == 1
                ? records.get(0)
                : new Envelope(
                        EnvelopeFacts.NONE,
                        records.stream()
                                .flatMap(r -> r.notifications().stream())
                                .toList());
    }
}
