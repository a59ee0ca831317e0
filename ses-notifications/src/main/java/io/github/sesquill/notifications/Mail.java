package io.github.sesquill.notifications;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Describes the message a notification is about. Immutable; equal by what SES sent.
 *
 * <p>SES leaves out what it does not know or was not asked to include, so all may be absent. What one of the two
 * formats keeps in a tag and the other in a member of its own has one accessor here.
 */
public final class Mail {

    /** No message: the notification names none. */
    static final Mail NONE = new Mail(Fields.NONE);

    private final Fields fields;

    Mail(Fields fields) {
        this.fields = fields;
    }

    /**
     * A header of the message.
     *
     * @param name the name as the message has it; compare without regard to case
     * @param value the value as SES gives it, possibly encoded words
     */
    public record Header(String name, String value) {

        /** Reads {@code {name, value}}; a header without a name is none. */
        static @Nullable Header read(Tree tree, int at) {
            Fields header = Fields.of(tree, at);
            String name = header.text("name");
            String value = header.text("value");
            return name == null ? null : new Header(name, value == null ? "" : value);
        }

        /** Returns a text without the value, which does not belong in a log. */
        @Override
        public String toString() {
            return "Header[name=" + Printable.of(name) + "]";
        }
    }

    /** Tells that the notification names no message at all. */
    public boolean isAbsent() {
        return equals(NONE);
    }

    /** Returns the id SES gave the message when it accepted it; events of one message share it. */
    public Optional<String> messageId() {
        return fields.optional("messageId");
    }

    /** Returns when SES accepted the message; empty if the text cannot be read as a time. */
    public Optional<Instant> timestamp() {
        return fields.time("timestamp");
    }

    /** Returns when SES accepted the message, as sent. Older identity notifications cut off the milliseconds. */
    public Optional<String> timestampText() {
        return fields.timeText("timestamp");
    }

    /** Returns the sender as sent, often with a display name. */
    public Optional<String> source() {
        return fields.optional("source");
    }

    /** Returns the bare address of the sender. */
    public Optional<String> sourceAddress() {
        return source().map(AddressText::bare);
    }

    /** Returns the ARN of the identity that sent; absent from opens and clicks. */
    public Optional<String> sourceArn() {
        return fields.optional("sourceArn");
    }

    /** Returns the region in {@link #sourceArn()}, {@code eu-west-1}. */
    public Optional<String> region() {
        return sourceArn().flatMap(Mail::regionOf);
    }

    /** Takes {@code arn:partition:ses:region:account:resource} apart. */
    private static Optional<String> regionOf(String arn) {
        int service = arn.startsWith("arn:") ? arn.indexOf(':', 4) : -1;
        int region = service < 0 ? -1 : arn.indexOf(':', service + 1);
        int account = region < 0 ? -1 : arn.indexOf(':', region + 1);
        boolean whole = account >= 0 && arn.indexOf(':', account + 1) >= 0;
        return whole && account > region + 1 ? Optional.of(arn.substring(region + 1, account)) : Optional.empty();
    }

    /** Returns the twelve digits of the sending account, leading zeros and all. */
    public Optional<String> sendingAccountId() {
        return fields.optional("sendingAccountId");
    }

    /** Returns the address that called SES: the member, or the tag {@code ses:source-ip}. */
    public Optional<String> sourceIp() {
        return fields.optional("sourceIp").or(() -> tag("ses:source-ip"));
    }

    /** Returns the IAM identity that called SES: the member, or the tag {@code ses:caller-identity}. */
    public Optional<String> callerIdentity() {
        return fields.optional("callerIdentity").or(() -> tag("ses:caller-identity"));
    }

    /** Returns everybody the message was for, not only those the notification is about. */
    public List<Recipient> destination() {
        return fields.list("destination", Recipient::read);
    }

    /** Returns the headers in their order, names repeated as in the message; empty if SES did not include them. */
    public List<Header> headers() {
        return fields.list("headers", Header::read);
    }

    /** Returns the value of the first header of this name, in any case. */
    public Optional<String> header(String name) {
        return headers().stream()
                .filter(h -> h.name().equalsIgnoreCase(name))
                .map(Header::value)
                .findFirst();
    }

    /** Tells that {@link #headers()} is not all: SES cuts headers of 10 KB and more. */
    public boolean headersTruncated() {
        return fields.truth("headersTruncated");
    }

    /** Returns the headers SES picks out; all absent if SES did not include them. */
    public CommonHeaders commonHeaders() {
        return new CommonHeaders(fields.object("commonHeaders"));
    }

    /**
     * Returns the message tags by name: yours, and those SES adds, which begin with {@code ses:}. Always empty in
     * {@link NotificationFormat#IDENTITY}.
     */
    public Map<String, List<String>> tags() {
        return fields.lists("tags");
    }

    /** Returns the first value of a tag. */
    public Optional<String> tag(String name) {
        return fields.object("tags").firstText(name);
    }

    /** Returns the tags of the sender: those whose names do not begin with {@code ses:}. */
    public Map<String, List<String>> ownTags() {
        Map<String, List<String>> own = new LinkedHashMap<>(tags());
        own.keySet().removeIf(name -> name.startsWith("ses:"));
        return Collections.unmodifiableMap(own);
    }

    /** Returns the configuration set: the tag {@code ses:configuration-set}. */
    public Optional<String> configurationSet() {
        return tag("ses:configuration-set");
    }

    /** Returns the domain of the sender: the tag {@code ses:from-domain}. */
    public Optional<String> fromDomain() {
        return tag("ses:from-domain");
    }

    /** Returns the address SES delivered from: the tag {@code ses:outgoing-ip}, on deliveries. */
    public Optional<String> outgoingIp() {
        return tag("ses:outgoing-ip");
    }

    /** Returns the API operation that sent, {@code SendEmail}: the undocumented tag {@code ses:operation}. */
    public Optional<String> operation() {
        return tag("ses:operation");
    }

    /** Returns the TLS version of the caller: the tag {@code ses:source-tls-version}, {@code TLSv1.3}. */
    public Optional<String> sourceTlsVersion() {
        return tag("ses:source-tls-version");
    }

    /** Returns the TLS version of the delivery: the tag {@code ses:outgoing-tls-version}, on deliveries. */
    public Optional<String> outgoingTlsVersion() {
        return tag("ses:outgoing-tls-version");
    }

    /** Returns the mailbox provider of the recipient: the tag {@code ses:recipient-isp} of Virtual Deliverability Manager. */
    public Optional<String> recipientIsp() {
        return tag("ses:recipient-isp");
    }

    /** Returns the {@code Message-ID} header the recipient sees, if {@link #region()} is known. */
    public Optional<String> wireMessageId() {
        return region().flatMap(this::wireMessageId);
    }

    /**
     * Returns the {@code Message-ID} header the recipient sees, in its angle brackets: SES writes its own over yours,
     * {@code @email.amazonses.com} in us-east-1 and {@code @REGION.amazonses.com} elsewhere.
     *
     * @param region where the message was sent, {@code eu-west-1}
     * @return the header, or empty without a message id
     */
    public Optional<String> wireMessageId(String region) {
        String host = region.equals("us-east-1") ? "email" : region;
        return messageId().map(id -> "<" + id + "@" + host + ".amazonses.com>");
    }

    Fields fields() {
        return fields;
    }

    private List<Object> value() {
        return List.of(
                messageId(),
                timestampText(),
                source(),
                sourceArn(),
                sendingAccountId(),
                fields.optional("sourceIp"),
                fields.optional("callerIdentity"),
                destination(),
                headersTruncated(),
                headers(),
                commonHeaders(),
                tags());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Mail that && value().equals(that.value());
    }

    @Override
    public int hashCode() {
        return value().hashCode();
    }

    /** Returns a text without addresses and headers, which do not belong in a log. */
    @Override
    public String toString() {
        return "Mail[messageId=" + Printable.of(fields.text("messageId")) + "]";
    }
}
