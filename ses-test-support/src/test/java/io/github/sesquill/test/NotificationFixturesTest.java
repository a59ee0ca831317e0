package io.github.sesquill.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.sesquill.notifications.NotificationParser;
import io.github.sesquill.notifications.SesNotification;
import io.github.sesquill.notifications.Wrapping;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NotificationFixturesTest {

    private static final String JANE = "jane@example.com";

    static List<NotificationFixture> everyEvent() {
        return List.of(
                NotificationFixtures.bounce(JANE),
                NotificationFixtures.transientBounce(JANE, "MailboxFull"),
                NotificationFixtures.outOfOffice(JANE),
                NotificationFixtures.suppressedBounce(JANE),
                NotificationFixtures.undeterminedBounce(JANE),
                NotificationFixtures.complaint(JANE),
                NotificationFixtures.notSpam(JANE),
                NotificationFixtures.suppressedComplaint(JANE),
                NotificationFixtures.delivery(JANE),
                NotificationFixtures.send(JANE),
                NotificationFixtures.reject(JANE),
                NotificationFixtures.renderingFailure(JANE, "welcome", "name"),
                NotificationFixtures.deliveryDelay(JANE),
                NotificationFixtures.open(JANE),
                NotificationFixtures.click(JANE, "https://acme.example/"),
                NotificationFixtures.subscription(JANE, "all", "news"),
                NotificationFixtures.unknown("Forwarded", JANE));
    }

    @ParameterizedTest
    @MethodSource("everyEvent")
    void isReadAsWhatItIs(NotificationFixture event) {
        SesNotification parsed = event.parsed();

        assertThat(event.json())
                .startsWith("{\"eventType\":\"" + parsed.type() + "\"")
                .endsWith("}\n");
        assertThat(parsed.raw()).isEqualToIgnoringWhitespace(event.json());
    }

    @Test
    void tellsWhatTheParserMakesOfBounces() {
        assertThat(NotificationFixtures.bounce(JANE, "joe@example.com").parsed())
                .isInstanceOfSatisfying(SesNotification.Bounce.class, bounce -> {
                    assertThat(bounce.isPermanent()).isTrue();
                    assertThat(bounce.recipients()).hasSize(2);
                });
        assertThat(NotificationFixtures.outOfOffice(JANE).parsed())
                .isInstanceOfSatisfying(
                        SesNotification.Bounce.class,
                        bounce -> assertThat(bounce.isOutOfOffice()).isTrue());
        assertThat(NotificationFixtures.notSpam(JANE).parsed())
                .isInstanceOfSatisfying(
                        SesNotification.Complaint.class,
                        complaint -> assertThat(complaint.isNotSpam()).isTrue());
    }

    @Test
    void becomesTheFeedbackOfAnIdentityWhereSesHasThat() {
        for (Supplier<NotificationFixture> made : List.<Supplier<NotificationFixture>>of(
                () -> NotificationFixtures.bounce(JANE),
                () -> NotificationFixtures.complaint(JANE),
                () -> NotificationFixtures.delivery(JANE))) {
            String json = made.get().asFeedback().json();

            assertThat(json)
                    .startsWith("{\"notificationType\":\"")
                    .doesNotContain("tags")
                    .endsWith("}");
            assertThat(NotificationParser.create().parse(json).type())
                    .isEqualTo(made.get().parsed().type());
        }
        assertThatIllegalStateException()
                .isThrownBy(() -> NotificationFixtures.open(JANE).asFeedback())
                .withMessageStartingWith("SES has no feedback notification of type 'Open'");
    }

    @Test
    void canBeChangedInEveryPart() {
        String json = NotificationFixtures.bounce(JANE)
                .messageId("id-1")
                .sentAt(Instant.parse("2026-02-03T04:05:06.789Z"))
                .at(Instant.parse("2026-02-03T04:05:07Z"))
                .from("News <news@acme.example>")
                .sentTo(JANE, "joe@example.com")
                .tag("kind", "receipt")
                .with("/bounce/remoteMtaIp", null)
                .with("/bounce/new", Map.of("a", List.of(1, "b")))
                .without("/mail/headers")
                .json();

        assertThat(json)
                .contains(
                        "\"messageId\":\"id-1\"",
                        "\"timestamp\":\"2026-02-03T04:05:06.789Z\"",
                        "\"timestamp\":\"2026-02-03T04:05:07.000Z\"",
                        "\"source\":\"News <news@acme.example>\"",
                        "\"destination\":[\"jane@example.com\",\"joe@example.com\"]",
                        "\"kind\":[\"receipt\"]",
                        "\"remoteMtaIp\":null",
                        "\"new\":{\"a\":[1,\"b\"]}")
                .doesNotContain("\"headers\":");
    }

    @ParameterizedTest
    @MethodSource("everyEvent")
    void arrivesInEveryEnvelope(NotificationFixture event) {
        NotificationParser parser = NotificationParser.create();
        for (Wrapping envelope : List.of(
                Wrapping.bare(),
                Wrapping.sns(),
                Wrapping.snsInLambda(),
                Wrapping.sns().in(Wrapping.sqsInLambda()),
                Wrapping.firehose())) {
            assertThat(parser.parse(event.in(envelope))).isEqualTo(event.parsed());
        }
    }

    @Test
    void arrivesOverEventBridgeAsAnObject() {
        NotificationParser parser = NotificationParser.create();
        for (NotificationFixture event : everyEvent()) {
            if (!event.parsed().type().equals("Forwarded")) {
                assertThat(parser.parse(event.in(Wrapping.eventBridge())).type())
                        .isEqualTo(event.parsed().type());
            }
        }
        assertThat(parser.parse(NotificationFixtures.received("a@example.com", "b@acme.example")
                                .in(Wrapping.sesInLambda()))
                        .type())
                .isEqualTo("Received");
    }

    @Test
    void isAboutSomebody() {
        assertThatIllegalArgumentException()
                .isThrownBy(NotificationFixtures::bounce)
                .withMessage("A notification is about somebody; name a recipient.");
    }

    @Test
    void hasWhatIsNoEventToo() {
        assertThat(NotificationFixtures.received("sender@example.com", "help@acme.example")
                        .parsed()
                        .type())
                .isEqualTo("Received");
        NotificationParser parser = NotificationParser.create();
        assertThat(parser.parse(NotificationFixtures.topicSubscribed("acme.example")))
                .isNotNull();
        assertThat(parser.parse(NotificationFixtures.topicValidated())).isNotNull();
    }
}
