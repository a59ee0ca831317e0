package io.github.sesquill.mime;

import io.github.sesquill.message.EmailMessage;
import io.github.sesquill.message.ListManagement;
import io.github.sesquill.message.MessageHeader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the API has as parameters, as the headers that SES reads and takes off (SES Developer Guide, "Headers for
 * SMTP-specific features").
 */
final class SesHeaders {

    static final String TAGS = "X-SES-MESSAGE-TAGS";

    private SesHeaders() {}

    static List<MessageHeader> of(EmailMessage message, Map<String, String> tagsOfMime, Map<String, String> more) {
        List<MessageHeader> headers = new ArrayList<>();
        add(headers, "X-SES-CONFIGURATION-SET", message.configurationSet());
        add(headers, TAGS, tags(message, tagsOfMime, more));
        // The envelope's sender and the From header may be of one lent identity or of two.
        add(headers, "X-SES-SOURCE-ARN", message.fromIdentityArn());
        add(headers, "X-SES-FROM-ARN", message.fromIdentityArn());
        add(headers, "X-SES-RETURN-PATH-ARN", message.feedbackIdentityArn());
        add(headers, "X-SES-LIST-MANAGEMENT-OPTIONS", message.listManagement().map(ListManagement::toString));
        add(headers, "X-SES-TENANT", message.tenant());
        return headers;
    }

    private static void add(List<MessageHeader> headers, String name, Optional<String> value) {
        value.ifPresent(present -> headers.add(new MessageHeader(name, present)));
    }

    private static Optional<String> tags(
            EmailMessage message, Map<String, String> tagsOfMime, Map<String, String> more) {
        Map<String, String> tags = new LinkedHashMap<>(tagsOfMime);
        tags.putAll(message.tags());
        tags.putAll(more);
        StringBuilder list = new StringBuilder();
        tags.forEach((name, value) ->
                list.append(list.isEmpty() ? "" : ", ").append(name).append('=').append(value));
        return list.isEmpty() ? Optional.empty() : Optional.of(list.toString());
    }
}
