package io.github.sesquill;

import io.github.sesquill.time.TimeSource;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;

/** A time that stands still until a test lets it go on to the next moment that somebody waits for. */
final class SteppedTime implements TimeSource {

    private final AtomicLong now = new AtomicLong();
    private final Map<Thread, Long> dues = new ConcurrentHashMap<>();

    @Override
    public long nanoTime() {
        return now.get();
    }

    @Override
    public Instant instant() {
        return Instant.EPOCH.plusNanos(now.get());
    }

    @Override
    @SuppressWarnings("WaitNotInLoop") // the caller loops, as with Condition itself
    public long awaitNanos(Condition condition, long nanos) throws InterruptedException {
        long due = now.get() + nanos;
        dues.put(Thread.currentThread(), due);
        try {
            boolean signalled = false;
            while (now.get() < due && !signalled) {
                signalled = condition.await(200, TimeUnit.MICROSECONDS);
            }
            return due - now.get();
        } finally {
            dues.remove(Thread.currentThread());
        }
    }

    /** Goes on to the next moment that somebody waits for, once somebody does. */
    void step() {
        long next = next();
        while (next <= now.get()) {
            Thread.onSpinWait();
            next = next();
        }
        now.accumulateAndGet(next, Math::max);
    }

    private long next() {
        return dues.values().stream().mapToLong(Long::longValue).min().orElse(Long.MIN_VALUE);
    }
}
