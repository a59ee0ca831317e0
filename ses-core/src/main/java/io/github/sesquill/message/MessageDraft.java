package io.github.sesquill.message;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a builder has heard so far. */
final class MessageDraft {

    final EmailAddress from;
    final List<EmailAddress> to = new ArrayList<>();
    final List<EmailAddress> cc = new ArrayList<>();
    final List<EmailAddress> bcc = new ArrayList<>();
    final List<EmailAddress> replyTo = new ArrayList<>();
    final List<Attachment> attachments = new ArrayList<>();
    final List<MessageHeader> headers = new ArrayList<>();
    final Map<String, String> tags = new LinkedHashMap<>();
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
        draft.to.addAll(parts.to());
        draft.cc.addAll(parts.cc());
        draft.bcc.addAll(parts.bcc());
        draft.replyTo.addAll(parts.replyTo());
        draft.attachments.addAll(parts.attachments());
        draft.headers.addAll(parts.headers());
        draft.tags.putAll(parts.tags());
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
