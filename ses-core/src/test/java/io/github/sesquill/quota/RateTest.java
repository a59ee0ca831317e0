package io.github.sesquill.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sesquill.quota.QuotaGuard.Demand;
import io.github.sesquill.quota.QuotaGuard.Permit;
import io.github.sesquill.quota.QuotaGuard.Use;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RateTest {

    @ParameterizedTest
    @CsvSource({"0.5, 1", "1, 1", "1, 50", "14, 1", "14, 14", "14, 15", "50, 50", "500, 50", "14, 2500"})
    void sendsAFirstMessageOfAnySizeAtOnce(double rate, int recipients) {
        Sender sender = new Sender(SendingQuota.perSecond(rate));

        sender.granted(Demand.of(recipients));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void sendsAMessageOfAnySizeAtOnceAfterAnyPauseThatPaysForTheLastOne(long seed) {
        SplittableRandom dice = new SplittableRandom(seed);
        double rate = 0.1 + dice.nextDouble() * (dice.nextBoolean() ? 5 : 2_000);
        Sender sender = new Sender(SendingQuota.perSecond(rate));
        int before = 1 + dice.nextInt(100);
        sender.granted(Demand.of(before));

        sender.time.advance(Duration.ofMillis(1_010 + (long) (before / rate / 0.99 * 1_000) + dice.nextInt(100_000)));

        sender.granted(Demand.of(1 + dice.nextInt(2_500)));
    }

    static LongStream seeds() {
        return new SplittableRandom(System.nanoTime()).longs(500);
    }

    @ParameterizedTest
    @ValueSource(longs = {2, 60, 3_600, 86_400, 31_536_000})
    void sendsAtOnceAfterAPauseButNoBurst(long seconds) {
        Sender sender = new Sender(SendingQuota.perSecond(14));
        sender.send(20);
        sender.told(Demand.of(1));

        sender.time.advance(Duration.ofSeconds(seconds));

        sender.granted(Demand.of(1));
        assertThat(sender.rateOver(Duration.ofSeconds(1))).isLessThanOrEqualTo(14);
    }

    @Test
    void sendsAloneWhatIsLargerThanTheRate() {
        Sender sender = new Sender(SendingQuota.perSecond(10));
        sender.granted(Demand.of(1));
        sender.time.advance(Duration.ofMillis(500));

        assertThat(sender.told(Demand.of(20))).isEqualTo(Duration.ofMillis(501));
        sender.time.advance(Duration.ofMillis(501));
        sender.granted(Demand.of(20));
        assertThat(sender.told(Demand.of(1))).isBetween(Duration.ofMillis(2_000), Duration.ofMillis(2_020));
    }

    @Test
    void letsAnyCallerTakeWhatAnotherWasToldToWaitFor() {
        Sender sender = new Sender(SendingQuota.perSecond(10));
        sender.granted(Demand.of(1));
        Duration bulk = sender.told(Demand.of(1));
        Duration urgent = sender.told(Demand.of(1));

        assertThat(urgent).isEqualTo(bulk);
        sender.time.advance(urgent);
        sender.granted(Demand.of(1));
    }

    @Test
    void doesNotCareForTheWallClock() {
        Sender sender = new Sender(SendingQuota.sandbox());
        sender.granted(Demand.of(1));
        Duration before = sender.told(Demand.of(1));

        sender.time.setWallClock(Instant.parse("2100-01-01T00:00:00Z"));

        assertThat(sender.told(Demand.of(1))).isEqualTo(before);
    }

    @Nested
    class Updated {

        @Test
        void measuresTheLastSecondOverAChangeOfRate() {
            Sender sender = new Sender(SendingQuota.perSecond(50));
            for (int i = 0; i < 5; i++) {
                sender.acquire(Demand.of(9));
            }
            long first = sender.time.elapsed();

            sender.guard.update(SendingQuota.perSecond(10), 0);

            Duration wait = sender.told(Demand.of(1));
            assertThat(wait).isGreaterThan(Duration.ofMillis(900));
            assertThat(sender.guard.quota()).isEqualTo(SendingQuota.perSecond(10));
            assertThat(first).isLessThan(Duration.ofSeconds(1).toNanos());
        }

        @Test
        void needNotPayOffADebtAtTheOldRate() {
            Sender sender = new Sender(SendingQuota.sandbox());
            sender.granted(Demand.of(50));
            assertThat(sender.told(Demand.of(1))).isGreaterThan(Duration.ofSeconds(50));

            sender.guard.update(SendingQuota.perSecond(100), 0);

            assertThat(sender.told(Demand.of(1))).isBetween(Duration.ofMillis(490), Duration.ofMillis(520));
            assertThat(sender.told(Demand.of(60))).isEqualTo(Duration.ofMillis(1_001));
        }

        @Test
        void gainsNothingByBeingRepeated() {
            Sender sender = new Sender(SendingQuota.perSecond(14));
            sender.granted(Demand.of(5));
            Duration before = sender.told(Demand.of(1));

            sender.guard.update(SendingQuota.perSecond(20), 0);
            sender.told(Demand.of(1));
            sender.guard.update(SendingQuota.perSecond(14), 0);

            assertThat(sender.told(Demand.of(1))).isEqualTo(before);
        }
    }

    @Nested
    class Throttled {

        private final Sender sender = new Sender(SendingQuota.perSecond(100));

        @Test
        void takesAFifthOff() {
            sender.guard.settle(sender.granted(Demand.of(1)), Use.THROTTLED);

            assertThat(sender.rateOver(Duration.ofMillis(999))).isCloseTo(80, Offset.offset(2.0));
        }

        @Test
        void recoversATwentiethEachSecond() {
            sender.guard.settle(sender.granted(Demand.of(1)), Use.THROTTLED);
            sender.time.advance(Duration.ofSeconds(2));
            assertThat(sender.rateOver(Duration.ofMillis(999))).isCloseTo(90, Offset.offset(2.0));

            sender.time.advance(Duration.ofSeconds(2));
            assertThat(sender.rateOver(Duration.ofSeconds(10))).isCloseTo(99.5, Offset.offset(0.5));
        }

        @Test
        void cutsOnceForAllThatWasInFlight() {
            Permit[] permits = new Permit[20];
            for (int i = 0; i < permits.length; i++) {
                permits[i] = sender.acquire(Demand.of(1));
            }
            for (Permit permit : permits) {
                sender.guard.settle(permit, Use.THROTTLED);
            }

            sender.time.advance(Duration.ofMillis(10));
            assertThat(sender.rateOver(Duration.ofMillis(980))).isCloseTo(80, Offset.offset(3.0));
        }

        @Test
        void neverFallsBelowATenth() {
            for (int i = 0; i < 50; i++) {
                sender.guard.settle(sender.acquire(Demand.of(1)), Use.THROTTLED);
            }

            assertThat(sender.rateOver(Duration.ofMillis(999))).isCloseTo(10, Offset.offset(1.5));
        }

        @Test
        void givesTheDayBack() {
            sender.guard.update(SendingQuota.of(100, 1), 0);

            sender.guard.settle(sender.granted(Demand.of(1)), Use.THROTTLED);

            sender.acquire(Demand.of(1));
        }

        /** At a tenth of one a second, fifty recipients keep the guard shut for 500 seconds; the rate is back in 18. */
        @Test
        void tellsNobodyToSleepThroughTheRecovery() {
            Sender slow = new Sender(SendingQuota.sandbox());
            for (int i = 0; i < 20; i++) {
                slow.guard.settle(slow.acquire(Demand.of(1)), Use.THROTTLED);
            }
            slow.acquire(Demand.of(50));
            long start = slow.time.elapsed();

            slow.acquire(Demand.of(1));

            assertThat(Duration.ofNanos(slow.time.elapsed() - start))
                    .isBetween(Duration.ofSeconds(50), Duration.ofSeconds(51));
        }
    }
}
