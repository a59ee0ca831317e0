package io.github.sesquill.quota;

import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import java.time.Duration;

/**
 * Spreads recipients evenly over time: resilience4j's rate limiter, at one permit in 1/(0.995 R) seconds.
 *
 * <p>Three things its rate limiter does not do are arranged here:
 *
 * <ul>
 *   <li>It never grants more permits at once than its limit for a period, which is one. So a message of k recipients
 *       reserves one permit, and the other k - 1 are charged when it goes: the limiter then owes, and the next
 *       reservation comes k periods later. Its {@code drainPermissions} is of no use for that: it forgives such a debt.
 *   <li>A reservation cannot be handed back. So there is at most one, it belongs to nobody, and whoever asks next
 *       inherits it. Kept over a pause it lets two messages follow each other at once, never more.
 *   <li>Its period cannot change. So a new rate gets a new limiter, on which the last grant is charged again: the debt is
 *       carried over at the new rate, and a sandbox that becomes a production account need not pay it off at one a
 *       second.
 * </ul>
 *
 * <p>It lets R + 1 through in a sliding second, late in one period and early in another; {@link LastSecond} does not.
 * Not thread-safe; its guard holds a lock.
 */
final class Pace {

    /** A little below R, so that the last second is never quite full and never holds back a steady sender. */
    private static final double HEADROOM = 0.995;

    private static final double NANOS_PER_SECOND = 1e9;

    /** Longer than any debt: 2,500 recipients at the lowest rate, slowed down tenfold, take ten months. */
    private static final Duration ANY_WAIT = Duration.ofDays(10_000);

    private double rate;
    private RateLimiter limiter;
    private long clock;
    private boolean reserved;
    private long due;
    private int lastRecipients;
    private long lastGrant;

    Pace(double rate, long now) {
        this.clock = now;
        this.rate = rate;
        this.limiter = limiterAt(rate);
    }

    /** Sets the rate; one that is in force already changes nothing. */
    void setRate(double newRate) {
        if (newRate == rate) {
            return;
        }
        rate = newRate;
        clock = lastRecipients == 0 ? clock : lastGrant;
        limiter = limiterAt(newRate);
        reserved = false;
        charge(lastRecipients);
    }

    /** Returns the nanoseconds until the next message may go; 0 if it may go now. */
    long waitNanos(long now) {
        clock = now;
        if (!reserved) {
            due = now + limiter.reservePermission(1);
            reserved = true;
        }
        return Math.max(0, due - now);
    }

    /** Takes the one reservation, which must be due, and charges the other recipients of the message. */
    void take(int recipients, long now) {
        clock = now;
        charge(recipients - 1);
        reserved = false;
        lastRecipients = recipients;
        lastGrant = now;
    }

    private void charge(int permits) {
        if (permits > 0) {
            limiter.reservePermission(permits);
        }
    }

    /** Returns the nanoseconds that each recipient takes. */
    long period() {
        return periodAt(rate);
    }

    private static long periodAt(double recipientsPerSecond) {
        return (long) Math.ceil(NANOS_PER_SECOND / (HEADROOM * recipientsPerSecond));
    }

    private RateLimiter limiterAt(double recipientsPerSecond) {
        RateLimiterConfig config = RateLimiterConfig.custom()
                .limitForPeriod(1)
                .limitRefreshPeriod(Duration.ofNanos(periodAt(recipientsPerSecond)))
                .timeoutDuration(ANY_WAIT)
                .build();
        return RateLimiter.of("sending-quota", config, () -> clock);
    }
}
