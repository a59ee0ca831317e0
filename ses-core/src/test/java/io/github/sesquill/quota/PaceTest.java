package io.github.sesquill.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PaceTest {

    private static final long PERIOD = 100_502_513;

    private final Pace pace = new Pace(10, 0);

    @Test
    void chargesAfterwardsForTheRecipientsItDidNotReserve() {
        assertThat(pace.waitNanos(0)).isZero();
        pace.take(5, 0);

        assertThat(pace.waitNanos(0)).isEqualTo(5 * PERIOD);
    }

    @Test
    void holdsOneReservationHoweverOftenItIsAsked() {
        pace.waitNanos(0);
        pace.take(1, 0);

        assertThat(pace.waitNanos(1)).isEqualTo(PERIOD - 1);
        assertThat(pace.waitNanos(2)).isEqualTo(PERIOD - 2);
        pace.take(1, PERIOD);
        assertThat(pace.waitNanos(PERIOD)).isEqualTo(PERIOD);
    }

    @Test
    void keepsItsGridForASenderWhoComesLate() {
        pace.waitNanos(0);
        pace.take(1, 0);
        pace.waitNanos(0);

        pace.take(1, PERIOD + 1_000);

        assertThat(pace.waitNanos(PERIOD + 1_000)).isEqualTo(PERIOD - 1_000);
    }

    @Test
    void chargesTheLastMessageAgainAtANewRate() {
        pace.waitNanos(0);
        pace.take(5, 0);

        pace.setRate(20);

        assertThat(pace.waitNanos(0)).isEqualTo(5 * 50_251_257L);
    }

    /** Why {@link Pace} is more than a call of resilience4j. */
    @Nested
    class Resilience4j {

        private long clock;

        private final RateLimiter limiter = RateLimiter.of(
                "test",
                RateLimiterConfig.custom()
                        .limitForPeriod(1)
                        .limitRefreshPeriod(Duration.ofNanos(100))
                        .timeoutDuration(Duration.ofDays(1))
                        .build(),
                () -> clock);

        @Test
        void neverGrantsMoreThanItsLimitAtOnceHoweverLongItWasIdle() {
            clock = 1_000_000;

            assertThat(limiter.reservePermission(5)).isPositive();
        }

        @Test
        void forgivesADebtWhenDrained() {
            limiter.reservePermission(1);
            limiter.reservePermission(5);
            assertThat(limiter.getMetrics().getAvailablePermissions()).isEqualTo(-5);

            limiter.drainPermissions();

            assertThat(limiter.getMetrics().getAvailablePermissions()).isZero();
        }
    }
}
