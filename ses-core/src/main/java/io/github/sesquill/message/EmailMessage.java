package io.github.sesquill.message;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A message: an envelope, content, and what SES shall do with it.
 *
 * <pre>{@code
 * EmailMessage message = EmailMessage.from("Acme <receipts@acme.example>")
 *         .to("Jane Doe <jane@example.com>")
 *         .subject("Your receipt")
 *         .text("Thank you.")
 *         .html("<p>Thank you. <img src=\"cid:logo\"></p>")
 *         .inline("logo", Path.of("logo.png"))
 *         .attach(Path.of("receipt.pdf"))
 *         .tag("kind", "receipt")
 *         .configurationSet("transactional")
 *         .build();
 * }</pre>
 *
 * <p>A message in hand is well-formed: {@link Builder#build()} refuses what SES would refuse. What only one of its
 * interfaces cannot carry, such as a sixteenth header over the API, the transport refuses before it does any I/O.
 * Immutable and thread-safe as far as its attachment sources are; compared by value.
 */
public final class EmailMessage {

    private final MessageParts parts;

    private EmailMessage(MessageParts parts) {
        this.parts = parts;
    }

    /**
     * Begins a message from one address, such as {@code "Acme <receipts@acme.example>"}.
     *
     * @throws IllegalArgumentException if it is not one acceptable address
     */
    public static Builder from(String address) {
        return from(EmailAddress.of(address));
    }

    /** Begins a message from one address. */
    public static Builder from(EmailAddress address) {
        return new Builder(new MessageDraft(address));
    }

    /** Begins another message that differs from this one in what is then said. Recipients and the like are added to. */
    public Builder toBuilder() {
        return new Builder(MessageDraft.of(parts));
    }

    /** Returns a copy without the recipients that match, or nothing if none would be left. */
    public Optional<EmailMessage> withoutRecipients(Predicate<EmailAddress> left) {
        MessageParts kept = parts.withRecipients(
                parts.to().stream().filter(left.negate()).toList(),
                parts.cc().stream().filter(left.negate()).toList(),
                parts.bcc().stream().filter(left.negate()).toList());
        return kept.recipients().isEmpty() ? Optional.empty() : Optional.of(new EmailMessage(kept));
    }

    static EmailMessage of(MessageParts parts) {
        return new EmailMessage(MessageRules.checked(parts));
    }

    MessageParts parts() {
        return parts;
    }

    /** Returns the From address. */
    public EmailAddress from() {
        return parts.from();
    }

    /** Returns the To recipients; perhaps none, if there are others. */
    public List<EmailAddress> to() {
        return parts.to();
    }

    /** Returns the Cc recipients. */
    public List<EmailAddress> cc() {
        return parts.cc();
    }

    /** Returns the Bcc recipients, whom no header names. */
    public List<EmailAddress> bcc() {
        return parts.bcc();
    }

    /** Returns everybody who gets the message: To, Cc and Bcc, in this order; 1 to 50. */
    public List<EmailAddress> recipients() {
        return parts.recipients();
    }

    /** Returns where answers go, if not to From. */
    public List<EmailAddress> replyTo() {
        return parts.replyTo();
    }

    /** Returns what the recipient reads. */
    public MessageContent content() {
        return parts.content();
    }

    /** Returns attachments and inline parts, in the order they were given. */
    public List<Attachment> attachments() {
        return parts.attachments();
    }

    /** Returns the headers that were added, those of {@link ListUnsubscribe} last, as they go on the wire. */
    public List<MessageHeader> headerFields() {
        return parts.headerFields();
    }

    /** Returns the message tags by name, which come back in events. */
    public Map<String, String> tags() {
        return parts.tags();
    }

    /** Returns the configuration set, if one was named. */
    public Optional<String> configurationSet() {
        return Optional.ofNullable(parts.configurationSet());
    }

    /** Returns where SES forwards bounces and complaints to by mail, if an address was named. */
    public Optional<EmailAddress> feedbackTo() {
        return Optional.ofNullable(parts.feedbackTo());
    }

    /** Returns the identity whose owner lets this account send from its address, if one was named. */
    public Optional<String> fromIdentityArn() {
        return Optional.ofNullable(parts.fromIdentityArn());
    }

    /** Returns the identity whose owner lets this account use the feedback address, if one was named. */
    public Optional<String> feedbackIdentityArn() {
        return Optional.ofNullable(parts.feedbackIdentityArn());
    }

    /** Returns the contact list by which SES manages subscriptions, if one was named. */
    public Optional<ListManagement> listManagement() {
        return Optional.ofNullable(parts.listManagement());
    }

    /** Returns the tenant the message is sent for, if one was named. */
    public Optional<String> tenant() {
        return Optional.ofNullable(parts.tenant());
    }

    /** Returns the multi-region endpoint the message goes through, if one was named. */
    public Optional<String> endpointId() {
        return Optional.ofNullable(parts.endpointId());
    }

    /**
     * Returns a lower bound, in bytes, of what the message takes once attachments are in base64. Sources whose size is
     * not known count as empty.
     */
    public long encodedSize() {
        return MessageSize.of(parts);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EmailMessage that && parts.equals(that.parts);
    }

    @Override
    public int hashCode() {
        return parts.hashCode();
    }

    /** Says what kind of message it is, without addresses or text. */
    @Override
    public String toString() {
        return "EmailMessage[" + parts.content() + ", " + parts.recipients().size() + " recipients, "
                + parts.attachments().size() + " attachments]";
    }

    /**
     * Collects a message; not thread-safe. Verbs that take several things add to what is there, the others replace it.
     * Each refuses what can be judged alone; {@link #build()} judges the whole.
     */
    public static final class Builder {

        private final MessageDraft draft;

        private Builder(MessageDraft draft) {
            this.draft = draft;
        }

        /**
         * Adds To recipients, one address a string.
         *
         * @throws IllegalArgumentException if one of them is not exactly one acceptable address
         */
        public Builder to(String... addresses) {
            return to(EmailAddress.all(addresses));
        }

        /** Adds To recipients. */
        public Builder to(EmailAddress... addresses) {
            draft.to = MessageDraft.added(draft.to, addresses);
            return this;
        }

        /** Adds Cc recipients, as {@link #to(String...)} does. */
        public Builder cc(String... addresses) {
            return cc(EmailAddress.all(addresses));
        }

        /** Adds Cc recipients. */
        public Builder cc(EmailAddress... addresses) {
            draft.cc = MessageDraft.added(draft.cc, addresses);
            return this;
        }

        /** Adds Bcc recipients, as {@link #to(String...)} does; they are in the envelope only. */
        public Builder bcc(String... addresses) {
            return bcc(EmailAddress.all(addresses));
        }

        /** Adds Bcc recipients; they are in the envelope only. */
        public Builder bcc(EmailAddress... addresses) {
            draft.bcc = MessageDraft.added(draft.bcc, addresses);
            return this;
        }

        /** Adds addresses that answers go to, as {@link #to(String...)} does. */
        public Builder replyTo(String... addresses) {
            return replyTo(EmailAddress.all(addresses));
        }

        /** Adds addresses that answers go to. */
        public Builder replyTo(EmailAddress... addresses) {
            draft.replyTo = MessageDraft.added(draft.replyTo, addresses);
            return this;
        }

        /**
         * Sets the subject, in any script.
         *
         * @throws IllegalArgumentException if it holds line breaks or other control characters
         */
        public Builder subject(String subject) {
            draft.content.subject = HeaderText.checked("subject", subject);
            return this;
        }

        /** Sets the plain text body. */
        public Builder text(String text) {
            draft.content.text = text;
            return this;
        }

        /** Sets the HTML body; {@code cid:} in it shows inline parts. */
        public Builder html(String html) {
            draft.content.html = html;
            return this;
        }

        /** Sends a template stored at SES, by its name, instead of subject, text and HTML. */
        public Builder template(String name, TemplateData data) {
            draft.content.template = MessageRules.name("template name", name, 64);
            draft.content.data = data;
            return this;
        }

        /** Takes subject, text and HTML of this message as a template and has SES fill it. */
        public Builder templateData(TemplateData data) {
            draft.content.template = null;
            draft.content.data = data;
            return this;
        }

        /**
         * Sends MIME as it is; the envelope comes from this builder alone.
         *
         * @param mime the message, copied; its header section may hold no Bcc and no bare CR or LF
         * @throws IllegalArgumentException if the header section does
         */
        public Builder raw(byte[] mime) {
            draft.content.raw = new RawContent(mime);
            return this;
        }

        /**
         * Attaches a file, read when the message is sent.
         *
         * @throws IllegalArgumentException as {@link Attachment#of(Path)} does
         */
        public Builder attach(Path file) {
            return attach(Attachment.of(file));
        }

        /** Attaches attachments and inline parts. */
        public Builder attach(Attachment... more) {
            draft.attachments = MessageDraft.added(draft.attachments, more);
            return this;
        }

        /** Adds an image or other file that the HTML shows as {@code cid:} and the id, with the checks of both. */
        public Builder inline(String contentId, Path file) {
            return attach(Attachment.of(file).inline(contentId));
        }

        /**
         * Adds a header; text outside ASCII is written in encoded words.
         *
         * @throws IllegalArgumentException if the name is malformed or reserved, or the value holds control characters
         */
        public Builder header(String name, String value) {
            draft.headers = MessageDraft.added(draft.headers, HeaderRules.header(name, value));
            return this;
        }

        /** Says how a recipient leaves the list. */
        public Builder listUnsubscribe(ListUnsubscribe ways) {
            draft.listUnsubscribe = ways;
            return this;
        }

        /**
         * Adds a message tag, which comes back in events and is a dimension of metrics.
         *
         * @throws IllegalArgumentException unless name and value are 1 to 256 ASCII letters, digits, {@code _} and
         *     {@code -}
         */
        public Builder tag(String name, String value) {
            draft.tags = MessageDraft.added(draft.tags, MessageRules.tagName(name), MessageRules.tagValue(name, value));
            return this;
        }

        /**
         * Names the configuration set, without which SES publishes no events.
         *
         * @throws IllegalArgumentException unless it is 1 to 64 ASCII letters, digits, {@code _} and {@code -}
         */
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

        /** Lets SES manage subscriptions by a contact list. */
        public Builder listManagement(ListManagement list) {
            draft.listManagement = list;
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
         * Makes the message.
         *
         * @throws IllegalArgumentException if it has no recipient or body, more than 50 recipients, one of them twice,
         *     shows a {@code cid:} that no part has, or mixes raw MIME with parts of its own
         */
        public EmailMessage build() {
            return of(draft.parts());
        }
    }
}
