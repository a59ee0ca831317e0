package io.github.sesquill.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sesquill.quota.QuotaGuard.Decision;
import io.github.sesquill.quota.QuotaGuard.Demand;
import io.github.sesquill.quota.QuotaGuard.Permit;
import io.github.sesquill.quota.QuotaGuard.Use;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class DailyLimitTest {

    private static final Duration DAY = Duration.ofHours(24);

    /** A bucket, and what is held beyond the day for the way to SES. */
    private static final Duration LATER = Duration.ofSeconds(6);

    @Test
    void grantsTwoHundredInTheSandboxAndThenSaysWhenTheFirstLeaves() {
        Sender sender = new Sender(SendingQuota.sandbox());
        sender.send(200);
        long elapsed = sender.time.elapsed();

        Duration full = sender.toldDayFull(Demand.of(1));

        assertThat(full.plusNanos(elapsed)).isGreaterThan(DAY).isLessThanOrEqualTo(DAY.plus(LATER));
        sender.time.advance(full.minusNanos(1));
        assertThat(sender.toldDayFull(Demand.of(1))).isEqualTo(Duration.ofNanos(1));
        sender.time.advance(1);
        sender.granted(Demand.of(1));
    }

    @Test
    void waitsForAsManyToLeaveAsAreAskedFor() {
        Sender sender = new Sender(SendingQuota.of(50, 30));
        sender.granted(Demand.of(10));
        sender.time.advance(Duration.ofHours(5));
        sender.granted(Demand.of(20));

        assertThat(sender.toldDayFull(Demand.of(10)))
                .isEqualTo(Duration.ofHours(19).plus(LATER));
        assertThat(sender.toldDayFull(Demand.of(11))).isEqualTo(DAY.plus(LATER));
    }

    @Test
    void tellsADemandAboveTheWholeDayToComeTomorrow() {
        Sender sender = new Sender(SendingQuota.of(50, 30));

        assertThat(sender.toldDayFull(Demand.of(31))).isEqualTo(DAY);
    }

    @Test
    void letsTheSimulatorThroughOnAFullDayAtItsRate() {
        Sender sender = new Sender(SendingQuota.of(1, 1));
        sender.send(1);
        sender.toldDayFull(Demand.of(1));

        assertThat(sender.told(Demand.of(1, 0))).isLessThanOrEqualTo(Duration.ofMillis(1_010));
        sender.time.advance(Duration.ofMillis(1_010));
        sender.granted(Demand.of(1, 0));
        assertThat(sender.told(Demand.of(1, 0))).isPositive();
    }

    @Test
    void doesNotCountTheSimulator() {
        Sender sender = new Sender(SendingQuota.of(50, 10));
        sender.granted(Demand.of(30, 4));

        sender.acquire(Demand.of(6));

        sender.toldDayFull(Demand.of(1));
    }

    @Test
    void keepsCountingWithoutALimitForTheDayOneIsSet() {
        Sender sender = new Sender(SendingQuota.perSecond(50));
        sender.send(30);

        sender.guard.update(SendingQuota.of(50, 30), 0);

        sender.toldDayFull(Demand.of(1));
    }

    @Test
    void forgetsEverythingAfterALongPause() {
        Sender sender = new Sender(SendingQuota.of(50, 50));
        sender.granted(Demand.of(50));

        sender.time.advance(Duration.ofDays(30));

        sender.granted(Demand.of(50));
    }

    @Nested
    class Settling {

        @Test
        void givesTheDayBackForWhatWasNotSentButNotTheRate() {
            Sender sender = new Sender(SendingQuota.of(1, 1));
            Permit permit = sender.granted(Demand.of(1));

            sender.guard.settle(permit, Use.NOT_SENT);

            assertThat(sender.told(Demand.of(1))).isGreaterThan(Duration.ofSeconds(1));
            sender.acquire(Demand.of(1));
        }

        @Test
        void countsTheFirstSettlementOnly() {
            Sender sender = new Sender(SendingQuota.of(1, 2));
            Permit sent = sender.granted(Demand.of(1));
            Permit notSent = sender.acquire(Demand.of(1));

            sender.guard.settle(sent, Use.SPENT);
            sender.guard.settle(sent, Use.NOT_SENT);
            sender.guard.settle(notSent, Use.NOT_SENT);
            sender.guard.settle(notSent, Use.NOT_SENT);

            sender.acquire(Demand.of(1));
            sender.toldDayFull(Demand.of(1));
        }

        @Test
        void givesNothingBackForADayThatIsOver() {
            Sender sender = new Sender(SendingQuota.of(50, 10));
            Permit old = sender.granted(Demand.of(10));
            sender.time.advance(DAY.plus(LATER));
            sender.granted(Demand.of(10));

            sender.guard.settle(old, Use.NOT_SENT);

            sender.toldDayFull(Demand.of(1));
        }

        @Test
        void refusesThePermitOfAnotherGuard() {
            Permit permit = new Sender(SendingQuota.sandbox()).granted(Demand.of(1));
            QuotaGuard other = QuotaGuard.of(SendingQuota.sandbox());

            assertThatThrownBy(() -> other.settle(permit, Use.SPENT))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("This permit was granted by another guard: settle it with the guard that granted it.");
        }
    }

    @Nested
    class RefusedBySes {

        private final Sender sender = new Sender(SendingQuota.of(50, 1_000));

        @Test
        void closesTheDayForFiveMinutes() {
            sender.guard.settle(sender.granted(Demand.of(1)), Use.DAILY_QUOTA);

            assertThat(sender.toldDayFull(Demand.of(1))).isEqualTo(Duration.ofMinutes(5));
            sender.time.advance(Duration.ofMinutes(5));
            sender.granted(Demand.of(1));
        }

        @Test
        void stillLetsTheSimulatorThrough() {
            sender.guard.settle(sender.granted(Demand.of(1)), Use.DAILY_QUOTA);

            sender.acquire(Demand.of(1, 0));
        }

        @Test
        void opensWhenTheLimitIsRaised() {
            sender.guard.settle(sender.granted(Demand.of(1)), Use.DAILY_QUOTA);

            sender.guard.update(SendingQuota.of(50, 1_000), 1_000);
            sender.toldDayFull(Demand.of(1));
            sender.guard.update(SendingQuota.of(50, 50_000), 1_000);

            sender.acquire(Demand.of(1));
        }

        @Test
        void closesAnUnlimitedDayToo() {
            sender.guard.update(SendingQuota.perSecond(50), 0);
            sender.guard.settle(sender.granted(Demand.of(1)), Use.DAILY_QUOTA);

            sender.toldDayFull(Demand.of(1));
        }
    }

    @Nested
    class LearningFromSes {

        private final Sender sender = new Sender(SendingQuota.of(50, 100));

        @Test
        void startsWithWhatWasSentBefore() {
            sender.guard.update(SendingQuota.of(50, 100), 99);
            sender.send(1);

            assertThat(sender.toldDayFull(Demand.of(1))).isBetween(DAY, DAY.plus(LATER));
        }

        @Test
        void addsWhatOthersSentToItsOwn() {
            sender.send(40);
            sender.guard.update(SendingQuota.of(50, 100), 70);
            sender.send(30);

            sender.toldDayFull(Demand.of(1));
        }

        @Test
        void neverForgetsItsOwnWhenSesCountsLess() {
            sender.send(60);
            sender.guard.update(SendingQuota.of(50, 100), 0);
            sender.send(40);

            sender.toldDayFull(Demand.of(1));
        }

        @Test
        void forgetsWhatOthersSentWhenSesDoes() {
            sender.send(40);
            sender.guard.update(SendingQuota.of(50, 100), 100);
            sender.toldDayFull(Demand.of(1));

            sender.guard.update(SendingQuota.of(50, 100), 50);
            sender.send(50);

            sender.toldDayFull(Demand.of(1));
        }

        @Test
        void addsWhatSesMayNotHaveSeenYet() {
            sender.granted(Demand.of(20));
            sender.guard.update(SendingQuota.of(50, 100), 80);

            sender.toldDayFull(Demand.of(1));
        }

        @Test
        void addsNothingForWhatIsSettledAsNotSent() {
            sender.guard.settle(sender.granted(Demand.of(20)), Use.NOT_SENT);
            sender.guard.update(SendingQuota.of(50, 100), 80);

            sender.send(20);

            sender.toldDayFull(Demand.of(1));
        }

        /** Our 40 are just too old for SES, and not yet for our bucket: all of its 80 were sent by others. */
        @Test
        void doesNotTakeWhatIsLeavingForAPartOfWhatSesCounts() {
            sender.send(40);
            sender.time.advance(DAY);
            sender.guard.update(SendingQuota.of(50, 100), 80);

            sender.time.advance(LATER);
            sender.send(20);

            sender.toldDayFull(Demand.of(1));
        }

        @Test
        void refusesANegativeCount() {
            assertThatThrownBy(() -> sender.guard.update(SendingQuota.sandbox(), -1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("cannot have counted -1 recipients");
            assertThat(sender.guard.quota()).isEqualTo(SendingQuota.of(50, 100));
        }
    }

    /**
     * Others send too, and are known to the guard from each update. From one update until the others' next message, SES,
     * which counts exactly, must never have to refuse.
     */
    @Test
    void neverSendsWhatSesWouldRefuseWhileOthersSendToo() {
        long base = Long.getLong("sesquill.seed", System.nanoTime());
        for (long seed = base; seed < base + 300; seed++) {
            try {
                shareTheDay(new SplittableRandom(seed));
            } catch (AssertionError e) {
                throw new AssertionError("With -Dsesquill.seed=" + seed + ": " + e.getMessage(), e);
            }
        }
    }

    private static void shareTheDay(SplittableRandom random) {
        int limit = 20 + random.nextInt(400);
        SendingQuota quota = SendingQuota.of(2_000, limit);
        Sender sender = new Sender(quota);
        GrantLedger ours = new GrantLedger();
        GrantLedger others = new GrantLedger();
        List<Runnable> inFlight = new ArrayList<>();
        List<GrantLedger.Grant> seen = new ArrayList<>();
        for (int step = 0; step < 200; step++) {
            sender.time.advance((long) (1_000_000 * Math.pow(50_000_000, random.nextDouble())));
            long now = sender.time.elapsed();
            Demand demand = Demand.of(1 + random.nextInt(20));
            if (random.nextInt(8) == 0) {
                if (random.nextBoolean()) {
                    others.add(now, demand, quota);
                }
                sender.guard.update(quota, sentInDay(seen, now) + others.countedInDay(now));
            } else if (sender.guard.tryAcquire(demand) instanceof Decision.Granted granted) {
                GrantLedger.Grant grant = ours.add(now, demand, quota);
                inFlight.add(() -> {
                    seen.add(grant);
                    sender.guard.settle(granted.permit(), Use.SPENT);
                });
                assertThat(ours.countedInDay(now) + others.countedInDay(now)).isLessThanOrEqualTo(limit);
            }
            while (!inFlight.isEmpty() && random.nextInt(3) > 0) {
                inFlight.remove(random.nextInt(inFlight.size())).run();
            }
        }
    }

    private static long sentInDay(List<GrantLedger.Grant> seen, long now) {
        return seen.stream()
                .filter(grant -> now - grant.time <= DAY.toNanos())
                .mapToInt(grant -> grant.counted)
                .sum();
    }
}
