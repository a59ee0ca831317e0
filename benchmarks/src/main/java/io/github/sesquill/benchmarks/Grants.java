package io.github.sesquill.benchmarks;

import java.util.Arrays;

/**
 * What a guard granted and when, checked by addition alone: for every grant all that was granted in the second that ends
 * with it, both ends included.
 */
final class Grants {

    private static final long SECOND = 1_000_000_000;

    private long[] times = new long[1024];
    private int[] recipients = new int[1024];
    private int size;

    void add(long time, int count) {
        if (size == times.length) {
            times = Arrays.copyOf(times, size * 2);
            recipients = Arrays.copyOf(recipients, size * 2);
        }
        times[size] = time;
        recipients[size] = count;
        size++;
    }

    int size() {
        return size;
    }

    /** Counts the grants after which a second held more than the rate, and more than that one message. */
    int violations(double rate) {
        int violations = 0;
        for (int last = 0; last < size; last++) {
            violations += secondUpTo(last) > Math.max(rate, recipients[last]) ? 1 : 0;
        }
        return violations;
    }

    /** Returns the most recipients that any second held. */
    long worstSecond() {
        long worst = 0;
        for (int last = 0; last < size; last++) {
            worst = Math.max(worst, secondUpTo(last));
        }
        return worst;
    }

    private long secondUpTo(int last) {
        long sum = 0;
        for (int i = last; i >= 0 && times[last] - times[i] <= SECOND; i--) {
            sum += recipients[i];
        }
        return sum;
    }

    /** Returns the recipients a second from the first grant until just before the last. */
    double perSecond() {
        long sum = 0;
        for (int i = 0; i < size - 1; i++) {
            sum += recipients[i];
        }
        return sum * (double) SECOND / (times[size - 1] - times[0]);
    }
}
