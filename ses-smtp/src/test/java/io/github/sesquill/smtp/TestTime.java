package io.github.sesquill.smtp;

import io.github.sesquill.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;

/** Time that passes when a test says so. */
final class TestTime implements TimeSource {

    static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    private final AtomicLong passed = new AtomicLong();

    void pass(Duration time) {
        passed.addAndGet(time.toNanos());
    }

    @Override
    public Instant instant() {
        return NOW.plusNanos(passed.get());
    }

    @Override
    public long nanoTime() {
        return passed.get();
    }

    @Override
    public long awaitNanos(Condition condition, long nanos) {
        throw new UnsupportedOperationException("nothing here waits on this time");
    }
}
