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
 * Reads one JSON object into a {@link Document}, in one pass.
 *
 * <p>What lies in an envelope is read by another of these, in place, or out of the string that holds it: from the
 * buffer of the parser that came upon the string, without making a string of it.
 */
final class DocumentReader {

    /** How the one notification begins that SES sends as plain text. */
    private static final String TOPIC_VALIDATED = "Successfully validated SNS topic";

    private final TextLayer layer;
    private final boolean enclosed;
    private final Document document = new Document();

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
            throw layer.refusal("it is empty");
        }
        if (body.startsWith(TOPIC_VALIDATED, start)) {
            return Document.unknown("", layer.text());
        }
        if (body.charAt(start) != '{') {
            throw layer.refusal("it begins neither with the brace of a JSON object nor with the sentence that SES sends"
                    + " when it validates a topic");
        }
        try (JsonParser parser = json.createParser(text)) {
            return only(layer, parser, false);
        } catch (IOException e) {
            throw layer.refusal(e);
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

    /** Reads the one object of a text. */
    private static Envelope only(TextLayer layer, JsonParser parser, boolean enclosed) throws IOException {
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
        RawText raw = layer.text().cut(start, end);
        Envelope told = document.told(raw);
        return told != null ? told : unmarked(raw, parser);
    }

    /** Takes an object without a mark if an envelope vouches for it; there may be other senders on a topic. */
    private Envelope unmarked(RawText raw, JsonParser parser) {
        if (!enclosed) {
            throw layer.refusal(
                    "the JSON object is no notification of SES, for it has no text in eventType or notificationType,"
                            + " and no envelope around one, for it has no SNS Message, EventBridge detail or Records",
                    parser);
        }
        return Envelope.around(document.notification("", NotificationFormat.NONE, raw));
    }

    /** Keeps a member that notifications have; tells whether it was one. */
    private boolean isOfNotification(String name, JsonParser parser) throws IOException {
        Document d = document;
        switch (name) {
            case "eventType" -> d.eventType = once(name, d.eventType, Values.text(parser));
            case "notificationType" -> d.notificationType = once(name, d.notificationType, Values.text(parser));
            case "mail" -> d.mail = once(name, d.mail, MailFields.read(parser));
            case "bounce" -> d.bounce = once(name, d.bounce, BounceFields.read(parser));
            case "complaint" -> d.complaint = once(name, d.complaint, ComplaintFields.read(parser));
            case "delivery" -> d.delivery = once(name, d.delivery, DeliveryFields.read(parser));
            case "receipt" -> {
                d.receipt = parser.isExpectedStartObjectToken();
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
        Document d = document;
        switch (name) {
            case "Type" -> d.snsType = once(name, d.snsType, Values.text(parser));
            case "MessageId" -> d.snsMessageId = once(name, d.snsMessageId, Values.text(parser));
            case "TopicArn" -> d.topicArn = once(name, d.topicArn, Values.text(parser));
            case "Subject" -> d.subject = once(name, d.subject, Values.text(parser));
            case "Timestamp" -> d.snsTimestamp = once(name, d.snsTimestamp, Values.timestamp(parser));
            case "Message" -> d.message = once(name, d.message, enclosed(parser, "the SNS message"));
            case "detail-type" -> d.detailType = once(name, d.detailType, Values.text(parser));
            case "id" -> d.eventId = once(name, d.eventId, Values.text(parser));
            case "time" -> d.eventTime = once(name, d.eventTime, Values.timestamp(parser));
            case "detail" -> d.detail = once(name, d.detail, enclosed(parser, "the EventBridge detail"));
            case "Records" -> d.records = once(name, d.records, records(parser));
            case "Sns", "ses" -> d.record = once(name, d.record, enclosed(parser, "the Lambda record"));
            case "body" -> d.recordBody = once(name, d.recordBody, enclosed(parser, "the SQS body"));
            case "eventSource" -> d.recordSource = once(name, d.recordSource, Values.text(parser));
            case "messageId" -> d.recordId = once(name, d.recordId, Values.text(parser));
            default -> {
                return false;
            }
        }
        return true;
    }

    /** Refuses a member given twice: who verified the first must not be handed the second. */
    private <T> @Nullable T once(String name, @Nullable T before, @Nullable T now) {
        if (before != null && now != null) {
            throw layer.refusal("the member " + name + " is there twice, and which is meant is anybody's guess");
        }
        return now != null ? now : before;
    }

    /** Reads what an envelope holds: an object, or a string of JSON or of plain text; all else is absent. */
    private @Nullable Envelope enclosed(JsonParser parser, String name) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            return string(parser, name);
        }
        return Values.isObject(parser) ? new DocumentReader(layer, true).object(parser) : null;
    }

    private Envelope string(JsonParser parser, String name) throws IOException {
        // The characters first: where a string ends is known when it has been read.
        char[] chars = parser.getTextCharacters();
        int offset = parser.getTextOffset();
        int length = parser.getTextLength();
        RawText text = layer.text().unquote((int) parser.currentTokenLocation().getCharOffset(), (int)
                parser.currentLocation().getCharOffset());
        int start = start(CharBuffer.wrap(chars, offset, length));
        if (start == length || chars[offset + start] != '{') {
            return Document.unknown("", text);
        }
        TextLayer inner = layer.within(start == 0 ? text : text.from(start), name);
        try (JsonParser innerParser = layer.json().createParser(chars, offset + start, length - start)) {
            return only(inner, innerParser, true);
        } catch (IOException e) {
            throw inner.refusal(e);
        }
    }

    private @Nullable List<Envelope> records(JsonParser parser) throws IOException {
        if (!parser.isExpectedStartArrayToken()) {
            parser.skipChildren();
            return null;
        }
        List<Envelope> read = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (!parser.isExpectedStartObjectToken()) {
                throw layer.refusal("record " + read.size() + " of Records (counted from 0) is no object", parser);
            }
            read.add(new DocumentReader(layer, true).object(parser));
        }
        return List.copyOf(read);
    }
}
