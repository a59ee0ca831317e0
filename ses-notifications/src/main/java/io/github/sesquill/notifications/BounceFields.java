package io.github.sesquill.notifications;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The members of {@code bounce}, as sent. */
record BounceFields(
        @Nullable String type,
        @Nullable String subType,
        List<BouncedRecipient> recipients,
        @Nullable String timestamp,
        @Nullable String feedbackId,
        @Nullable String remoteMtaIp,
        @Nullable String reportingMta) {

    static final BounceFields NONE = new BounceFields(null, null, List.of(), null, null, null, null);

    static BounceFields read(JsonParser parser) throws IOException {
        if (!Values.isObject(parser)) {
            return NONE;
        }
        String type = null;
        String subType = null;
        List<BouncedRecipient> recipients = List.of();
        String timestamp = null;
        String feedbackId = null;
        String remoteMtaIp = null;
        String reportingMta = null;
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            switch (name) {
                case "bounceType" -> type = Values.text(parser);
                case "bounceSubType" -> subType = Values.text(parser);
                case "bouncedRecipients" -> recipients = Values.list(parser, RecipientReader::bounced);
                case "timestamp" -> timestamp = Values.timestamp(parser);
                case "feedbackId" -> feedbackId = Values.text(parser);
                case "remoteMtaIp" -> remoteMtaIp = Values.text(parser);
                case "reportingMTA" -> reportingMta = Values.text(parser);
                default -> parser.skipChildren();
            }
        }
        return new BounceFields(type, subType, recipients, timestamp, feedbackId, remoteMtaIp, reportingMta);
    }
}
