package io.github.sesquill.mime;

import io.github.sesquill.message.Attachment;
import io.github.sesquill.message.EmailMessage;
import io.github.sesquill.message.MessageContent;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How parts nest: text or HTML as alternatives, HTML together with what it shows, all of that beside the attachments. A
 * level that would hold one part is left out.
 */
final class PartTree {

    private final String boundary;
    private int levels;

    private PartTree(String boundary) {
        this.boundary = boundary;
    }

    static Part of(EmailMessage message, MessageContent.Simple content) {
        return of(message, content, PartTree::randomBoundary);
    }

    /** Draws boundaries until there is one that no text of the message holds. */
    static Part of(EmailMessage message, MessageContent.Simple content, Supplier<String> boundaries) {
        TextBody text =
                content.text().map(body -> new TextBody("text/plain", body)).orElse(null);
        TextBody html =
                content.html().map(body -> new TextBody("text/html", body)).orElse(null);
        if (message.attachments().isEmpty() && (text == null || html == null)) {
            return text == null ? Objects.requireNonNull(html) : text;
        }
        String boundary = boundaries.get();
        while ((text != null && text.mayHold(boundary)) || (html != null && html.mayHold(boundary))) {
            boundary = boundaries.get();
        }
        return new PartTree(boundary).nested(message.attachments(), text, html);
    }

    private Part nested(List<Attachment> attachments, @Nullable Part text, @Nullable Part html) {
        List<Part> shown = new ArrayList<>();
        List<Part> attached = new ArrayList<>();
        for (Attachment attachment : attachments) {
            (attachment.isInline() && html != null ? shown : attached).add(new FilePart(attachment));
        }
        List<Part> alternatives = new ArrayList<>(2);
        if (text != null) {
            alternatives.add(text);
        }
        if (html != null) {
            shown.add(0, html);
            alternatives.add(multipart("related; type=\"text/html\"", shown));
        }
        attached.add(0, multipart("alternative", alternatives));
        return multipart("mixed", attached);
    }

    private Part multipart(String subtype, List<Part> parts) {
        return parts.size() == 1 ? parts.get(0) : new Multipart(subtype, boundary + '.' + levels++, parts);
    }

    private static String randomBoundary() {
        return "=_" + randomToken();
    }

    /** Always of one length, so that the size of a message can be foretold; unlike all others, but no secret. */
    static String randomToken() {
        HexFormat hex = HexFormat.of();
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong());
    }
}
