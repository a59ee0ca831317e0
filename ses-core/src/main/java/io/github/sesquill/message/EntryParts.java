package io.github.sesquill.message;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What one entry of a mailing says; hidden, so that it can grow. */
record EntryParts(
        List<EmailAddress> to,
        List<EmailAddress> cc,
        List<EmailAddress> bcc,
        @Nullable TemplateData data,
        List<MessageHeader> headers,
        @Nullable ListUnsubscribe listUnsubscribe,
        Map<String, String> tags) {

    EntryParts {
        to = List.copyOf(to);
        cc = List.copyOf(cc);
        bcc = List.copyOf(bcc);
        headers = List.copyOf(headers);
        tags = tags.size() < 2 ? Map.copyOf(tags) : Collections.unmodifiableMap(new LinkedHashMap<>(tags));
    }

    /** Takes everything from a message that an entry can say. */
    static EntryParts of(MessageParts message) {
        return new EntryParts(
                message.to(),
                message.cc(),
                message.bcc(),
                ((MessageContent.Template) message.content()).data(),
                message.headers(),
                message.listUnsubscribe(),
                message.tags());
    }

    /** Lays this over what the mailing says: the same name here stands for the one there. */
    MessageParts over(MessageParts shared) {
        return new MessageParts(
                shared.from(),
                to,
                cc,
                bcc,
                shared.replyTo(),
                contentOver(shared.content()),
                shared.attachments(),
                headersOver(shared.headers()),
                listUnsubscribe == null ? shared.listUnsubscribe() : listUnsubscribe,
                tagsOver(shared.tags()),
                shared.configurationSet(),
                shared.feedbackTo(),
                shared.fromIdentityArn(),
                shared.feedbackIdentityArn(),
                null,
                shared.tenant(),
                shared.endpointId());
    }

    private MessageContent contentOver(MessageContent shared) {
        if (data == null) {
            return shared;
        }
        if (shared instanceof StoredTemplate stored) {
            return new StoredTemplate(stored.template(), data.over(stored.data()));
        }
        InlineTemplate inline = (InlineTemplate) shared;
        return new InlineTemplate(inline.content(), data.over(inline.data()));
    }

    private List<MessageHeader> headersOver(List<MessageHeader> shared) {
        if (shared.isEmpty() || headers.isEmpty()) {
            return shared.isEmpty() ? headers : shared;
        }
        Set<String> said = headers.stream().map(EntryParts::name).collect(Collectors.toSet());
        return Stream.concat(shared.stream().filter(header -> !said.contains(name(header))), headers.stream())
                .toList();
    }

    private static String name(MessageHeader header) {
        return header.name().toLowerCase(Locale.ROOT);
    }

    private Map<String, String> tagsOver(Map<String, String> shared) {
        if (shared.isEmpty() || tags.isEmpty()) {
            return shared.isEmpty() ? tags : shared;
        }
        Map<String, String> all = new LinkedHashMap<>(shared);
        all.putAll(tags);
        return all;
    }
}
