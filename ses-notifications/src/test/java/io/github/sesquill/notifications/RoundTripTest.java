package io.github.sesquill.notifications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What is read can be written, and what is written reads the same: over generated notifications. */
class RoundTripTest {

    @SuppressWarnings("UnusedVariable") // named by the annotation below
    private static final List<String> PAYLOADS = Fixture.PAYLOADS;

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

    /** The other format lacks tags (all but two), or has another id among the common headers; all else is kept. */
    private void comesBackFromTheOtherFormat(int often) {
        long seed = System.nanoTime();
        Generated generated = new Generated(new SplittableRandom(seed));
        for (int i = 0; i < often; i++) {
            SesNotification n = parser.parse(generated.feedback());
            NotificationFormat other =
                    n.format() == NotificationFormat.EVENT ? NotificationFormat.IDENTITY : NotificationFormat.EVENT;

            SesNotification there = parser.parse(NotificationWriter.as(other).write(n));
            SesNotification back =
                    parser.parse(NotificationWriter.as(n.format()).write(there));

            assertThat(there.format()).isEqualTo(other);
            for (SesNotification same : List.of(there, back)) {
                assertThat(FieldTableTest.allButMail(same)).as("seed %d", seed).isEqualTo(FieldTableTest.allButMail(n));
                assertThat(FieldTableTest.ofBothFormats(same.mail()))
                        .as("seed %d, %s", seed, n.raw())
                        .isEqualTo(FieldTableTest.ofBothFormats(n.mail()));
            }
            assertThat(NotificationWriter.as(other).write(back))
                    .isEqualTo(NotificationWriter.as(other).write(n));
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
