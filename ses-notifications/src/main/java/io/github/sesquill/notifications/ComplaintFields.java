package io.github.sesquill.notifications;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The members of {@code complaint}, as sent. */
record ComplaintFields(
        List<Recipient> recipients,
        @Nullable String timestamp,
        @Nullable String feedbackId,
        @Nullable String subType,
        @Nullable String userAgent,
        @Nullable String feedbackType,
        @Nullable String arrivalDate) {

    static final ComplaintFields NONE = new ComplaintFields(List.of(), null, null, null, null, null, null);

    static ComplaintFields read(JsonParser parser) throws IOException {
        if (!Values.isObject(parser)) {
            return NONE;
        }
        List<Recipient> recipients = List.of();
        String timestamp = null;
        String feedbackId = null;
        String subType = null;
        String userAgent = null;
        String feedbackType = null;
        String arrivalDate = null;
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            switch (name) {
                case "complainedRecipients" -> recipients = Values.list(parser, RecipientReader::plain);
                case "timestamp" -> timestamp = Values.timestamp(parser);
                case "feedbackId" -> feedbackId = Values.text(parser);
                case "complaintSubType" -> subType = Values.text(parser);
                case "userAgent" -> userAgent = Values.text(parser);
                case "complaintFeedbackType" -> feedbackType = Values.text(parser);
                case "arrivalDate" -> arrivalDate = Values.timestamp(parser);
                default -> parser.skipChildren();
            }
        }
        return new ComplaintFields(recipients, timestamp, feedbackId, subType, userAgent, feedbackType, arrivalDate);
    }
}
