package io.github.sesquill.notifications;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The members of {@code mail.commonHeaders}, as sent. */
record CommonHeaderFields(
        List<String> from,
        List<String> to,
        List<String> cc,
        List<String> bcc,
        List<String> replyTo,
        @Nullable String sender,
        @Nullable String returnPath,
        @Nullable String subject,
        @Nullable String date,
        @Nullable String messageId) {

    static final CommonHeaderFields NONE =
            new CommonHeaderFields(List.of(), List.of(), List.of(), List.of(), List.of(), null, null, null, null, null);

    static CommonHeaderFields read(JsonParser parser) throws IOException {
        if (!Values.isObject(parser)) {
            return NONE;
        }
        List<String> from = List.of();
        List<String> to = List.of();
        List<String> cc = List.of();
        List<String> bcc = List.of();
        List<String> replyTo = List.of();
        String sender = null;
        String returnPath = null;
        String subject = null;
        String date = null;
        String messageId = null;
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            switch (name) {
                case "from" -> from = Values.texts(parser);
                case "to" -> to = Values.texts(parser);
                case "cc" -> cc = Values.texts(parser);
                case "bcc" -> bcc = Values.texts(parser);
                case "replyTo" -> replyTo = Values.texts(parser);
                case "sender" -> sender = Values.text(parser);
                case "returnPath" -> returnPath = Values.text(parser);
                case "subject" -> subject = Values.text(parser);
                case "date" -> date = Values.text(parser);
                case "messageId" -> messageId = Values.text(parser);
                default -> parser.skipChildren();
            }
        }
        return new CommonHeaderFields(from, to, cc, bcc, replyTo, sender, returnPath, subject, date, messageId);
    }
}
