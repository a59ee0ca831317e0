package io.github.sesquill;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How often a message that was certainly not sent is tried again, and how long to pause before.
 *
 * <p>By default 4 attempts in all, with a first pause of 500 ms that doubles up to 10 s, each shortened by chance by up
 * to half so that many senders do not come back together. If SES names a time, that is waited for. Repeated are only
 * outcomes that are certainly not sent and may pass: throttled for the rate, and unavailable; and once, what was refused
 * for the time of this machine's clock or for credentials that have expired. All of it stays within the
 * deadline of the send; a pause that would not fit ends the send at once.
 *
 * <p>Immutable and thread-safe.
 */
public final class RetryPolicy {

    private static final int MOST_ATTEMPTS = 100;

    private final int attempts;
    private final Duration firstPause;
    private final Duration longestPause;

    private RetryPolicy(int attempts, Duration firstPause, Duration longestPause) {
        this.attempts = attempts;
        this.firstPause = firstPause;
        this.longestPause = longestPause;
    }

    /** Returns the defaults. */
    public static RetryPolicy defaults() {
        return new RetryPolicy(4, Duration.ofMillis(500), Duration.ofSeconds(10));
    }

    /** Returns a policy of one attempt. */
    public static RetryPolicy none() {
        return defaults().attempts(1);
    }

    /**
     * Returns a policy of so many attempts in all.
     *
     * @param attempts 1 to 100
     * @throws IllegalArgumentException if it is out of bounds
     */
    public RetryPolicy attempts(int attempts) {
        return new RetryPolicy(
                Checks.between("number of attempts", attempts, 1, MOST_ATTEMPTS), firstPause, longestPause);
    }

    /**
     * Returns a policy with other pauses.
     *
     * @param first the pause before the second attempt; doubles with each
     * @param longest what it doubles up to
     * @throws IllegalArgumentException if one is zero or less, or the first is longer than the longest
     */
    public RetryPolicy pauses(Duration first, Duration longest) {
        Checks.positive("first pause", first);
        Checks.positive("longest pause", longest);
        if (first.compareTo(longest) > 0) {
            throw new IllegalArgumentException(
                    "The first pause, " + first + ", is longer than the longest, " + longest + '.');
        }
        return new RetryPolicy(attempts, first, longest);
    }

    /** Returns how many attempts are made at most. */
    public int attempts() {
        return attempts;
    }

    /** Chooses the pause after a number of attempts that failed, in nanoseconds. */
    long pauseNanos(int failed) {
        long doubled = firstPause.toNanos() << Math.min(failed - 1, 20);
        long pause = doubled <= 0 ? longestPause.toNanos() : Math.min(doubled, longestPause.toNanos());
        return pause / 2 + ThreadLocalRandom.current().nextLong(pause / 2 + 1);
    }

    @Override
    public String toString() {
        return "RetryPolicy[" + attempts + " attempts, pauses " + firstPause + " to " + longestPause + "]";
    }
}
