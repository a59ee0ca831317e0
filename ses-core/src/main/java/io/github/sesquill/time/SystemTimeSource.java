package io.github.sesquill.time;

import java.time.Instant;
import java.util.concurrent.locks.Condition;

/** The time of this machine. */
enum SystemTimeSource implements TimeSource {
    INSTANCE;

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
        return condition.awaitNanos(nanos);
    }
}
