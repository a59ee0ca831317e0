package io.github.sesquill.notifications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A notification is the same in whatever it travels. */
class EnvelopeTest {

    private final NotificationParser parser = NotificationParser.create();

    static Stream<Arguments> envelopes() {
        return Fixture.PAYLOADS.stream().flatMap(name -> {
            String payload = Fixture.text(name);
            String quoted = Fixture.quote(payload);
            String event = Fixture.eventBridge("Email Bounced", payload);
            return Stream.of(
                    Arguments.of(name, "SNS", Fixture.sns(quoted)),
                    Arguments.of(name, "SNS with an object", Fixture.sns(payload)),
                    Arguments.of(name, "EventBridge", event),
                    Arguments.of(name, "EventBridge in SNS", Fixture.sns(Fixture.quote(event))),
                    Arguments.of(name, "Lambda and SNS", Fixture.lambda(Fixture.snsRecord(quoted))),
                    Arguments.of(name, "Lambda and raw SQS", Fixture.lambda(Fixture.sqsRecord(payload))),
                    Arguments.of(name, "Lambda, SQS and SNS", Fixture.lambda(Fixture.sqsRecord(Fixture.sns(quoted)))),
                    Arguments.of(
                            name,
                            "Lambda, SQS, SNS and EventBridge",
                            Fixture.lambda(Fixture.sqsRecord(Fixture.sns(Fixture.quote(event))))));
        });
    }

    @ParameterizedTest(name = "{0} in {1}")
    @MethodSource("envelopes")
    void isTakenOffWhateverItIs(String name, String envelope, String body) {
        String payload = Fixture.text(name);

        SesNotification n = parser.parse(body);

        assertThat(n).isEqualTo(parser.parse(payload)).hasSameHashCodeAs(parser.parse(payload));
        assertThat(n.raw()).isEqualTo(payload.strip());
    }

    @Test
    void readsBytesAndStreamsAsText() {
        String body = Fixture.text("identity-bounce-2016");
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);

        assertThat(parser.parse(bytes)).isEqualTo(parser.parse(body));
        assertThat(parser.parse(new ByteArrayInputStream(bytes))).isEqualTo(parser.parse(body));
        assertThat(parser.parse(bytes).mail().commonHeaders().subject()).contains("Neues im M\u00e4rz");
    }

    @Test
    void hasTheFactsOfTheSnsMessage() {
        Envelope envelope = parser.open(Fixture.text("sns-bounce"));

        assertThat(envelope.type()).contains("Notification");
        assertThat(envelope.messageId()).contains("3f0c6b1e-8d0a-5b7e-9a44-31f7c20e55aa");
        assertThat(envelope.topicArn()).contains("arn:aws:sns:eu-west-1:004211337788:ses-feedback");
        assertThat(envelope.subject()).contains("Amazon SES Email Event Notification");
        assertThat(envelope.timestampText()).contains("2025-09-18T07:41:14.127Z");
        assertThat(envelope.timestamp()).hasValueSatisfying(t -> assertThat(t).isEqualTo("2025-09-18T07:41:14.127Z"));
        assertThat(envelope.notifications()).singleElement().isInstanceOf(SesNotification.Bounce.class);
    }

    @Test
    void hasTheFactsOfTheSnsMessageInALambdaRecord() {
        String sns = Fixture.snsRecord(Fixture.quote(Fixture.text("event-send")));

        assertThat(parser.open(Fixture.lambda(sns)).messageId()).contains("22222222-2222-5333-8444-555555555555");
        assertThat(parser.open(Fixture.lambda(sns)).subject()).isEmpty();
    }

    @Test
    void hasTheFactsOfTheSnsMessageInAnSqsRecordElseOfTheRecord() {
        String payload = Fixture.text("event-send");
        String sns = Fixture.lambda(Fixture.sqsRecord(Fixture.sns(Fixture.quote(payload))));

        assertThat(parser.open(sns).messageId()).contains("11111111-2222-5333-8444-555555555555");
        assertThat(parser.open(Fixture.lambda(Fixture.sqsRecord(payload))).messageId())
                .contains("33333333-2222-4333-8444-555555555555");
    }

    @Test
    void hasTheFactsOfTheEventBridgeEvent() {
        Envelope envelope = parser.open(Fixture.eventBridge("Email Sent", Fixture.text("event-send")));

        assertThat(envelope.type()).isEmpty();
        assertThat(envelope.messageId()).contains("aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee");
        assertThat(envelope.timestamp()).hasValueSatisfying(t -> assertThat(t).isEqualTo("2025-11-19T00:12:34Z"));
    }

    @Test
    void hasNoFactsAroundABarePayload() {
        Envelope envelope = parser.open(Fixture.text("event-send"));

        assertThat(envelope.messageId()).isEmpty();
        assertThat(envelope.topicArn()).isEmpty();
        assertThat(envelope.timestamp()).isEmpty();
        assertThat(envelope.notifications()).hasSize(1);
    }

    @Test
    void ofSeveralRecordsIsForOpenAndNotForParse() {
        String body = Fixture.lambda(
                Fixture.sqsRecord(Fixture.text("event-bounce")), Fixture.sqsRecord(Fixture.text("event-send")));

        assertThat(parser.open(body).notifications())
                .extracting(SesNotification::type)
                .containsExactly("Bounce", "Send");
        assertThat(parser.open(body).messageId()).isEmpty();
        assertThatThrownBy(() -> parser.parse(body))
                .isInstanceOf(NotificationFormatException.class)
                .hasMessage("The body is a Lambda event with 2 notifications where one is expected;"
                        + " open(body).notifications() has them all, and so does parseAll(body).");
    }

    @Test
    void ofNoRecordsHoldsNothing() {
        assertThat(parser.open("{\"Records\":[]}").notifications()).isEmpty();
        assertThatThrownBy(() -> parser.parse("{\"Records\":[]}")).isInstanceOf(NotificationFormatException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SubscriptionConfirmation", "UnsubscribeConfirmation"})
    void thatAsksForAnAnswerIsANotificationItself(String type) {
        String body = Fixture.text("sns-subscription").replace("SubscriptionConfirmation", type);

        Envelope envelope = parser.open(body);

        assertThat(envelope.type()).contains(type);
        assertThat(envelope.notifications()).singleElement().satisfies(n -> {
            assertThat(n).isInstanceOf(SesNotification.TopicNotice.class);
            assertThat(n.type()).isEqualTo(type);
            assertThat(n.raw()).isEqualTo(body);
        });
    }

    @Test
    void namesAdviceAndStatusThatHaveNoTypeOfTheirOwn() {
        String body = Fixture.eventBridge(
                "Sending Status Disabled", "{\"version\":\"1\",\"data\":{\"record\":{\"status\":\"DISABLED\"}}}");

        SesNotification n = parser.parse(body);

        assertThat(n.type()).isEqualTo("Sending Status Disabled");
        assertThat(n.raw()).isEqualTo(body);
    }

    @Test
    void vouchesForWhatOtherSendersPutOnTheTopic() {
        SesNotification n = parser.parse(Fixture.sns(Fixture.quote("{\"Service\":\"Amazon S3\"}")));

        assertThat(n.type()).isEmpty();
        assertThat(n.raw()).isEqualTo("{\"Service\":\"Amazon S3\"}");
    }

    @Test
    void ofReceivedMailInLambdaNamesIt() {
        String ses = "{\"mail\":{\"messageId\":\"abc\"},\"receipt\":{\"recipients\":[\"in@acme.example\"]}}";
        String body = Fixture.lambda("{\"eventSource\":\"aws:ses\",\"eventVersion\":\"1.0\",\"ses\":" + ses + "}");

        SesNotification n = parser.parse(body);

        assertThat(n.type()).isEqualTo("Received");
        assertThat(n.mail().messageId()).contains("abc");
        assertThat(n.raw()).isEqualTo(ses);
    }

    @Test
    void mayCarryEscapedSlashesAndNonAscii() {
        String message =
                "{\\\"eventType\\\":\\\"Send\\\",\\\"mail\\\":{\\\"source\\\":\\\"J\\u00f6rg <j@example.com>\\\","
                        + "\\\"sourceArn\\\":\\\"arn:aws:ses:eu-west-1:1:identity\\/example.com\\\"}}";

        SesNotification n = parser.parse(Fixture.sns("\"" + message + "\""));

        assertThat(n.mail().source()).contains("J\u00f6rg <j@example.com>");
        assertThat(n.mail().sourceArn()).contains("arn:aws:ses:eu-west-1:1:identity/example.com");
        assertThat(n.raw()).contains("J\u00f6rg");
    }
}
