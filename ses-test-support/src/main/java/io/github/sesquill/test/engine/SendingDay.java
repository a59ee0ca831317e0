package io.github.sesquill.test.engine;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How many recipients SES has taken in the last 24 hours, to the nanosecond.
 *
 * <p>Not thread-safe; the engine holds a lock.
 */
final class SendingDay {

    private static final long DAY = Duration.ofHours(24).toNanos();

    private final Deque<Taken> log = new ArrayDeque<>();
    private long sum;

    private record Taken(int recipients, long at) {}

    void add(int recipients, long now) {
        if (recipients > 0) {
            log.add(new Taken(recipients, now));
            sum += recipients;
        }
    }

    long sum(long now) {
        for (Taken oldest = log.peek(); oldest != null && now - oldest.at >= DAY; oldest = log.peek()) {
            sum -= oldest.recipients;
            log.remove();
        }
        return sum;
    }
}
