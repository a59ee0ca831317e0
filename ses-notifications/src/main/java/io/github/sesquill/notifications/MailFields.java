package io.github.sesquill.notifications;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The members of {@code mail}, as sent. */
record MailFields(
        @Nullable String timestamp,
        @Nullable String messageId,
        @Nullable String source,
        @Nullable String sourceArn,
        @Nullable String sourceIp,
        @Nullable String sendingAccountId,
        @Nullable String callerIdentity,
        List<Recipient> destination,
        boolean headersTruncated,
        List<Mail.Header> headers,
        CommonHeaders commonHeaders,
        Map<String, List<String>> tags) {

    static final MailFields NONE = new MailFields(
            null, null, null, null, null, null, null, List.of(), false, List.of(), CommonHeaders.NONE, Map.of());

    static MailFields read(JsonParser parser) throws IOException {
        if (!Values.isObject(parser)) {
            return NONE;
        }
        String timestamp = null;
        String messageId = null;
        String source = null;
        String sourceArn = null;
        String sourceIp = null;
        String account = null;
        String caller = null;
        List<Recipient> destination = List.of();
        boolean truncated = false;
        List<Mail.Header> headers = List.of();
        CommonHeaders common = CommonHeaders.NONE;
        Map<String, List<String>> tags = Map.of();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            switch (name) {
                case "timestamp" -> timestamp = Values.timestamp(parser);
                case "messageId" -> messageId = Values.text(parser);
                case "source" -> source = Values.text(parser);
                case "sourceArn" -> sourceArn = Values.text(parser);
                case "sourceIp" -> sourceIp = Values.text(parser);
                case "sendingAccountId" -> account = Values.text(parser);
                case "callerIdentity" -> caller = Values.text(parser);
                case "destination" -> destination = Values.list(parser, RecipientReader::plain);
                case "headersTruncated" -> truncated = Values.truth(parser);
                case "headers" -> headers = Values.list(parser, MailFields::header);
                case "commonHeaders" -> common = new CommonHeaders(CommonHeaderFields.read(parser));
                case "tags" -> tags = tags(parser);
                default -> parser.skipChildren();
            }
        }
        return new MailFields(
                timestamp,
                messageId,
                source,
                sourceArn,
                sourceIp,
                account,
                caller,
                destination,
                truncated,
                headers,
                common,
                tags);
    }

    /** Reads {@code {name, value}}; a header without a name is none. */
    private static Mail.@Nullable Header header(JsonParser parser) throws IOException {
        if (!Values.isObject(parser)) {
            return null;
        }
        String name = null;
        String value = null;
        for (String member = parser.nextFieldName(); member != null; member = parser.nextFieldName()) {
            parser.nextToken();
            switch (member) {
                case "name" -> name = Values.text(parser);
                case "value" -> value = Values.text(parser);
                default -> parser.skipChildren();
            }
        }
        return name == null ? null : new Mail.Header(name, value == null ? "" : value);
    }

    private static Map<String, List<String>> tags(JsonParser parser) throws IOException {
        if (!Values.isObject(parser)) {
            return Map.of();
        }
        Map<String, List<String>> tags = new LinkedHashMap<>();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            List<String> values = Values.texts(parser);
            if (!values.isEmpty()) {
                tags.put(name, values);
            }
        }
        return Collections.unmodifiableMap(tags);
    }
}
