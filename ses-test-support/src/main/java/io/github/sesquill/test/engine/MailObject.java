package io.github.sesquill.test.engine;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sesquill.message.EmailAddress;
import io.github.sesquill.message.MessageHeader;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The {@code mail} object, in its two formats (SES Developer Guide, "Contents of event data that Amazon SES publishes to
 * Amazon SNS" and "Amazon SNS notification contents for Amazon SES").
 */
final class MailObject {

    private static final DateTimeFormatter MILLIS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final int MOST_HEADER_BYTES = 10 * 1024;
    private static final Pattern COMMA_OUTSIDE_QUOTES = Pattern.compile(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)\\s*");

    private final Accepted sent;
    private final Submission submission;
    private final List<MessageHeader> headers;

    MailObject(Accepted sent) {
        this.sent = sent;
        this.submission = sent.submission();
        this.headers = submission.headers();
    }

    /** Writes a time as SES does nearly everywhere. */
    static String time(Instant instant) {
        return MILLIS.format(instant);
    }

    /** Writes it as identity notifications have it: without headers, for those must be asked for, and without tags. */
    ObjectNode forIdentity() {
        ObjectNode mail = object();
        mail.put("timestamp", time(sent.at()));
        mail.put("source", submission.from().headerValue());
        putSourceArn(mail);
        mail.put("sourceIp", submission.sourceIp());
        mail.put("sendingAccountId", SesAccount.ID);
        mail.put("messageId", sent.messageId());
        mail.set("destination", addresses(submission.recipients()));
        return mail;
    }

    /** Writes it as events of a template have it that is not rendered: little is known. */
    ObjectNode unrendered() {
        ObjectNode mail = forEvent();
        mail.remove("sourceArn");
        mail.put("headersTruncated", false);
        mail.set("headers", JsonNodeFactory.instance.arrayNode());
        mail.set("commonHeaders", object().put("messageId", sent.messageId()));
        return mail;
    }

    /** Writes it as events of readers have it, which do not name the identity. */
    ObjectNode withoutIdentity() {
        ObjectNode mail = forEvent();
        mail.remove("sourceArn");
        return mail;
    }

    /** Writes it as the event of a delivery has it, which names the host that the message left from. */
    ObjectNode forDelivery() {
        ObjectNode mail = forEvent();
        ObjectNode tags = mail.withObject("/tags");
        tags.putArray("ses:outgoing-ip").add(SesAccount.OUTGOING_IP);
        tags.putArray("ses:outgoing-tls-version").add("TLSv1.3");
        return mail;
    }

    /** Writes it as events have it. */
    ObjectNode forEvent() {
        ObjectNode mail = object();
        mail.put("timestamp", time(sent.at()));
        mail.put("source", submission.from().headerValue());
        putSourceArn(mail);
        mail.put("sendingAccountId", SesAccount.ID);
        mail.put("messageId", sent.messageId());
        mail.set("destination", addresses(submission.recipients()));
        putHeaders(mail);
        mail.set("commonHeaders", commonHeaders());
        ObjectNode tags = mail.putObject("tags");
        tags().forEach((name, value) -> tags.putArray(name).add(value));
        return mail;
    }

    private void putSourceArn(ObjectNode mail) {
        sent.course().sourceArn().ifPresent(arn -> mail.put("sourceArn", arn));
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
        HeaderSection.first(headers, header).ifPresent(value -> common.put(member, value));
    }

    private void putList(ObjectNode common, String member, String header) {
        HeaderSection.first(headers, header).ifPresent(value -> {
            ArrayNode list = common.putArray(member);
            Arrays.stream(COMMA_OUTSIDE_QUOTES.split(value)).forEach(list::add);
        });
    }

    /** What SES adds, and the tags of the message: those of the API, or else those of its headers. */
    private Map<String, String> tags() {
        Map<String, String> tags = new LinkedHashMap<>();
        tags.put("ses:operation", submission.operation().text());
        sent.configurationSet().ifPresent(set -> tags.put("ses:configuration-set", set));
        tags.put("ses:source-tls-version", "TLSv1.3");
        tags.put("ses:source-ip", submission.sourceIp());
        tags.put("ses:from-domain", submission.from().domain());
        tags.put("ses:caller-identity", SesAccount.CALLER);
        tags.putAll(submission.tags().isEmpty() ? SesHeaders.tags(headers) : submission.tags());
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
