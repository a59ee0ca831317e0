package io.github.sesquill.test.engine;

import io.github.sesquill.message.EmailAddress;
import io.github.sesquill.message.EmailMessage;
import io.github.sesquill.message.MessageContent;
import io.github.sesquill.message.MessageHeader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The header section of a message as events list it: that of raw MIME as it came, else the one that SES makes. */
public final class HeaderSection {

    private static final Pattern END_OF_SECTION = Pattern.compile("\r\n\r\n|\n\n");
    private static final Pattern END_OF_FIELD = Pattern.compile("\r?\n(?![ \t])");
    private static final Pattern FOLD = Pattern.compile("\r?\n");

    private HeaderSection() {}

    /** Returns that of a message. */
    public static List<MessageHeader> of(EmailMessage message) {
        if (message.content() instanceof MessageContent.Raw raw) {
            return parse(raw.bytes());
        }
        List<MessageHeader> headers = new ArrayList<>();
        headers.add(new MessageHeader("From", message.from().headerValue()));
        add(headers, "Reply-To", message.replyTo());
        add(headers, "To", message.to());
        add(headers, "Cc", message.cc());
        if (message.content() instanceof MessageContent.Simple simple) {
            headers.add(new MessageHeader("Subject", simple.subject()));
        }
        headers.addAll(message.headerFields());
        headers.add(new MessageHeader("MIME-Version", "1.0"));
        headers.add(new MessageHeader("Content-Type", contentType(message)));
        return headers;
    }

    private static void add(List<MessageHeader> headers, String name, List<EmailAddress> addresses) {
        if (!addresses.isEmpty()) {
            headers.add(new MessageHeader(
                    name, addresses.stream().map(EmailAddress::headerValue).collect(Collectors.joining(", "))));
        }
    }

    /** SES writes two spaces before a boundary. */
    private static String contentType(EmailMessage message) {
        if (!message.attachments().isEmpty()) {
            return "multipart/mixed;  boundary=\"----=_Part_1_1.1\"";
        }
        if (message.content() instanceof MessageContent.Simple simple
                && simple.html().isEmpty()) {
            return "text/plain; charset=UTF-8";
        }
        return message.content() instanceof MessageContent.Simple simple
                        && simple.text().isEmpty()
                ? "text/html; charset=UTF-8"
                : "multipart/alternative;  boundary=\"----=_Part_1_1.1\"";
    }

    /** Reads that of MIME, unfolded; lines that are no headers are left out. */
    public static List<MessageHeader> parse(byte[] mime) {
        String section = END_OF_SECTION.split(new String(mime, StandardCharsets.UTF_8), 2)[0];
        List<MessageHeader> headers = new ArrayList<>();
        for (String field : END_OF_FIELD.split(section, 0)) {
            int colon = field.indexOf(':');
            if (colon > 0) {
                String value = FOLD.matcher(field.substring(colon + 1)).replaceAll("");
                headers.add(new MessageHeader(field.substring(0, colon), value.strip()));
            }
        }
        return headers;
    }

    /** Finds the first header of a name, in any case. */
    public static Optional<String> first(List<MessageHeader> headers, String name) {
        return headers.stream()
                .filter(header -> header.name().equalsIgnoreCase(name))
                .map(MessageHeader::value)
                .findFirst();
    }
}
