package io.github.sesquill.local;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sesquill.message.EmailAddress;
import io.github.sesquill.test.engine.Accepted;
import io.github.sesquill.test.engine.HeaderSection;
import io.github.sesquill.test.engine.Operation;
import io.github.sesquill.test.engine.SesHeaders;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An accepted message as its reader sees it. */
final class Letter {

    /** How much of a text is shown; the source has all of it. */
    private static final int LONGEST_TEXT = 1024 * 1024;

    private final Accepted sent;
    private final byte[] source;
    private final MimeReader mime;
    private final List<MimePart> leaves;
    private final int text;
    private final int html;

    private Letter(Accepted sent) {
        this.sent = sent;
        source = Source.of(sent);
        mime = MimeReader.read(source);
        leaves = mime.root().leaves().toList();
        text = body("text/plain");
        html = body("text/html");
    }

    static Letter of(Accepted sent) {
        return new Letter(sent);
    }

    /** Finds the first part to be read that is of a type; -1 if there is none. */
    private int body(String type) {
        for (int i = 0; i < leaves.size(); i++) {
            MimePart part = leaves.get(i);
            if (part.type().equals(type)
                    && !part.isAttachment()
                    && part.fileName().isEmpty()) {
                return i;
            }
        }
        return -1;
    }

    byte[] source() {
        return source;
    }

    Optional<String> html() {
        return part(html).map(MimePart::text);
    }

    List<MimePart> leaves() {
        return leaves;
    }

    /** Finds a part by its place among those that hold something. */
    Optional<MimePart> part(int index) {
        return index >= 0 && index < leaves.size() ? Optional.of(leaves.get(index)) : Optional.empty();
    }

    /** Returns the subject as people read it, without taking the message apart. */
    static String subject(Accepted sent) {
        return sent.rendered()
                .map(body -> body.subject())
                .or(() -> HeaderSection.first(sent.submission().headers(), "Subject"))
                .map(MimePart::decoded)
                .orElse("");
    }

    /** Returns what a list shows of it. */
    static ObjectNode summary(Accepted sent) {
        ObjectNode json = Json.object()
                .put("id", sent.messageId())
                .put("at", sent.at().toString())
                .put("by", sent.submission().operation() == Operation.SEND_SMTP_EMAIL ? "SMTP" : "API")
                .put("from", readable(sent.submission().from()))
                .put("subject", subject(sent))
                .put("size", sent.submission().size());
        ArrayNode recipients = json.putArray("recipients");
        sent.submission()
                .recipients()
                .forEach(recipient -> recipients
                        .addObject()
                        .put("address", recipient.address())
                        .put("fate", sent.fateOf(recipient).name()));
        return json;
    }

    private static String readable(EmailAddress address) {
        return address.displayName()
                .map(name -> MimePart.decoded(name) + " <" + address.address() + ">")
                .orElse(address.address());
    }

    /** Returns all of it but the source, the HTML and what is attached, which have addresses of their own. */
    ObjectNode json() {
        ObjectNode json = summary(sent);
        json.put("wireMessageId", sent.wireMessageId())
                .put("operation", sent.submission().operation().text());
        for (String name : List.of("To", "Cc", "Reply-To")) {
            json.put(memberName(name), MimePart.decodedOrNull(mime.root().header(name)));
        }
        json.put("configurationSet", sent.configurationSet().orElse(null));
        json.put("renderingFailure", sent.renderingFailure().orElse(null));
        json.put("unsubscribeUrl", sent.unsubscribeUrl().orElse(null));
        ObjectNode tags = json.putObject("tags");
        tags().forEach(tags::put);
        ArrayNode headers = json.putArray("headers");
        mime.root()
                .headers()
                .forEach(header ->
                        headers.addObject().put("name", header.name()).put("value", MimePart.decoded(header.value())));
        json.put("text", part(text).map(MimePart::text).map(Letter::cut).orElse(null));
        json.put("hasHtml", html >= 0);
        ArrayNode attachments = json.putArray("attachments");
        for (int i = 0; i < leaves.size(); i++) {
            if (i != text && i != html) {
                attachments.add(attachment(i, leaves.get(i)));
            }
        }
        ArrayNode notes = json.putArray("notes");
        notes().forEach(notes::add);
        return json;
    }

    private Map<String, String> tags() {
        Map<String, String> tags = new LinkedHashMap<>(sent.submission().tags());
        return tags.isEmpty() ? SesHeaders.tags(sent.submission().headers()) : tags;
    }

    private List<String> notes() {
        List<String> notes = new ArrayList<>(mime.notes());
        if (part(text).filter(part -> part.text().length() > LONGEST_TEXT).isPresent()) {
            notes.add("The text is cut after " + LONGEST_TEXT + " characters.");
        }
        return notes;
    }

    private static String cut(String text) {
        return text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) : text;
    }

    private static String memberName(String header) {
        return switch (header) {
            case "Reply-To" -> "replyTo";
            case "Cc" -> "cc";
            default -> "to";
        };
    }

    private static ObjectNode attachment(int index, MimePart part) {
        return Json.object()
                .put("part", index)
                .put("fileName", part.fileName().orElse(null))
                .put("contentType", part.type())
                .put("contentId", part.contentId().orElse(null))
                .put("inline", !part.isAttachment())
                .put("size", part.bytes().length);
    }
}
