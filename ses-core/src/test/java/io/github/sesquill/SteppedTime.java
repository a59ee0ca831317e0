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

/**
 * A time that stands still until a test lets it go on to the next moment that somebody waits for.
 *
 * <p>It is one of those who wait that moves it, and he holds the lock of his condition then: so it never moves between
 * the question of another how long to wait and his waiting.
 */
final class SteppedTime implements TimeSource {

    private final AtomicLong now = new AtomicLong();
    private final Map<Thread, Long> dues = new ConcurrentHashMap<>();
    private final boolean passesByItself;
    private volatile boolean stepWanted;

    SteppedTime() {
        this(false);
    }

    /** @param passesByItself whether it says so, and any number of threads wait for their own moments of it */
    SteppedTime(boolean passesByItself) {
        this.passesByItself = passesByItself;
    }

    @Override
    public boolean passesByItself() {
        return passesByItself;
    }

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
            for (int looks = 0; now.get() < due && !signalled && looks < 100; looks++) {
                signalled = condition.await(100, TimeUnit.MICROSECONDS);
                goOnIfWanted();
            }
            return due - now.get();
        } finally {
            dues.remove(Thread.currentThread());
        }
    }

    private synchronized void goOnIfWanted() {
        long next = next();
        if (stepWanted && next > now.get()) {
            now.set(next);
            stepWanted = false;
        }
    }

    /** Goes on by so much, whoever waits. */
    void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    /** Goes on to the next moment that somebody waits for, once somebody does. */
    void step() {
        stepWanted = true;
        while (stepWanted) {
            Thread.onSpinWait();
        }
    }

    /** Waits until somebody waits for a moment that is no further off than this. */
    void awaitWaiterWithin(Duration atMost) {
        while (!hasWaiterWithin(atMost)) {
            Thread.onSpinWait();
        }
    }

    /** Tells whether somebody waits for a moment to come that is no further off than this. */
    boolean hasWaiterWithin(Duration atMost) {
        long next = next();
        return next > now.get() && next - now.get() <= atMost.toNanos();
    }

    /** Returns for how many different moments somebody waits. */
    long moments() {
        return dues.values().stream().distinct().count();
    }

    /** Steps for as long as it takes until something has happened. */
    void stepUntil(BooleanSupplier happened) {
        while (!happened.getAsBoolean()) {
            stepWanted = true;
            Thread.onSpinWait();
        }
        stepWanted = false;
    }

    private long next() {
        return dues.values().stream().mapToLong(Long::longValue).min().orElse(Long.MIN_VALUE);
    }
}
