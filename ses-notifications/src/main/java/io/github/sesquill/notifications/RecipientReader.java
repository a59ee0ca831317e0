package io.github.sesquill.notifications;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads recipients in the shapes SES gives them: a text, or an object with an {@code emailAddress}.
 *
 * <p>Each reader takes both, because a recipient lost is a suppression lost. One without an address is none.
 */
final class RecipientReader {

    private RecipientReader() {}

    static @Nullable Recipient plain(JsonParser parser) throws IOException {
        BouncedRecipient recipient = bounced(parser);
        return recipient == null ? null : recipient.recipient();
    }

    static @Nullable BouncedRecipient bounced(JsonParser parser) throws IOException {
        if (!parser.isExpectedStartObjectToken()) {
            return of(Values.text(parser), null, null, null);
        }
        String address = null;
        String action = null;
        String status = null;
        String diagnosticCode = null;
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            switch (name) {
                case "emailAddress" -> address = Values.text(parser);
                case "action" -> action = Values.text(parser);
                case "status" -> status = Values.text(parser);
                case "diagnosticCode" -> diagnosticCode = Values.text(parser);
                default -> parser.skipChildren();
            }
        }
        return of(address, action, status, diagnosticCode);
    }

    private static @Nullable BouncedRecipient of(
            @Nullable String address,
            @Nullable String action,
            @Nullable String status,
            @Nullable String diagnosticCode) {
        return address == null || address.isBlank()
                ? null
                : new BouncedRecipient(new Recipient(address), action, status, diagnosticCode);
    }
}
