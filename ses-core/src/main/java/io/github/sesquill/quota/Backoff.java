package io.github.sesquill.quota;

/**
 * How much of its rate a guard uses after SES throttled it: a factor from 0.1 to 1, computed from the clock when asked.
 *
 * <p>Each throttle takes a fifth away, and each second without one gives a twentieth of the full rate back. A throttle of
 * a permit that was granted before the last cut says nothing about the new rate and is passed over, or one bad moment
 * with fifty sends in flight would stop everything. Not thread-safe; its guard holds a lock.
 */
final class Backoff {

    private static final double CUT = 0.8;
    private static final double FLOOR = 0.1;
    private static final double RECOVERY_PER_SECOND = 0.05;
    private static final long SECOND = 1_000_000_000;

    private double factor = 1;
    private long cutAt;

    Backoff(long now) {
        cutAt = now;
    }

    double factor(long now) {
        long seconds = (now - cutAt) / SECOND;
        return Math.min(1, factor + RECOVERY_PER_SECOND * seconds);
    }

    /** Returns the nanoseconds until the factor rises, or {@link Long#MAX_VALUE} if it is 1. */
    long untilRise(long now) {
        return factor(now) == 1 ? Long.MAX_VALUE : SECOND - (now - cutAt) % SECOND;
    }

    void throttled(long granted, long now) {
        double before = factor(now);
        if (before < 1 && granted - cutAt <= 0) {
            return;
        }
        factor = Math.max(FLOOR, before * CUT);
        cutAt = now;
    }
}
