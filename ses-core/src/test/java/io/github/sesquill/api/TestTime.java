package io.github.sesquill.api;

import io.github.sesquill.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.Condition;

/** Time that goes on when a test says so. */
final class TestTime implements TimeSource {

    private long nanos = 17;

    void advance(Duration duration) {
        nanos += duration.toNanos();
    }

    @Override
    public Instant instant() {
        return Instant.EPOCH.plusNanos(nanos);
    }

    @Override
    public long nanoTime() {
        return nanos;
    }

    @Override
    public long awaitNanos(Condition condition, long timeout) {
        throw new UnsupportedOperationException("Nothing here waits.");
    }
}
