package io.github.sesquill.time;

import java.time.Instant;
import java.util.concurrent.locks.Condition;

/** The time of this machine. */
enum SystemTimeSource implements TimeSource {
    INSTANCE;

    /** Below this a thread that is put to sleep comes back too late, and with it everybody behind it; so it stays awake. */
    private static final long TOO_SHORT_TO_SLEEP = 100_000;

    @Override
    public Instant instant() {
        return Instant.now();
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    @SuppressWarnings("WaitNotInLoop") // the caller loops, as with Condition itself
    public long awaitNanos(Condition condition, long nanos) throws InterruptedException {
        if (nanos > TOO_SHORT_TO_SLEEP) {
            return condition.awaitNanos(nanos);
        }
        long start = System.nanoTime();
        while (System.nanoTime() - start < nanos) {
            Thread.onSpinWait();
        }
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        return nanos - (System.nanoTime() - start);
    }

    @Override
    public boolean passesByItself() {
        return true;
    }
}
