package io.github.sesquill;

import io.github.sesquill.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.function.BooleanSupplier;

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
            // A signal between two looks meets nobody, so now and then the caller looks for itself, as after any
            // wake-up.
            for (int looks = 0; now.get() < due && !signalled && looks < 50; looks++) {
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

    /** Waits until somebody waits for a moment that is no further off than this. */
    void awaitWaiterWithin(Duration atMost) {
        while (next() <= now.get() || next() - now.get() > atMost.toNanos()) {
            Thread.onSpinWait();
        }
    }

    /** Steps for as long as it takes until something has happened. */
    void stepUntil(BooleanSupplier happened) {
        while (!happened.getAsBoolean()) {
            long next = next();
            if (next > now.get()) {
                now.accumulateAndGet(next, Math::max);
            } else {
                Thread.onSpinWait();
            }
        }
    }

    private long next() {
        return dues.values().stream().mapToLong(Long::longValue).min().orElse(Long.MIN_VALUE);
    }
}
