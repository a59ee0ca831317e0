package io.github.sesquill.message;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects one {@link TemplateMailing.Entry}; not thread-safe. Verbs check as those of {@link EmailMessage} do. */
public final class EntryBuilder {

    private List<EmailAddress> to;
    private List<EmailAddress> cc = List.of();
    private List<EmailAddress> bcc = List.of();
    private List<MessageHeader> headers = List.of();
    private Map<String, String> tags = Map.of();
    private @Nullable TemplateData data;
    private @Nullable ListUnsubscribe listUnsubscribe;

    EntryBuilder(EmailAddress... to) {
        this.to = List.of(to);
    }

    /** Adds Cc recipients, one address a string. */
    public EntryBuilder cc(String... addresses) {
        cc = MessageDraft.added(cc, EmailAddress.all(addresses));
        return this;
    }

    /** Adds Bcc recipients, one address a string; they are in the envelope only. */
    public EntryBuilder bcc(String... addresses) {
        bcc = MessageDraft.added(bcc, EmailAddress.all(addresses));
        return this;
    }

    /** Sets what fills the template. */
    public EntryBuilder data(TemplateData values) {
        data = values;
        return this;
    }

    /** Sets what fills the template, from a map, record or bean, as {@link TemplateData#of(Object)} does. */
    public EntryBuilder data(Object values) {
        return data(TemplateData.of(values));
    }

    /** Adds a header, in place of the mailing's headers of this name. */
    public EntryBuilder header(String name, String value) {
        headers = MessageDraft.added(headers, HeaderRules.header(name, value));
        return this;
    }

    /** Says how this recipient leaves the list, in place of what the mailing says. */
    public EntryBuilder listUnsubscribe(ListUnsubscribe ways) {
        listUnsubscribe = ways;
        return this;
    }

    /** Adds a message tag, in place of the mailing's of this name. */
    public EntryBuilder tag(String name, String value) {
        tags = MessageDraft.added(tags, MessageRules.tagName(name), MessageRules.tagValue(name, value));
        return this;
    }

    /** Makes the entry; it is judged with the mailing, right before it is sent. */
    public TemplateMailing.Entry build() {
        return TemplateMailing.Entry.of(new EntryParts(to, cc, bcc, data, headers, listUnsubscribe, tags));
    }
}
