package io.github.sesquill.message;

import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One template for many: what all its mails share, and the entries, each with recipients, data, tags and headers of its
 * own. SES takes up to 50 entries in one call ({@code SendBulkEmail}).
 *
 * <pre>{@code
 * TemplateMailing mailing = TemplateMailing.from("Acme <news@acme.example>")
 *         .template("october")
 *         .configurationSet("news")
 *         .entries(customers, customer -> TemplateMailing.Entry.to(customer.email())
 *                 .data(Map.of("name", customer.name()))
 *                 .tag("plan", customer.plan())
 *                 .build());
 * BulkSend bulk = mailer.sendAll(mailing, BulkOptions.defaults());
 * }</pre>
 *
 * <p>The objects are read once, one after the other, while they are sent. Immutable and thread-safe but for them.
 */
public final class TemplateMailing {

    private final MessageParts shared;
    private final Supplier<Iterator<Supplier<Entry>>> source;
    private final OptionalLong size;
    private final Runnable close;

    private TemplateMailing(
            MessageParts shared, Supplier<Iterator<Supplier<Entry>>> source, OptionalLong size, Runnable close) {
        this.shared = shared;
        this.source = source;
        this.size = size;
        this.close = close;
    }

    /**
     * Begins a mailing from one address, such as {@code "Acme <news@acme.example>"}.
     *
     * @throws IllegalArgumentException if it is not one acceptable address
     */
    public static Builder from(String address) {
        return from(EmailAddress.of(address));
    }

    /** Begins a mailing from one address. */
    public static Builder from(EmailAddress address) {
        return new Builder(new MessageDraft(address));
    }

    /** Returns the From address. */
    public EmailAddress from() {
        return shared.from();
    }

    /** Returns where answers go, if not to From. */
    public List<EmailAddress> replyTo() {
        return shared.replyTo();
    }

    /** Returns the template, with the data that hold where an entry says nothing else. */
    public MessageContent.Template template() {
        return (MessageContent.Template) shared.content();
    }

    /** Returns attachments and inline parts, which every mail has. */
    public List<Attachment> attachments() {
        return shared.attachments();
    }

    /** Returns the configuration set, if one was named. */
    public Optional<String> configurationSet() {
        return Optional.ofNullable(shared.configurationSet());
    }

    /** Returns where SES forwards bounces and complaints to by mail, if an address was named. */
    public Optional<EmailAddress> feedbackTo() {
        return Optional.ofNullable(shared.feedbackTo());
    }

    /** Returns the identity whose owner lets this account send from its address, if one was named. */
    public Optional<String> fromIdentityArn() {
        return Optional.ofNullable(shared.fromIdentityArn());
    }

    /** Returns the identity whose owner lets this account use the feedback address, if one was named. */
    public Optional<String> feedbackIdentityArn() {
        return Optional.ofNullable(shared.feedbackIdentityArn());
    }

    /** Returns the tenant the mailing is sent for, if one was named. */
    public Optional<String> tenant() {
        return Optional.ofNullable(shared.tenant());
    }

    /** Returns the multi-region endpoint the mailing goes through, if one was named. */
    public Optional<String> endpointId() {
        return Optional.ofNullable(shared.endpointId());
    }

    /** Returns how many entries there are, if that is known before they are read. */
    public OptionalLong size() {
        return size;
    }

    /**
     * Begins to read the entries. Each is made when it is asked for, so that an object that none can be made of throws
     * for itself alone.
     */
    public Iterator<Supplier<Entry>> entries() {
        return source.get();
    }

    /** Closes the stream that entries are made of, if it is one; for who has read them. */
    public void close() {
        close.run();
    }

    /**
     * Writes an entry as a message of its own, with the shared tags, headers and data where the entry does not say
     * other ones of the same name.
     *
     * @throws IllegalArgumentException if the two together are not well-formed
     */
    public EmailMessage message(Entry entry) {
        return EmailMessage.of(entry.over(shared));
    }

    /** Reads a message as an entry; nothing if it differs from this mailing in more than an entry may. */
    public Optional<Entry> entry(EmailMessage message) {
        if (!(message.content() instanceof MessageContent.Template)) {
            return Optional.empty();
        }
        Entry entry = Entry.of(message.parts());
        return entry.over(shared).equals(message.parts()) ? Optional.of(entry) : Optional.empty();
    }

    /** Names the template, without addresses or text. */
    @Override
    public String toString() {
        return "TemplateMailing[" + template().name().orElse("inline template") + ']';
    }

    /** One mail of a mailing. Immutable, thread-safe, compared by value. */
    public static final class Entry {

        private final EntryParts parts;

        private Entry(EntryParts parts) {
            this.parts = parts;
        }

        /**
         * Begins an entry with To recipients, one address a string.
         *
         * @throws IllegalArgumentException if one of them is not exactly one acceptable address
         */
        public static EntryBuilder to(String... addresses) {
            return to(EmailAddress.all(addresses));
        }

        /** Begins an entry with To recipients. */
        public static EntryBuilder to(EmailAddress... addresses) {
            return new EntryBuilder(addresses);
        }

        static Entry of(EntryParts parts) {
            return new Entry(parts);
        }

        private static Entry of(MessageParts message) {
            return new Entry(EntryParts.of(message));
        }

        private MessageParts over(MessageParts shared) {
            return parts.over(shared);
        }

        /** Returns everybody who gets this mail: To, Cc and Bcc, in this order. */
        public List<EmailAddress> recipients() {
            return Stream.of(parts.to(), parts.cc(), parts.bcc())
                    .flatMap(List::stream)
                    .toList();
        }

        /** Returns what fills the template for this mail, if it is not the shared data alone. */
        public Optional<TemplateData> data() {
            return Optional.ofNullable(parts.data());
        }

        /** Returns the message tags of this mail alone. */
        public Map<String, String> tags() {
            return parts.tags();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Entry that && parts.equals(that.parts);
        }

        @Override
        public int hashCode() {
            return parts.hashCode();
        }

        /** Says how many get it, without addresses or data. */
        @Override
        public String toString() {
            return "Entry[" + recipients().size() + " recipients]";
        }
    }

    /** Collects what all mails of a mailing share; not thread-safe. Verbs check as those of {@link EmailMessage} do. */
    public static final class Builder {

        private final MessageDraft draft;

        private Builder(MessageDraft draft) {
            this.draft = draft;
            draft.content.data = TemplateData.EMPTY;
        }

        /** Uses a template stored at SES, by its name. */
        public Builder template(String name) {
            draft.content.template = MessageRules.name("template name", name, 64);
            return this;
        }

        /**
         * Uses a template that comes with the mailing: subject and one or two bodies with placeholders.
         *
         * @param text the plain text body, or null
         * @param html the HTML body, or null
         */
        public Builder inlineTemplate(String subject, @Nullable String text, @Nullable String html) {
            draft.content.subject = HeaderText.checked("subject", subject);
            draft.content.text = text;
            draft.content.html = html;
            return this;
        }

        /** Sets data for every mail; members of the same name in an entry's data stand over them. */
        public Builder defaults(TemplateData data) {
            draft.content.data = data;
            return this;
        }

        /** Adds addresses that answers go to. */
        public Builder replyTo(String... addresses) {
            draft.replyTo = MessageDraft.added(draft.replyTo, EmailAddress.all(addresses));
            return this;
        }

        /** Attaches attachments and inline parts to every mail. */
        public Builder attach(Attachment... more) {
            draft.attachments = MessageDraft.added(draft.attachments, more);
            return this;
        }

        /** Adds a header to every mail whose entry has none of this name. */
        public Builder header(String name, String value) {
            draft.headers = MessageDraft.added(draft.headers, HeaderRules.header(name, value));
            return this;
        }

        /** Says how a recipient leaves the list, where the entry does not. */
        public Builder listUnsubscribe(ListUnsubscribe ways) {
            draft.listUnsubscribe = ways;
            return this;
        }

        /** Adds a message tag to every mail whose entry has none of this name. */
        public Builder tag(String name, String value) {
            draft.tags = MessageDraft.added(draft.tags, MessageRules.tagName(name), MessageRules.tagValue(name, value));
            return this;
        }

        /** Names the configuration set, without which SES publishes no events. */
        public Builder configurationSet(String name) {
            draft.configurationSet = MessageRules.name("configuration set", name, 64);
            return this;
        }

        /** Has SES forward bounces and complaints by mail to this address, which must be verified. */
        public Builder feedbackTo(String address) {
            draft.feedbackTo = EmailAddress.of(address);
            return this;
        }

        /** Uses an identity of another account to send from (SES Developer Guide, "Sending authorization"). */
        public Builder fromIdentityArn(String arn) {
            draft.fromIdentityArn = MessageRules.identityArn("from identity ARN", arn);
            return this;
        }

        /** Uses an identity of another account for the feedback address. */
        public Builder feedbackIdentityArn(String arn) {
            draft.feedbackIdentityArn = MessageRules.identityArn("feedback identity ARN", arn);
            return this;
        }

        /** Sends for a tenant (SES Developer Guide, "Tenants"). */
        public Builder tenant(String name) {
            draft.tenant = MessageRules.name("tenant", name, 64);
            return this;
        }

        /** Sends through a multi-region endpoint; only the API can, and only with {@code http-auth-aws-crt}. */
        public Builder endpointId(String id) {
            draft.endpointId = MessageRules.endpointId(id);
            return this;
        }

        /**
         * Makes a mailing with an entry for each object, made when its turn comes. One that throws spoils its own mail
         * only.
         *
         * @throws IllegalArgumentException if there is no template, or two, or what is shared is not well-formed
         */
        public <T> TemplateMailing entries(Iterable<? extends T> objects, Function<? super T, Entry> entry) {
            OptionalLong size =
                    objects instanceof Collection<?> known ? OptionalLong.of(known.size()) : OptionalLong.empty();
            return new TemplateMailing(shared(), () -> new Entries<>(objects.iterator(), entry), size, () -> {});
        }

        /** Makes a mailing with an entry for each object of a stream, as the other method does; it can be sent once. */
        public <T> TemplateMailing entries(Stream<? extends T> objects, Function<? super T, Entry> entry) {
            return new TemplateMailing(
                    shared(), () -> new Entries<>(objects.iterator(), entry), OptionalLong.empty(), objects::close);
        }

        /** Makes a mailing of entries that are there already. */
        public TemplateMailing entries(Iterable<Entry> entries) {
            return entries(entries, Function.<Entry>identity());
        }

        private MessageParts shared() {
            if (draft.content.template == null && draft.content.subject == null) {
                throw new IllegalArgumentException(
                        "The mailing has no template; give it template(name) or inlineTemplate(…).");
            }
            MessageParts shared = draft.parts();
            MessageRules.checkShared(shared);
            return shared;
        }
    }

    /** Makes entries of objects as they are asked for. */
    private record Entries<T>(Iterator<? extends T> objects, Function<? super T, Entry> entry)
            implements Iterator<Supplier<Entry>> {

        @Override
        public boolean hasNext() {
            return objects.hasNext();
        }

        @Override
        public Supplier<Entry> next() {
            T object = objects.next();
            return () -> entry.apply(object);
        }
    }
}
