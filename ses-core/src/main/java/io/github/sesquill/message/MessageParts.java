package io.github.sesquill.message;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Everything a message consists of; hidden, so that it can grow. */
record MessageParts(
        EmailAddress from,
        List<EmailAddress> to,
        List<EmailAddress> cc,
        List<EmailAddress> bcc,
        List<EmailAddress> replyTo,
        MessageContent content,
        List<Attachment> attachments,
        List<MessageHeader> headers,
        @Nullable ListUnsubscribe listUnsubscribe,
        Map<String, String> tags,
        @Nullable String configurationSet,
        @Nullable EmailAddress feedbackTo,
        @Nullable String fromIdentityArn,
        @Nullable String feedbackIdentityArn,
        @Nullable ListManagement listManagement,
        @Nullable String tenant,
        @Nullable String endpointId) {

    MessageParts {
        to = List.copyOf(to);
        cc = List.copyOf(cc);
        bcc = List.copyOf(bcc);
        replyTo = List.copyOf(replyTo);
        attachments = List.copyOf(attachments);
        headers = List.copyOf(headers);
        tags = tags.size() < 2 ? Map.copyOf(tags) : Collections.unmodifiableMap(new LinkedHashMap<>(tags));
    }

    MessageParts withRecipients(List<EmailAddress> to, List<EmailAddress> cc, List<EmailAddress> bcc) {
        return new MessageParts(
                from,
                to,
                cc,
                bcc,
                replyTo,
                content,
                attachments,
                headers,
                listUnsubscribe,
                tags,
                configurationSet,
                feedbackTo,
                fromIdentityArn,
                feedbackIdentityArn,
                listManagement,
                tenant,
                endpointId);
    }

    List<MessageHeader> headerFields() {
        return listUnsubscribe == null
                ? headers
                : Stream.concat(headers.stream(), listUnsubscribe.headerFields().stream())
                        .toList();
    }

    List<EmailAddress> recipients() {
        return cc.isEmpty() && bcc.isEmpty()
                ? to
                : Stream.of(to, cc, bcc).flatMap(List::stream).toList();
    }
}
