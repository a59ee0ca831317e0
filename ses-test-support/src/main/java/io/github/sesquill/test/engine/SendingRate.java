package io.github.sesquill.test.engine;

/**
 * The rate that SES allows, in recipients a second: what was not used is kept for two seconds, because short bursts pass
 * (SES Developer Guide, "Managing your Amazon SES sending limits"). A message of more recipients than that passes too,
 * and what it took in advance must be paid for before the next.
 *
 * <p>Not thread-safe; the engine holds a lock.
 */
final class SendingRate {

    private static final double SECONDS_KEPT = 2;
    private static final double NANOS_PER_SECOND = 1e9;

    /** Sums of fractions miss the whole by less than this. */
    private static final double ROUNDING = 1e-6;

    private double kept = Double.POSITIVE_INFINITY;
    private long lastTime;

    /** Takes so many recipients, or none; answers whether it did. */
    boolean take(int recipients, double rate, long now) {
        kept = Math.min(rate * SECONDS_KEPT, kept + rate * (now - lastTime) / NANOS_PER_SECOND);
        lastTime = now;
        if (kept + ROUNDING < Math.min(recipients, rate)) {
            return false;
        }
        kept -= recipients;
        return true;
    }
}
