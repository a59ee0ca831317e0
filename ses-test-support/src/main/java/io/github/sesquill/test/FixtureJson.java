package io.github.sesquill.test;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** What fixtures begin with. */
final class FixtureJson {

    static final String MESSAGE_ID = "0102019b7987c400-6b1f0d52-3a8e-4c57-9d0c-1f2e3a4b5c6d-000000";
    static final String FEEDBACK_ID = "0102019b7987c9dc-0f6a2f0b-5d0e-4b64-8a53-7c1f9be0d2aa-000000";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private FixtureJson() {}

    static ObjectNode read(String json) {
        try {
            return (ObjectNode) JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("A fixture cannot be made of this: it is no JSON.", e);
        }
    }

    static JsonNode value(@Nullable Object value) {
        return JSON.valueToTree(value);
    }

    static void put(ObjectNode into, String members) {
        into.setAll(read(members));
    }

    static NotificationFixture event(String type, String member, String... recipients) {
        if (recipients.length == 0) {
            throw new IllegalArgumentException("A notification is about somebody; name a recipient.");
        }
        ObjectNode mail = read("""
                {"timestamp":"2026-01-01T12:00:00.000Z","source":"Acme <hello@acme.example>",
                 "sourceArn":"arn:aws:ses:eu-west-1:123456789012:identity/acme.example",
                 "sendingAccountId":"123456789012","messageId":"%s","destination":[],"headersTruncated":false,
                 "headers":[{"name":"From","value":"Acme <hello@acme.example>"},{"name":"To","value":"%s"},
                 {"name":"Subject","value":"Welcome"},{"name":"MIME-Version","value":"1.0"},
                 {"name":"Content-Type","value":"text/plain; charset=UTF-8"}],
                 "commonHeaders":{"from":["Acme <hello@acme.example>"],"to":[],"messageId":"%s","subject":"Welcome"},
                 "tags":{"ses:operation":["SendEmail"],"ses:configuration-set":["transactional"],
                 "ses:source-tls-version":["TLSv1.3"],"ses:source-ip":["192.0.2.17"],
                 "ses:from-domain":["acme.example"],"ses:caller-identity":["application"]}}""".formatted(MESSAGE_ID, String.join(", ", recipients), MESSAGE_ID));
        for (String recipient : recipients) {
            mail.withArray("destination").add(recipient);
            mail.withObject("/commonHeaders").withArray("to").add(recipient);
        }
        ObjectNode root = JSON.createObjectNode().put("eventType", type);
        root.set("mail", mail);
        root.set(member, JSON.createObjectNode());
        return new NotificationFixture(root, member);
    }

    static NotificationFixture received(String sender, String recipient) {
        ObjectNode root =
                read("""
                {"notificationType":"Received",
                 "mail":{"timestamp":"2026-01-01T12:00:00.000Z","source":"%s",
                 "messageId":"vg7gbujm982l5htab7k2ao6ph9lg701kf3d4ito1","destination":["%s"],"headersTruncated":false,
                 "headers":[{"name":"From","value":"%s"},{"name":"To","value":"%s"},{"name":"Subject","value":"Hello"}],
                 "commonHeaders":{"returnPath":"%s","from":["%s"],"to":["%s"],"subject":"Hello"}},
                 "receipt":{"timestamp":"2026-01-01T12:00:00.000Z","processingTimeMillis":420,"recipients":["%s"],
                 "spamVerdict":{"status":"PASS"},"virusVerdict":{"status":"PASS"},"spfVerdict":{"status":"PASS"},
                 "dkimVerdict":{"status":"PASS"},"dmarcVerdict":{"status":"PASS"},
                 "action":{"type":"SNS","topicArn":"arn:aws:sns:eu-west-1:123456789012:ses-received","encoding":"UTF8"}}}""".formatted(sender, recipient, sender, recipient, sender, sender, recipient, recipient));
        root.put(
                "content",
                "From: " + sender + "\r\nTo: " + recipient + "\r\nSubject: Hello\r\nMIME-Version: 1.0\r\n"
                        + "Content-Type: text/plain; charset=utf-8\r\n\r\nHello\r\n");
        return new NotificationFixture(root, "receipt");
    }
}
