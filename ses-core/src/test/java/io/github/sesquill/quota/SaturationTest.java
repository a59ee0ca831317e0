package io.github.sesquill.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sesquill.quota.QuotaGuard.Decision;
import io.github.sesquill.quota.QuotaGuard.Demand;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A sender that always has a message, always comes back in time, and never more often than told. */
class SaturationTest {

    static Stream<Arguments> ratesAndSizes() {
        return DoubleStream.of(0.5, 1, 2.5, 14, 14.3, 50, 500, 1000, 2000)
                .boxed()
                .flatMap(rate -> IntStream.of(1, 2, 3, 5, 7, 13, 50).mapToObj(size -> Arguments.of(rate, size)));
    }

    @ParameterizedTest
    @MethodSource("ratesAndSizes")
    void usesWhatThePromiseLeaves(double rate, int size) {
        GrantLedger ledger = saturate(rate, size, Duration.ZERO);

        double possible = size > rate ? rate : size * Math.floor(rate / size);
        assertThat(ledger.throughput()).isGreaterThanOrEqualTo(0.99 * possible);
        ledger.assertSlidingSecond();
        ledger.assertLargeMessagesGoAlone();
    }

    /** Failures name the seed; sizes above the rate go alone and use all of it. */
    @ParameterizedTest
    @MethodSource("seeds")
    void usesWhatThePromiseLeavesAtAnyRateAndSize(long seed) {
        SplittableRandom dice = new SplittableRandom(seed);
        double rate = Math.rint(Math.exp(dice.nextDouble() * Math.log(4_000)) * 10 / 2) / 10;
        int size = 1 + dice.nextInt(50);
        usesWhatThePromiseLeaves(Math.max(0.5, rate), size);
    }

    static LongStream seeds() {
        return new SplittableRandom(System.nanoTime()).longs(200);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 14, 50, 500})
    void losesNothingToASenderWhoComesALittleLate(double rate) {
        GrantLedger ledger = saturate(rate, 1, Duration.ofNanos(100_000));

        assertThat(ledger.throughput()).isGreaterThanOrEqualTo(0.99 * rate);
        ledger.assertSlidingSecond();
    }

    /** The rate is 2.5, but a third message in a second would be more than it: the strict second keeps whole recipients. */
    @Test
    void losesTheFractionAboveOneToTheStrictSecond() {
        assertThat(saturate(2.5, 1, Duration.ZERO).throughput()).isBetween(1.98, 2.05);
    }

    private static GrantLedger saturate(double rate, int size, Duration late) {
        VirtualTime time = new VirtualTime();
        SendingQuota quota = SendingQuota.perSecond(rate);
        QuotaGuard guard = QuotaGuard.of(quota, time);
        GrantLedger ledger = new GrantLedger();
        Demand demand = Demand.of(size);
        long end = Duration.ofSeconds(30).toNanos();
        while (time.elapsed() < end || ledger.grants().size() < 20) {
            Decision decision = guard.tryAcquire(demand);
            if (decision instanceof Decision.Granted) {
                ledger.add(time.elapsed(), demand, quota);
            } else if (decision instanceof Decision.Wait wait) {
                time.advance(wait.atLeast().plus(late));
            }
        }
        return ledger;
    }
}
