package io.github.sesquill.notifications;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.CharBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON object that is a notification or an envelope around some, and tells which by its members.
 *
 * <p>Their order is not fixed, so all that may matter is kept until the object ends. What lies in an envelope is read
 * by another of these, in place, or out of the string that holds it without copying it.
 */
final class DocumentReader {

    /** How the one notification begins that SES sends as plain text. */
    private static final String TOPIC_VALIDATED = "Successfully validated SNS topic";

    private final TextLayer layer;
    private final boolean enclosed;

    // The notification itself.
    private @Nullable String eventType;
    private @Nullable String notificationType;
    private @Nullable MailFields mail;
    private @Nullable BounceFields bounce;
    private @Nullable ComplaintFields complaint;
    private @Nullable DeliveryFields delivery;
    private boolean receipt;

    // An SNS message.
    private @Nullable String snsType;
    private @Nullable String snsMessageId;
    private @Nullable String topicArn;
    private @Nullable String subject;
    private @Nullable String snsTimestamp;
    private @Nullable Envelope message;

    // An EventBridge event.
    private @Nullable String detailType;
    private @Nullable String eventId;
    private @Nullable String eventTime;
    private @Nullable Envelope detail;

    // A Lambda event, and a record in one.
    private @Nullable List<Envelope> records;
    private @Nullable Envelope record;
    private @Nullable String recordSource;
    private @Nullable String recordId;
    private @Nullable Envelope recordBody;

    private DocumentReader(TextLayer layer, boolean enclosed) {
        this.layer = layer;
        this.enclosed = enclosed;
    }

    /** Reads a whole body. */
    static Envelope read(JsonFactory json, String body) {
        int start = start(body);
        String text = body.startsWith("\uFEFF") ? body.substring(1) : body;
        TextLayer layer = new TextLayer(json, RawText.of(text), "the body", 0);
        if (start == body.length()) {
            throw new NotificationFormatException("Cannot read the body: it is empty.");
        }
        if (body.startsWith(TOPIC_VALIDATED, start)) {
            return Envelope.around(unknown("", layer.text()));
        }
        if (body.charAt(start) != '{') {
            throw new NotificationFormatException("Cannot read the body: it begins neither with the brace of a JSON"
                    + " object nor with the sentence SES sends when it validates a topic.");
        }
        try (JsonParser parser = json.createParser(text)) {
            return document(layer, parser, false);
        } catch (IOException e) {
            throw layer.refusal(e);
        }
    }

    private static Envelope document(TextLayer layer, JsonParser parser, boolean enclosed) throws IOException {
        parser.nextToken();
        Envelope read = new DocumentReader(layer, enclosed).object(parser);
        if (parser.nextToken() != null) {
            throw layer.refusal("one JSON object is expected and more follows its end", parser);
        }
        return read;
    }

    private Envelope object(JsonParser parser) throws IOException {
        int start = (int) parser.currentTokenLocation().getCharOffset();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            if (!isOfNotification(name, parser) && !isOfEnvelope(name, parser)) {
                parser.skipChildren();
            }
        }
        int end = (int) parser.currentLocation().getCharOffset();
        return told(layer.text().cut(start, end));
    }

    /** Keeps a member that notifications have; tells whether it was one. */
    private boolean isOfNotification(String name, JsonParser parser) throws IOException {
        switch (name) {
            case "eventType" -> eventType = once(name, eventType, Values.text(parser));
            case "notificationType" -> notificationType = once(name, notificationType, Values.text(parser));
            case "mail" -> mail = once(name, mail, MailFields.read(parser));
            case "bounce" -> bounce = once(name, bounce, BounceFields.read(parser));
            case "complaint" -> complaint = once(name, complaint, ComplaintFields.read(parser));
            case "delivery" -> delivery = once(name, delivery, DeliveryFields.read(parser));
            case "receipt" -> {
                receipt = Values.isObject(parser);
                parser.skipChildren();
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    /** Keeps a member that envelopes have; tells whether it was one. */
    private boolean isOfEnvelope(String name, JsonParser parser) throws IOException {
        switch (name) {
            case "Type" -> snsType = once(name, snsType, Values.text(parser));
            case "MessageId" -> snsMessageId = once(name, snsMessageId, Values.text(parser));
            case "TopicArn" -> topicArn = once(name, topicArn, Values.text(parser));
            case "Subject" -> subject = once(name, subject, Values.text(parser));
            case "Timestamp" -> snsTimestamp = once(name, snsTimestamp, Values.timestamp(parser));
            case "Message" -> message = once(name, message, enclosed(parser, "the SNS message"));
            case "detail-type" -> detailType = once(name, detailType, Values.text(parser));
            case "id" -> eventId = once(name, eventId, Values.text(parser));
            case "time" -> eventTime = once(name, eventTime, Values.timestamp(parser));
            case "detail" -> detail = once(name, detail, enclosed(parser, "the EventBridge detail"));
            case "Records" -> records = once(name, records, records(parser));
            case "Sns", "ses" -> record = once(name, record, enclosed(parser, "the Lambda record"));
            case "body" -> recordBody = once(name, recordBody, enclosed(parser, "the SQS body"));
            case "eventSource" -> recordSource = once(name, recordSource, Values.text(parser));
            case "messageId" -> recordId = once(name, recordId, Values.text(parser));
            default -> {
                return false;
            }
        }
        return true;
    }

    /** Refuses a member given twice: who verified the first must not be handed the second. */
    private <T> @Nullable T once(String name, @Nullable T before, @Nullable T now) {
        if (before != null && now != null) {
            throw new NotificationFormatException("Cannot read " + layer.name() + ": it has the member " + name
                    + " twice, and which one is meant is anybody's guess.");
        }
        return now != null ? now : before;
    }

    /** Reads what an envelope holds: an object, or a string with JSON or with plain text; all else is absent. */
    private @Nullable Envelope enclosed(JsonParser parser, String name) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            return string(parser, name);
        }
        return Values.isObject(parser) ? new DocumentReader(layer, true).object(parser) : null;
    }

    private Envelope string(JsonParser parser, String name) throws IOException {
        // The characters first: a string has no end before it is read.
        char[] chars = parser.getTextCharacters();
        int offset = parser.getTextOffset();
        int length = parser.getTextLength();
        int start = (int) parser.currentTokenLocation().getCharOffset();
        RawText text =
                layer.text().unquote(start, (int) parser.currentLocation().getCharOffset());
        int skipped = start(CharBuffer.wrap(chars, offset, length));
        if (skipped == length || chars[offset + skipped] != '{') {
            return Envelope.around(unknown("", text));
        }
        TextLayer inner = layer.within(skipped == 0 ? text : text.from(skipped), name);
        try (JsonParser innerParser = layer.json().createParser(chars, offset + skipped, length - skipped)) {
            return document(inner, innerParser, true);
        } catch (IOException e) {
            throw inner.refusal(e);
        }
    }

    /** Finds where a text begins, behind a byte order mark and blanks. */
    private static int start(CharSequence text) {
        int start = 0;
        while (start < text.length() && "\uFEFF \t\r\n".indexOf(text.charAt(start)) >= 0) {
            start++;
        }
        return start;
    }

    private @Nullable List<Envelope> records(JsonParser parser) throws IOException {
        if (!parser.isExpectedStartArrayToken()) {
            parser.skipChildren();
            return null;
        }
        List<Envelope> read = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (!Values.isObject(parser)) {
                throw layer.refusal("record " + (read.size() + 1) + " of Records is no object", parser);
            }
            read.add(new DocumentReader(layer, true).object(parser));
        }
        return List.copyOf(read);
    }

    /** Tells what the object was, now that all its members are known. */
    private Envelope told(RawText raw) {
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
        if (snsType != null || (message != null && topicArn != null)) {
            return snsMessage(raw);
        }
        return Envelope.around(nameless(raw));
    }

    private SesNotification notification(String type, NotificationFormat format, RawText raw) {
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

    /** Takes an object without a word for itself: received mail as Lambda has it, or what only an envelope vouches for. */
    private SesNotification nameless(RawText raw) {
        if (!enclosed && !receipt) {
            throw new NotificationFormatException("Cannot read " + layer.name()
                    + ": the JSON object is no notification of SES, for it has neither eventType nor notificationType,"
                    + " and no envelope around one, for it has no Type, detail or Records.");
        }
        Mail about = mail == null ? Mail.NONE : new Mail(mail);
        return new SesNotification.Unknown(receipt ? "Received" : "", NotificationFormat.NONE, about, raw);
    }

    /** Names what has no other name by the type of the event: SES sends advice and status in shapes of their own. */
    private Envelope event(Envelope inside, String type, RawText raw) {
        EnvelopeFacts facts = new EnvelopeFacts(null, eventId, null, null, eventTime);
        boolean nameless =
                inside.notifications().stream().allMatch(n -> n.type().isEmpty());
        return new Envelope(facts, nameless ? List.of(unknown(type, raw)) : inside.notifications());
    }

    private Envelope snsMessage(RawText raw) {
        EnvelopeFacts facts = new EnvelopeFacts(snsType, snsMessageId, topicArn, subject, snsTimestamp);
        if (snsType != null && !snsType.equals("Notification")) {
            return new Envelope(facts, List.of(unknown(snsType, raw)));
        }
        if (message == null) {
            throw new NotificationFormatException("Cannot read " + layer.name()
                    + ": it is an SNS notification whose Message is neither text nor object.");
        }
        return new Envelope(facts, message.notifications());
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

    private static SesNotification unknown(String type, RawText raw) {
        return new SesNotification.Unknown(type, NotificationFormat.NONE, Mail.NONE, raw);
    }
}
