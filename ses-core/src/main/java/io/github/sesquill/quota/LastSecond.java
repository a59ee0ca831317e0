package io.github.sesquill.quota;

/**
 * The grants of the last second, and the two rules that need them: never more than R recipients in any sliding second,
 * and a message of more than R recipients goes alone.
 *
 * <p>No rate limiter off the shelf keeps either: they refill in periods, or bank what was not used, and let R + 1 to 2R
 * through. The log looks back one millisecond further than a second: both ends of the second count, and time between a
 * grant and the network may shrink a little.
 *
 * <p>A ring of primitives that grows to the grants of one second, at most R. Not thread-safe; its guard holds a lock.
 */
final class LastSecond {

    private static final double NANOS_PER_SECOND = 1e9;
    private static final long MARGIN = 1_000_000;
    private static final long WINDOW = 1_000_000_000 + MARGIN;

    private long[] times = new long[16];
    private int[] counts = new int[16];
    private int oldest;
    private int size;
    private int recipients;

    private long lastTime;
    private int lastCount;

    /** Returns the nanoseconds until a message of so many recipients may go at this rate; 0 if it may go now. */
    long waitNanos(int count, double rate, long now) {
        forget(now);
        long wait = count > rate ? untilEmpty(now) : untilRoomFor(count, rate, now);
        return Math.max(wait, untilLastIsPaidFor(rate, now));
    }

    void add(int count, long now) {
        if (size == times.length) {
            grow();
        }
        int slot = slot(size);
        times[slot] = now;
        counts[slot] = count;
        size++;
        recipients += count;
        lastTime = now;
        lastCount = count;
    }

    private void forget(long now) {
        while (size > 0 && now - times[oldest] >= WINDOW) {
            recipients -= counts[oldest];
            oldest = slot(1);
            size--;
        }
    }

    private long untilEmpty(long now) {
        return size == 0 ? 0 : lastTime + WINDOW - now;
    }

    private long untilRoomFor(int count, double rate, long now) {
        double held = recipients;
        long wait = 0;
        for (int i = 0; held + count > rate; i++) {
            held -= counts[slot(i)];
            wait = times[slot(i)] + WINDOW - now;
        }
        return wait;
    }

    /** A message that was larger than the rate keeps everything off for as long as its recipients are worth. */
    private long untilLastIsPaidFor(double rate, long now) {
        if (lastCount <= rate) {
            return 0;
        }
        long worth = (long) Math.ceil(lastCount / rate * NANOS_PER_SECOND) + MARGIN;
        return Math.max(0, lastTime + worth - now);
    }

    private int slot(int index) {
        return (oldest + index) & (times.length - 1);
    }

    private void grow() {
        long[] moreTimes = new long[times.length * 2];
        int[] moreCounts = new int[times.length * 2];
        for (int i = 0; i < size; i++) {
            moreTimes[i] = times[slot(i)];
            moreCounts[i] = counts[slot(i)];
        }
        times = moreTimes;
        counts = moreCounts;
        oldest = 0;
    }
}
