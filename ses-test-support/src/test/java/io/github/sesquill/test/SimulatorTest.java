package io.github.sesquill.test;

import static io.github.sesquill.test.Messages.attempt;
import static io.github.sesquill.test.Messages.draft;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.sesquill.transport.SendOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatorTest {

    private static final String AT = "@simulator.amazonses.com";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final FakeSes ses = FakeSes.production().verifyIdentity("acme.example");

    private List<JsonNode> events(String... recipients) {
        attempt(ses, draft(recipients).configurationSet("transactional").build());
        return read(ses.settle());
    }

    private static List<JsonNode> read(List<String> notifications) {
        return notifications.stream().map(SimulatorTest::read).toList();
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError(json, e);
        }
    }

    private static List<String> types(List<JsonNode> notifications) {
        return notifications.stream()
                .map(n -> n.path("eventType").asText(n.path("notificationType").asText()))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "success, Send Delivery",
        "bounce, Send Bounce",
        "ooto, Send Delivery Bounce",
        "complaint, Send Delivery Complaint",
        "suppressionlist, Send Bounce",
        "BOUNCE, Send Bounce",
        "bounce+label, Send Bounce",
        "complaint+a+b, Send Delivery Complaint",
        "nobody-there, Send Bounce"
    })
    void publishesWhatTheMailboxIsFor(String mailbox, String inOrder) {
        assertThat(types(events(mailbox + AT))).containsExactly(inOrder.split(" ", -1));
    }

    @ParameterizedTest
    @CsvSource({
        "success, Delivery",
        "bounce, Bounce",
        "ooto, Delivery Bounce",
        "complaint, Delivery Complaint",
        "suppressionlist, Bounce"
    })
    void publishesToTheIdentityWithoutAConfigurationSet(String mailbox, String inOrder) {
        attempt(ses, draft(mailbox + AT).build());

        List<String> published = ses.settle();

        assertThat(types(read(published))).containsExactly(inOrder.split(" ", -1));
        assertThat(published)
                .allSatisfy(json ->
                        assertThat(json).contains("\"notificationType\":").endsWith("}"));
    }

    @Test
    void deliversOtherMail() {
        assertThat(types(events("bounce@example.com", "jane@example.com"))).containsExactly("Send", "Delivery");
    }

    @Test
    void mergesWhatHappensAlikeToOneMessage() {
        List<JsonNode> events = events("bounce+1" + AT, "success" + AT, "bounce+2" + AT, "jane@example.com");

        assertThat(types(events)).containsExactlyInAnyOrder("Send", "Delivery", "Bounce");
        JsonNode bounce =
                events.stream().filter(e -> e.has("bounce")).findFirst().orElseThrow();
        assertThat(bounce.at("/bounce/bouncedRecipients").findValuesAsText("emailAddress"))
                .containsExactly("bounce+1" + AT, "bounce+2" + AT);
        JsonNode delivery =
                events.stream().filter(e -> e.has("delivery")).findFirst().orElseThrow();
        assertThat(delivery.at("/delivery/recipients"))
                .extracting(JsonNode::asText)
                .containsExactly("success" + AT, "jane@example.com");
        assertThat(ses.sent().get(0).delivered()).hasSize(2);
    }

    @Test
    void publishesNothingBeforeItsTime() {
        attempt(ses, draft("bounce" + AT).build());

        assertThat(ses.notifications()).isEmpty();
        ses.time().advance(Duration.ofMillis(299));
        assertThat(ses.notifications()).isEmpty();
        ses.time().advance(Duration.ofMillis(601));
        assertThat(ses.notifications()).hasSize(1);
    }

    @Test
    void publishesNothingOfWhatWasNotSent() {
        ses.enqueue(SendOutcome.unknown("silence"));
        attempt(ses, draft("bounce" + AT).build());

        assertThat(ses.settle()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void tellsOfEveryRecipientOnceAndInTheOrderOfTime(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<String> mailboxes = List.of("success", "bounce", "ooto", "complaint", "suppressionlist");
        int recipients = 0;
        int undelivered = 0;
        for (int message = 0; message < 50; message++) {
            String mailbox = mailboxes.get(random.nextInt(mailboxes.size()));
            attempt(ses, draft(mailbox + "+" + message + AT).build());
            recipients++;
            undelivered += mailbox.equals("bounce") || mailbox.equals("suppressionlist") ? 1 : 0;
            ses.time().advance(Duration.ofMillis(random.nextInt(100, 3_000)));
        }

        List<JsonNode> published = read(ses.settle());

        assertThat(published.stream()
                        .flatMap(n -> n.findValuesAsText("messageId").stream())
                        .distinct())
                .as("seed %d", seed)
                .hasSize(recipients);
        assertThat(types(published))
                .as("seed %d", seed)
                .filteredOn("Delivery"::equals)
                .hasSize(recipients - undelivered);
        assertThat(published)
                .as("seed %d", seed)
                .extracting(n ->
                        Instant.parse(n.findPath(memberOf(n)).path("timestamp").asText()))
                .isSorted();
    }

    private static String memberOf(JsonNode notification) {
        return List.of("bounce", "complaint", "delivery").stream()
                .filter(notification::has)
                .findFirst()
                .orElseThrow();
    }

    @Nested
    class Listeners {

        @Test
        void areToldInOrderAndOnceOfWhatIsPublishedFromThenOn() {
            attempt(ses, draft("jane@example.com").build());
            ses.settle();
            List<String> heard = new ArrayList<>();
            ses.onNotification(heard::add);

            attempt(ses, draft("ooto" + AT).build());
            ses.time().advance(Duration.ofMinutes(1));

            assertThat(heard).hasSize(2).isEqualTo(ses.notifications().subList(1, 3));
            assertThat(ses.settle()).hasSize(3);
            assertThat(heard).hasSize(2);
        }

        @Test
        void maySend() {
            ses.onNotification(json -> {
                if (ses.sent().size() < 3) {
                    ses.mailer().send(draft("jane@example.com").build());
                }
            });
            attempt(ses, draft("jane@example.com").build());

            assertThat(ses.settle()).hasSize(3);
        }

        @Test
        void areNotServedForEver() {
            ses.onNotification(
                    json -> ses.mailer().send(draft("jane@example.com").build()));
            attempt(ses, draft("jane@example.com").build());

            assertThatIllegalStateException()
                    .isThrownBy(ses::settle)
                    .withMessageContaining("does a listener answer each of them");
        }

        @Test
        void cannotChangeAnOutcomeAndAreHeardOfAfterwards() {
            ses.onNotification(json -> {
                throw new IllegalStateException("listener");
            });

            assertThat(attempt(
                            ses,
                            draft("jane@example.com").configurationSet("set").build()))
                    .isInstanceOf(SendOutcome.Sent.class);

            assertThatIllegalStateException().isThrownBy(ses::notifications).withMessage("listener");
            assertThat(ses.notifications()).hasSize(1);
        }
    }
}
