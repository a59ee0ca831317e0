package io.github.sesquill.message;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a builder has heard so far. Its lists are immutable as long as one call filled them, which most messages do: what
 * writing a message allocates is paid with every send.
 */
final class MessageDraft {

    final EmailAddress from;
    List<EmailAddress> to = List.of();
    List<EmailAddress> cc = List.of();
    List<EmailAddress> bcc = List.of();
    List<EmailAddress> replyTo = List.of();
    List<Attachment> attachments = List.of();
    List<MessageHeader> headers = List.of();
    Map<String, String> tags = Map.of();
    ContentChoice content = new ContentChoice();

    @Nullable
    ListUnsubscribe listUnsubscribe;

    @Nullable
    String configurationSet;

    @Nullable
    EmailAddress feedbackTo;

    @Nullable
    String fromIdentityArn;

    @Nullable
    String feedbackIdentityArn;

    @Nullable
    ListManagement listManagement;

    @Nullable
    String tenant;

    @Nullable
    String endpointId;

    MessageDraft(EmailAddress from) {
        this.from = from;
    }

    static MessageDraft of(MessageParts parts) {
        MessageDraft draft = new MessageDraft(parts.from());
        draft.to = parts.to();
        draft.cc = parts.cc();
        draft.bcc = parts.bcc();
        draft.replyTo = parts.replyTo();
        draft.attachments = parts.attachments();
        draft.headers = parts.headers();
        draft.tags = parts.tags();
        draft.content = ContentChoice.of(parts.content());
        draft.listUnsubscribe = parts.listUnsubscribe();
        draft.configurationSet = parts.configurationSet();
        draft.feedbackTo = parts.feedbackTo();
        draft.fromIdentityArn = parts.fromIdentityArn();
        draft.feedbackIdentityArn = parts.feedbackIdentityArn();
        draft.listManagement = parts.listManagement();
        draft.tenant = parts.tenant();
        draft.endpointId = parts.endpointId();
        return draft;
    }

    /** Returns a list with more at its end, perhaps the same list. */
    static <T> List<T> added(List<T> list, T[] more) {
        if (list.isEmpty()) {
            return List.of(more);
        }
        List<T> longer = list instanceof ArrayList ? list : new ArrayList<>(list);
        longer.addAll(List.of(more));
        return longer;
    }

    static List<MessageHeader> added(List<MessageHeader> headers, MessageHeader more) {
        return added(headers, new MessageHeader[] {more});
    }

    /** Returns tags with one more, or one changed, perhaps in the same map. */
    static Map<String, String> added(Map<String, String> tags, String name, String value) {
        if (tags.isEmpty()) {
            return Map.of(name, value);
        }
        Map<String, String> longer = tags instanceof LinkedHashMap ? tags : new LinkedHashMap<>(tags);
        longer.put(name, value);
        return longer;
    }

    MessageParts parts() {
        return new MessageParts(
                from,
                to,
                cc,
                bcc,
                replyTo,
                content.chosen(),
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
}
