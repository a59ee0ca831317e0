package io.github.sesquill;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sesquill.quota.QuotaGuard;
import io.github.sesquill.quota.SendingQuota;
import io.github.sesquill.transport.SendOutcome;
import io.github.sesquill.transport.SendOutcome.NotSent;
import io.github.sesquill.transport.SendOutcome.Sent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** On a time that passes by itself those in line sleep until their turn, and nobody is later than the guard would have it. */
@Timeout(60)
class ForecastTest {

    /** What a guard of one recipient a second keeps between two grants, so that the last second is never full. */
    private static final Duration PERIOD = Duration.ofNanos(1_005_025_126);

    /** More than a signal and a look at the clock may take where time stands still. */
    private static final Duration NOTHING = Duration.ofMillis(2);

    private final SteppedTime time = new SteppedTime(true);
    private final ScriptedTransport transport = new ScriptedTransport();
    private final QuotaGuard guard = QuotaGuard.of(SendingQuota.perSecond(1), time);
    private final List<Sleeper> line = new ArrayList<>();
    private final SesMailer mailer = SesMailer.builder(transport)
            .quota(guard)
            .deadline(Duration.ofMinutes(10))
            .time(time)
            .build();

    @AfterEach
    void close() {
        mailer.close(Duration.ZERO);
    }

    /** A send on a thread of its own, and when it was over. */
    private final class Sleeper {

        private final CompletableFuture<SendOutcome> outcome = new CompletableFuture<>();
        private final Thread thread;
        private volatile Duration over = Duration.ZERO;

        Sleeper(int number, SendOptions options) {
            thread = new Thread(() -> {
                SendOutcome end = mailer.trySend(ScriptedTransport.mail(number), options);
                over = now();
                outcome.complete(end);
            });
            thread.start();
        }

        void assertSentAt(Duration when) {
            assertThat(outcome.join()).isInstanceOf(Sent.class);
            assertThat(over).isBetween(when, when.plus(NOTHING));
        }
    }

    private Duration now() {
        return Duration.ofNanos(time.nanoTime());
    }

    /** Has one send have gone, and so many others wait for it to have been a second, each asleep until its own turn. */
    private void fallAsleep(int count, SendOptions options) {
        mailer.send(ScriptedTransport.mail(0));
        for (int i = 0; i < count; i++) {
            add(options);
        }
    }

    private Sleeper add(SendOptions options) {
        Sleeper sleeper = new Sleeper(line.size() + 1, options);
        line.add(sleeper);
        while (time.moments() < unsent()) {
            Thread.onSpinWait();
        }
        return sleeper;
    }

    private long unsent() {
        return line.stream().filter(sleeper -> !sleeper.outcome.isDone()).count();
    }

    private static Duration turn(int number) {
        return PERIOD.multipliedBy(number);
    }

    @Test
    void eachSleepsUntilItsOwnTurnAndIsOnTime() {
        fallAsleep(5, SendOptions.defaults());
        for (int i = 0; i < line.size(); i++) {
            time.step();
            line.get(i).assertSentAt(turn(i + 1));
        }
    }

    @Test
    void whoComesToAMovingLineSleepsUntilItsTurnToo() {
        fallAsleep(3, SendOptions.defaults());
        for (int i = 0; i < 5; i++) {
            time.step();
            line.get(i).assertSentAt(turn(i + 1));
            add(SendOptions.defaults());
        }
    }

    @Test
    void whoStandsBehindOneThatGivesUpGoesEarlier() throws Exception {
        fallAsleep(4, SendOptions.defaults());
        Sleeper givesUp = line.get(1);
        givesUp.thread.interrupt();
        assertThat(givesUp.outcome.join()).isInstanceOf(NotSent.class);
        time.step();
        line.get(0).assertSentAt(turn(1));
        awaitSomebodyAsleepUntil(turn(2));
        time.step();
        line.get(2).assertSentAt(turn(2));
        awaitSomebodyAsleepUntil(turn(3));
        time.step();
        line.get(3).assertSentAt(turn(3));
    }

    @Test
    void whoStandsBehindAHeadThatGivesUpGoesEarlier() {
        fallAsleep(2, SendOptions.defaults());
        line.get(0).thread.interrupt();
        assertThat(line.get(0).outcome.join()).isInstanceOf(NotSent.class);
        awaitSomebodyAsleepUntil(turn(1));
        time.step();
        line.get(1).assertSentAt(turn(1));
    }

    @Test
    void aRateThatRisesHoldsForThoseWhoSleepAlready() {
        fallAsleep(3, SendOptions.defaults());
        guard.update(SendingQuota.perSecond(10), 0);
        time.step();
        line.get(0).assertSentAt(turn(1));
        while (unsent() > 0) {
            if (time.hasWaiterWithin(PERIOD.dividedBy(10).plus(NOTHING))) {
                time.step();
            }
        }
        assertThat(line)
                .allSatisfy(sleeper -> assertThat(sleeper.over)
                        .isLessThanOrEqualTo(turn(1).plus(PERIOD.dividedBy(5)).plus(NOTHING)));
    }

    @Test
    void aPasswordResetPassesABulkThatSleeps() {
        fallAsleep(2, SendOptions.defaults().bulk());
        Sleeper reset = new Sleeper(3, SendOptions.defaults());
        awaitSomebodyWaiting(reset);
        time.step();
        reset.assertSentAt(turn(1));
        awaitSomebodyAsleepUntil(turn(2));
        time.step();
        line.get(0).assertSentAt(turn(2));
    }

    @Test
    void whoHasLittleTimeIsToldWhenItIsUpWhileTheNextSleeps() {
        fallAsleep(2, SendOptions.defaults());
        Sleeper hasty = add(SendOptions.defaults().deadline(Duration.ofMillis(1500)));
        time.step();
        line.get(0).assertSentAt(turn(1));
        awaitSomebodyAsleepUntil(Duration.ofMillis(1500));
        time.step();
        assertThat(hasty.outcome.join()).isInstanceOf(NotSent.class);
        assertThat(hasty.over)
                .isBetween(Duration.ofMillis(1500), Duration.ofMillis(1500).plus(NOTHING));
        awaitSomebodyAsleepUntil(turn(2));
        time.step();
        line.get(1).assertSentAt(turn(2));
    }

    @Test
    void onATimeThatOnlyPassesBecauseSomebodyWaitsOnlyTheHeadDoes() {
        SteppedTime stands = new SteppedTime();
        try (SesMailer other = SesMailer.builder(transport)
                .quota(SendingQuota.perSecond(1))
                .time(stands)
                .build()) {
            List<PendingSend> sends = new ArrayList<>();
            other.send(ScriptedTransport.mail(0));
            for (int i = 1; i < 4; i++) {
                sends.add(other.sendAsync(ScriptedTransport.mail(i)));
            }
            stands.awaitWaiterWithin(Duration.ofSeconds(2));
            assertThat(stands.moments()).isOne();
            stands.stepUntil(() -> sends.stream().allMatch(PendingSend::isDone));
            assertThat(sends).allSatisfy(send -> assertThat(send.join()).isInstanceOf(Sent.class));
        }
    }

    private void awaitSomebodyAsleepUntil(Duration when) {
        time.awaitWaiterWithin(when.minus(now()).plus(NOTHING));
    }

    private static void awaitSomebodyWaiting(Sleeper sleeper) {
        while (sleeper.thread.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
    }
}
