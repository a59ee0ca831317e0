package io.github.sesquill.notifications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What is read can be written, and what is written reads the same: over generated notifications. */
class RoundTripTest {

    @SuppressWarnings("UnusedVariable") // named by the annotation below
    private static final List<String> PAYLOADS = Fixture.PAYLOADS;

    /**
     * What reads otherwise in the other format: the identity format has no tags, but two of them as members, the event
     * format no members but those two tags; and the id among the common headers is the header of the sender in the
     * identity format, that of SES in the event format.
     */
    private static final Map<NotificationFormat, Set<String>> DIFFERING = Map.of(
            NotificationFormat.IDENTITY,
            Set.of(
                    "mail/tags",
                    "mail/tags/kind",
                    "mail/tags/ses:configuration-set",
                    "mail/tags/ses:from-domain",
                    "mail/tags/ses:source-tls-version",
                    "mail/tags/ses:outgoing-ip",
                    "mail/tags/ses:outgoing-tls-version",
                    "mail/tags/ses:operation",
                    "mail/tags/ses:recipient-isp",
                    "mail/tags/ses:sender-identity",
                    "mail/tags/ses:feedback-id-a",
                    "mail/tags/ses:feedback-id-b",
                    "mail/commonHeaders/messageId"),
            NotificationFormat.EVENT,
            Set.of("mail/tags", "mail/commonHeaders/messageId"));

    private final NotificationParser parser = NotificationParser.create();

    @Test
    void isTheIdentityInTheFormatANotificationCameIn() {
        comesBackInItsFormat(2_000);
    }

    @Test
    void isTheIdentityInEveryEnvelope() {
        comesBackInEveryEnvelope(2_000);
    }

    @Test
    void losesInTheOtherFormatOnlyWhatThatFormatLacks() {
        comesBackFromTheOtherFormat(1_500);
    }

    /** The same at a length that a build in between has no time for. */
    @Nested
    @Tag("nightly")
    class TwentyTimesAsOften {

        @Test
        void isTheIdentityInTheFormatANotificationCameIn() {
            comesBackInItsFormat(40_000);
        }

        @Test
        void isTheIdentityInEveryEnvelope() {
            comesBackInEveryEnvelope(40_000);
        }

        @Test
        void losesInTheOtherFormatOnlyWhatThatFormatLacks() {
            comesBackFromTheOtherFormat(30_000);
        }
    }

    private void comesBackInItsFormat(int often) {
        long seed = System.nanoTime();
        Generated generated = new Generated(new SplittableRandom(seed));
        for (int i = 0; i < often; i++) {
            String json = generated.notification();
            SesNotification n = parser.parse(json);
            String written = NotificationWriter.create().write(n);

            assertThat(parser.parse(written)).as("seed %d, %s", seed, json).isEqualTo(n);
            assertThat(NotificationWriter.create().write(parser.parse(written)))
                    .as("seed %d", seed)
                    .isEqualTo(written);
        }
    }

    private void comesBackInEveryEnvelope(int often) {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        Generated generated = new Generated(random);
        for (int i = 0; i < often; i++) {
            SesNotification n = parser.parse(generated.notification());
            Wrapping wrapping = generated.wrapping(n.format());

            assertThat(parser.parse(wrapping.wrap(n)))
                    .as("seed %d, %s", seed, n.raw())
                    .isEqualTo(n);
        }
    }

    /** All that was in one is in the other, but for what is listed; and what is listed is met, so that it can be missed. */
    private void comesBackFromTheOtherFormat(int often) {
        long seed = System.nanoTime();
        Generated generated = new Generated(new SplittableRandom(seed));
        Map<NotificationFormat, Set<String>> differing = new EnumMap<>(
                Map.of(NotificationFormat.EVENT, new TreeSet<>(), NotificationFormat.IDENTITY, new TreeSet<>()));
        for (int i = 0; i < often; i++) {
            SesNotification n = parser.parse(generated.feedback());
            NotificationFormat other =
                    n.format() == NotificationFormat.EVENT ? NotificationFormat.IDENTITY : NotificationFormat.EVENT;

            String written = NotificationWriter.as(other).write(n);
            SesNotification there = parser.parse(written);
            SesNotification back =
                    parser.parse(NotificationWriter.as(n.format()).write(there));

            assertThat(there.format()).isEqualTo(other);
            assertThat(FieldTable.flatten(written))
                    .as("seed %d, %s", seed, n.raw())
                    .isEqualTo(expected(n, other));
            assertThat(FieldTable.flatten(back.raw()))
                    .as("seed %d, %s", seed, n.raw())
                    .isEqualTo(expected(there, n.format()));
            assertThat(NotificationWriter.as(other).write(back)).isEqualTo(written);
            java.util.Objects.requireNonNull(differing.get(other)).addAll(differing(n, written));
        }
        assertThat(differing).as("seed %d", seed).isEqualTo(DIFFERING);
    }

    /** Names the fields that read otherwise there. */
    private static List<String> differing(SesNotification n, String written) {
        Envelope here = Fixture.open(n.raw());
        Envelope there = Fixture.open(written);
        // What is in the objects of a list is compared as part of the list.
        return FieldTable.ALL.stream()
                .filter(field -> field.path().startsWith("mail") || field.kind().equals(n.type()))
                .filter(field -> !field.path().contains("["))
                .filter(field ->
                        !field.accessor().apply(there).equals(field.accessor().apply(here)))
                .map(Field::path)
                .toList();
    }

    /** Makes of all that is in a notification what must be in it in the other format. */
    private static Map<String, List<@Nullable String>> expected(SesNotification n, NotificationFormat other) {
        Map<String, List<@Nullable String>> all = FieldTable.flatten(n.raw());
        boolean event = other == NotificationFormat.EVENT;
        all.remove(event ? "notificationType" : "eventType");
        all.put(event ? "eventType" : "notificationType", List.of(n.type()));
        for (String gone :
                List.of("mail/sourceIp", "mail/callerIdentity", "mail/tags", "mail/commonHeaders/messageId")) {
            all.keySet().removeIf(path -> path.equals(gone) || path.startsWith(gone + '/'));
        }
        if (event) {
            all.put("mail/tags", Collections.singletonList(null));
        }
        n.mail().sourceIp().ifPresent(ip -> called(all, event, "ses:source-ip", "sourceIp", ip));
        n.mail().callerIdentity().ifPresent(id -> called(all, event, "ses:caller-identity", "callerIdentity", id));
        (event ? n.mail().messageId() : n.mail().header("Message-ID"))
                .ifPresent(id -> all.put("mail/commonHeaders/messageId", List.of(id)));
        return all;
    }

    private static void called(
            Map<String, List<@Nullable String>> all, boolean event, String tag, String member, String value) {
        if (event) {
            all.put("mail/tags/" + tag, Arrays.asList(null, value));
        } else {
            all.put("mail/" + member, List.of(value));
        }
    }

    @ParameterizedTest
    @FieldSource("PAYLOADS")
    void keepsAlsoWhatHasNoAccessor(String name) {
        String payload = Fixture.text(name);
        String more =
                payload.substring(0, payload.lastIndexOf('}')) + ",\"novelty\":{\"a\":[1.50,null,true,\"\\\"\"]}}";

        assertThat(NotificationWriter.create().write(parser.parse(more)))
                .contains("\"novelty\":{\"a\":[1.50,null,true,\"\\\"\"]}");
    }

    @Test
    void isRefusedWhereSesHasNoSuchNotification() {
        SesNotification send = parser.parse(Fixture.text("event-send"));
        SesNotification received = parser.parse(Fixture.text("received-s3"));

        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> NotificationWriter.as(NotificationFormat.IDENTITY).write(send))
                .withMessage("SES publishes no Send as IDENTITY; write it in the format it came in, EVENT.");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> NotificationWriter.as(NotificationFormat.EVENT).write(received));
        assertThatIllegalArgumentException().isThrownBy(() -> NotificationWriter.as(NotificationFormat.NONE));
    }

    @Test
    void writesEventsWithTheLineFeedOfSes() {
        assertThat(NotificationWriter.create().write(parser.parse(Fixture.text("event-send"))))
                .endsWith("}\n");
        assertThat(NotificationWriter.create().write(parser.parse(Fixture.text("identity-bounce-2022"))))
                .endsWith("}");
    }
}
