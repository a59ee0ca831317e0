package io.github.sesquill.notifications;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The members of {@code delivery}, as sent. */
record DeliveryFields(
        @Nullable String timestamp,
        @Nullable String processingTimeMillis,
        List<Recipient> recipients,
        @Nullable String smtpResponse,
        @Nullable String reportingMta,
        @Nullable String remoteMtaIp) {

    static final DeliveryFields NONE = new DeliveryFields(null, null, List.of(), null, null, null);

    static DeliveryFields read(JsonParser parser) throws IOException {
        if (!Values.isObject(parser)) {
            return NONE;
        }
        String timestamp = null;
        String processingTimeMillis = null;
        List<Recipient> recipients = List.of();
        String smtpResponse = null;
        String reportingMta = null;
        String remoteMtaIp = null;
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            switch (name) {
                case "timestamp" -> timestamp = Values.timestamp(parser);
                case "processingTimeMillis" -> processingTimeMillis = Values.text(parser);
                case "recipients" -> recipients = Values.list(parser, RecipientReader::plain);
                case "smtpResponse" -> smtpResponse = Values.text(parser);
                case "reportingMTA" -> reportingMta = Values.text(parser);
                case "remoteMtaIp" -> remoteMtaIp = Values.text(parser);
                default -> parser.skipChildren();
            }
        }
        return new DeliveryFields(timestamp, processingTimeMillis, recipients, smtpResponse, reportingMta, remoteMtaIp);
    }
}
