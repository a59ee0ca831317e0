package io.github.sesquill.notifications;

import io.github.sesquill.notifications.SesNotification.TopicNotice;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The fields of the envelopes, and of the notices that SNS sends without a notification in them. */
final class EnvelopeFields extends FieldRows {

    private static Function<Envelope, Object> layer(Function<EnvelopeLayer, Object> accessor) {
        return e -> accessor.apply(e.layers().get(0));
    }

    private void members(String prefix, String... names) {
        for (String name : names) {
            text(prefix + name, layer(l -> l.member(name)));
        }
    }

    EnvelopeFields() {
        for (String type : List.of("SNS", "SubscriptionConfirmation", "UnsubscribeConfirmation")) {
            kind = type;
            text("MessageId", Envelope::messageId);
            time("Timestamp", Envelope::timestampText, Envelope::timestamp);
            members("", "SignatureVersion", "Signature", "SigningCertURL");
            // The spelling of Lambda.
            text("SigningCertUrl", layer(l -> l.member("SigningCertURL")));
            text("TopicArn", Envelope::topicArn);
            if (type.equals("SNS")) {
                text("Subject", Envelope::subject);
                members("", "UnsubscribeURL");
                text("UnsubscribeUrl", layer(l -> l.member("UnsubscribeURL")));
                only(
                        "MessageAttributes",
                        "{\"a\":{\"Type\":\"String\",\"Value\":\"1\"}}",
                        Map.of("a", "1"),
                        Map.of(),
                        layer(EnvelopeLayer::attributes));
            } else {
                members("", "Token", "SubscribeURL");
                text("Message", e -> ((TopicNotice) e.notifications().get(0)).message());
            }
        }
        kind = "AmazonSnsSubscriptionSucceeded";
        text("message", e -> ((TopicNotice) e.notifications().get(0)).message());
        kind = "EventBridge";
        text("id", Envelope::messageId);
        time("time", Envelope::timestampText, Envelope::timestamp);
        members("", "version", "source", "account", "region");
        kind = "Lambda SQS";
        text("[Records]/messageId", Envelope::messageId);
        members("[Records]/", "receiptHandle", "md5OfBody", "eventSourceARN", "awsRegion");
        only(
                "[Records]/attributes",
                "{\"ApproximateReceiveCount\":\"2\"}",
                Map.of("ApproximateReceiveCount", "2"),
                Map.of(),
                layer(EnvelopeLayer::attributes));
        only(
                "[Records]/messageAttributes",
                "{\"a\":{\"dataType\":\"String\",\"stringValue\":\"1\"}}",
                Map.of("a", "1"),
                Map.of(),
                layer(EnvelopeLayer::attributes));
        text("[Records]/attributes/SentTimestamp", Envelope::timestampText);
        kind = "Lambda SNS";
        members("[Records]/", "EventSource", "EventVersion", "EventSubscriptionArn");
        kind = "Lambda SES";
        members("[Records]/", "eventSource", "eventVersion");
    }
}
