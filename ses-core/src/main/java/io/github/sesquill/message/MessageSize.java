package io.github.sesquill.message;

import java.util.Optional;

/** How much a message takes on the wire, never more than it really does. */
final class MessageSize {

    private MessageSize() {}

    static long of(MessageParts parts) {
        long size = content(parts.content());
        for (Attachment attachment : parts.attachments()) {
            size += inBase64(attachment.size().orElse(0));
        }
        return size;
    }

    private static long content(MessageContent content) {
        if (content instanceof MessageContent.Raw raw) {
            return raw.size();
        }
        if (content instanceof MessageContent.Simple simple) {
            return simple.subject().length() + length(simple.text()) + length(simple.html());
        }
        // A template has the size that SES renders it to.
        return 0;
    }

    /** In characters, of which each takes a byte or more. */
    private static long length(Optional<String> body) {
        return body.map(String::length).orElse(0);
    }

    private static long inBase64(long bytes) {
        return (bytes + 2) / 3 * 4;
    }
}
