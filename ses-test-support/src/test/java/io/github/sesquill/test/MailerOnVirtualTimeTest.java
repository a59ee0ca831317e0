package io.github.sesquill.test;

import static io.github.sesquill.test.Messages.to;
import static io.github.sesquill.test.Messages.toMany;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sesquill.SesMailer;
import io.github.sesquill.quota.SendingQuota;
import io.github.sesquill.suppression.Suppression;
import io.github.sesquill.suppression.SuppressionList;
import io.github.sesquill.transport.SendOutcome;
import io.github.sesquill.transport.SendOutcome.NotSent;
import io.github.sesquill.transport.SendOutcome.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MailerOnVirtualTimeTest {

    private static final String READER = "reader@acme.example";

    private final FakeSes sandbox = FakeSes.sandbox().verifyIdentity("acme.example");

    @Test
    void sendsThirtyMessagesInTheSandboxInHalfAMinuteThatNobodyWaits() {
        for (int i = 0; i < 30; i++) {
            sandbox.mailer().send(to(READER));
        }

        assertThat(sandbox.time().elapsed()).isBetween(Duration.ofSeconds(29), Duration.ofSeconds(31));
        assertThat(sandbox.refused()).isEmpty();
    }

    @Test
    void isToldThatTheDayIsFullAndUntilWhen() {
        SesMailer mailer = sandbox.mailer();
        Instant start = sandbox.time().instant();
        for (int i = 0; i < 200; i++) {
            mailer.send(to(READER));
        }

        Instant retryAt = dayFullUntil(mailer);
        assertThat(retryAt)
                .isBetween(
                        start.plus(Duration.ofHours(24)),
                        start.plus(Duration.ofHours(24).plusSeconds(10)));

        advanceTo(retryAt);
        assertThat(mailer.trySend(to(READER))).isInstanceOf(SendOutcome.Sent.class);
        assertThat(sandbox.refused()).isEmpty();
    }

    /** Every hour the account is read again; whatever it then says, nothing of our own may count twice for long. */
    @Test
    void sendsTwoHundredADayForAWeekAlthoughItReadsTheAccountInBetween() {
        SesMailer mailer = sandbox.mailer();
        Instant start = sandbox.time().instant();
        int sent = 0;
        while (sandbox.time().instant().isBefore(start.plus(Duration.ofDays(7)))) {
            if (mailer.trySend(to(READER)) instanceof NotSent full) {
                advanceTo(full.retryAt().orElseThrow());
            } else {
                sent++;
            }
        }

        assertThat(sandbox.refused()).isEmpty();
        assertThat(sent).isBetween(7 * 200 - 10, 7 * 200);
    }

    @Test
    void noticesWithinAMinuteThatTheDayHasRoomAgain() {
        sandbox.mailer().send(to(READER));
        SesMailer other = SesMailer.builder(sandbox.transport())
                .time(sandbox.time())
                .quota(SendingQuota.sandbox())
                .build();
        for (int i = 0; i < 199; i++) {
            other.send(to(READER));
        }
        sandbox.time().advance(Duration.ofHours(23));
        dayFullUntil(sandbox.mailer());

        sandbox.time().advance(Duration.ofHours(1).plusMinutes(4));

        assertThat(sandbox.mailer().trySend(to(READER))).isInstanceOf(SendOutcome.Sent.class);
    }

    private static Instant dayFullUntil(SesMailer mailer) {
        NotSent refusal = (NotSent) mailer.trySend(to(READER));
        assertThat(refusal.reason()).isEqualTo(Reason.DAILY_QUOTA);
        return refusal.retryAt().orElseThrow();
    }

    private void advanceTo(Instant instant) {
        sandbox.time().advance(Duration.between(sandbox.time().instant(), instant));
    }

    @Test
    void learnsTheQuotaOfTheAccount() {
        FakeSes ses = FakeSes.builder().quota(SendingQuota.of(3, 7)).build().verifyIdentity("acme.example");

        ses.mailer().send(to(READER));

        assertThat(ses.mailer().quota().quota()).isEqualTo(SendingQuota.of(3, 7));
    }

    @Test
    void isStoppedAtTheEdgeOfTheSandboxBeforeItCostsAnything() {
        NotSent refusal = (NotSent) sandbox.mailer().trySend(to("jane@example.com"));

        assertThat(refusal.reason()).isEqualTo(Reason.UNVERIFIED);
        assertThat(refusal.attemptIds()).isEmpty();
        assertThat(sandbox.refused()).isEmpty();
    }

    @Test
    void isTheSameUntilItIsClosed() {
        SesMailer first = sandbox.mailer();
        assertThat(sandbox.mailer()).isSameAs(first);

        first.close();

        assertThat(sandbox.mailer()).isNotSameAs(first);
        assertThat(sandbox.mailer().trySend(to(READER))).isInstanceOf(SendOutcome.Sent.class);
    }

    @Test
    void endsWithItsFake() {
        SesMailer mailer = sandbox.mailer();

        sandbox.close();
        sandbox.close();

        assertThat(((NotSent) mailer.trySend(to(READER))).reason()).isEqualTo(Reason.CANCELLED);
    }

    @Test
    void canHaveItsOwnSettings() {
        SuppressionList suppressions = SuppressionList.inMemory();
        suppressions.add(READER, Suppression.Reason.BOUNCE);
        try (SesMailer mailer = SesMailer.builder(sandbox.transport())
                .time(sandbox.time())
                .suppressionList(suppressions)
                .build()) {
            assertThat(((NotSent) mailer.trySend(to(READER))).reason()).isEqualTo(Reason.SUPPRESSED);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void isNeverThrottledAndNeverAboveTheRateWhateverItSends(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double rate = random.nextBoolean() ? random.nextInt(1, 60) : random.nextDouble(0.5, 20);
        FakeSes ses =
                FakeSes.builder().quota(SendingQuota.perSecond(rate)).build().verifyIdentity("acme.example");
        try (SesMailer mailer = SesMailer.builder(ses.transport())
                .time(ses.time())
                .deadline(Duration.ofHours(1))
                .build()) {
            for (int i = 0; i < 200; i++) {
                mailer.send(toMany(random.nextInt(1, 51)));
                ses.time().advance(Duration.ofMillis(random.nextInt(0, 400)));
            }
        }

        assertThat(ses.refused()).as("seed %d, rate %s", seed, rate).isEmpty();
        assertThat(mostInASecond(ses.sent()))
                .as("seed %d, rate %s", seed, rate)
                .isLessThanOrEqualTo(Math.max(rate, 50));
    }

    /** Counts recipients in the seconds that begin with a message; a message of more than the rate goes alone. */
    private static double mostInASecond(List<SentMessage> sent) {
        int most = 0;
        for (int first = 0; first < sent.size(); first++) {
            Instant end = sent.get(first).at().plusSeconds(1);
            int sum = 0;
            for (int i = first; i < sent.size() && sent.get(i).at().isBefore(end); i++) {
                sum += sent.get(i).message().recipients().size();
            }
            most = Math.max(most, sum);
        }
        return most;
    }

    @Test
    void isSharedByThreads() throws Exception {
        FakeSes ses = FakeSes.production().verifyIdentity("acme.example");
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try (SesMailer mailer = SesMailer.builder(ses.transport())
                .time(ses.time())
                .deadline(Duration.ofDays(1))
                .build()) {
            List<Future<SendOutcome>> outcomes = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                outcomes.add(threads.submit(() -> mailer.trySend(to(READER))));
            }
            for (Future<SendOutcome> outcome : outcomes) {
                assertThat(outcome.get()).isInstanceOf(SendOutcome.Sent.class);
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(ses.sent()).hasSize(400).extracting(SentMessage::messageId).doesNotHaveDuplicates();
        assertThat(ses.time().elapsed()).isGreaterThan(Duration.ofSeconds(400 / 14 - 2));
        assertThat(ses.settle()).hasSize(400);
    }
}
