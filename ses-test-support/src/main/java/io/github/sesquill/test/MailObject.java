package io.github.sesquill.test;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sesquill.message.EmailAddress;
import io.github.sesquill.message.EmailMessage;
import io.github.sesquill.message.MessageContent;
import io.github.sesquill.message.MessageHeader;
import io.github.sesquill.transport.EmailTransport.Attempt;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The {@code mail} object, in its two formats (SES Developer Guide, "Contents of event data that Amazon SES publishes to
 * Amazon SNS" and "Amazon SNS notification contents for Amazon SES").
 */
final class MailObject {

    private static final DateTimeFormatter MILLIS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final int MOST_HEADER_BYTES = 10 * 1024;
    private static final Pattern TAG = Pattern.compile("\\s*([A-Za-z0-9_-]+)=([A-Za-z0-9_-]+)\\s*");
    private static final Pattern COMMA_OUTSIDE_QUOTES = Pattern.compile(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)\\s*");

    private final SesAccount account;
    private final SentMessage sent;
    private final Optional<String> identity;
    private final List<MessageHeader> headers;
    private final Optional<String> configurationSet;

    MailObject(SesAccount account, SentMessage sent, Optional<String> identity) {
        this.account = account;
        this.sent = sent;
        this.identity = identity;
        this.headers = OriginalHeaders.of(message());
        this.configurationSet =
                message().configurationSet().or(() -> OriginalHeaders.first(headers, "X-SES-CONFIGURATION-SET"));
    }

    /** Writes a time as SES does nearly everywhere. */
    static String time(Instant instant) {
        return MILLIS.format(instant);
    }

    private EmailMessage message() {
        return sent.message();
    }

    /** Tells whether events are published rather than the notifications of the identity. */
    boolean hasConfigurationSet() {
        return configurationSet.isPresent();
    }

    /** Writes it as identity notifications have it: without headers, for those must be asked for, and without tags. */
    ObjectNode forIdentity() {
        ObjectNode mail = object();
        mail.put("timestamp", time(sent.at()));
        mail.put("source", message().from().headerValue());
        putSourceArn(mail);
        mail.put("sourceIp", SesAccount.SENDER_IP);
        mail.put("sendingAccountId", SesAccount.ID);
        mail.put("messageId", sent.messageId());
        mail.set("destination", addresses(message().recipients()));
        return mail;
    }

    /** Writes it as the event of acceptance has it: a template is not rendered by then, so little is known. */
    ObjectNode forSendEvent() {
        return message().content() instanceof MessageContent.Template ? unrendered() : forEvent();
    }

    private ObjectNode unrendered() {
        ObjectNode mail = forEvent();
        mail.remove("sourceArn");
        mail.put("headersTruncated", false);
        mail.set("headers", JsonNodeFactory.instance.arrayNode());
        mail.set("commonHeaders", object().put("messageId", sent.messageId()));
        return mail;
    }

    /** Writes it as events have it. */
    ObjectNode forEvent() {
        ObjectNode mail = object();
        mail.put("timestamp", time(sent.at()));
        mail.put("source", message().from().headerValue());
        putSourceArn(mail);
        mail.put("sendingAccountId", SesAccount.ID);
        mail.put("messageId", sent.messageId());
        mail.set("destination", addresses(message().recipients()));
        putHeaders(mail);
        mail.set("commonHeaders", commonHeaders());
        ObjectNode tags = mail.putObject("tags");
        tags().forEach((name, value) -> tags.putArray(name).add(value));
        return mail;
    }

    private void putSourceArn(ObjectNode mail) {
        message()
                .fromIdentityArn()
                .or(() -> identity.map(account::identityArn))
                .ifPresent(arn -> mail.put("sourceArn", arn));
    }

    private void putHeaders(ObjectNode mail) {
        ArrayNode fields = JsonNodeFactory.instance.arrayNode();
        int bytes = 0;
        for (MessageHeader header : headers) {
            bytes += header.name().length() + header.value().length();
            if (bytes < MOST_HEADER_BYTES) {
                fields.addObject().put("name", header.name()).put("value", header.value());
            }
        }
        mail.put("headersTruncated", bytes >= MOST_HEADER_BYTES);
        mail.set("headers", fields);
    }

    /** Unlike in the documentation, {@code messageId} is the one of SES here, whatever the original was. */
    private ObjectNode commonHeaders() {
        ObjectNode common = object();
        putList(common, "from", "From");
        putText(common, "date", "Date");
        putList(common, "replyTo", "Reply-To");
        putList(common, "to", "To");
        putList(common, "cc", "Cc");
        common.put("messageId", sent.messageId());
        putText(common, "subject", "Subject");
        return common;
    }

    private void putText(ObjectNode common, String member, String header) {
        OriginalHeaders.first(headers, header).ifPresent(value -> common.put(member, value));
    }

    private void putList(ObjectNode common, String member, String header) {
        OriginalHeaders.first(headers, header).ifPresent(value -> {
            ArrayNode list = common.putArray(member);
            Arrays.stream(COMMA_OUTSIDE_QUOTES.split(value)).forEach(list::add);
        });
    }

    /** What SES adds, the tags of the message, and the attempt as transports tag it. */
    private Map<String, String> tags() {
        Map<String, String> tags = new LinkedHashMap<>();
        tags.put("ses:operation", operation());
        configurationSet.ifPresent(set -> tags.put("ses:configuration-set", set));
        tags.put("ses:source-tls-version", "TLSv1.3");
        tags.put("ses:source-ip", SesAccount.SENDER_IP);
        tags.put("ses:from-domain", message().from().domain());
        tags.put("ses:caller-identity", SesAccount.CALLER);
        tags.putAll(tagsInHeader());
        tags.putAll(message().tags());
        if (!sent.attemptId().isEmpty()) {
            tags.put(Attempt.TAG, sent.attemptId());
        }
        return tags;
    }

    private String operation() {
        if (message().content() instanceof MessageContent.Raw) {
            return "SendRawEmail";
        }
        return message().content() instanceof MessageContent.Template ? "SendTemplatedEmail" : "SendEmail";
    }

    private Map<String, String> tagsInHeader() {
        Map<String, String> tags = new LinkedHashMap<>();
        String value = OriginalHeaders.first(headers, "X-SES-MESSAGE-TAGS").orElse("");
        for (String tag : value.split(",", -1)) {
            var pair = TAG.matcher(tag);
            if (pair.matches()) {
                tags.put(pair.group(1), pair.group(2));
            }
        }
        return tags;
    }

    static ArrayNode addresses(List<EmailAddress> recipients) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        recipients.forEach(recipient -> array.add(recipient.address()));
        return array;
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
