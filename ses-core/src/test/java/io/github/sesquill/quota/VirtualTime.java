package io.github.sesquill.quota;

import io.github.sesquill.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;

/** A time that passes when told to. It starts just before its nanoseconds overflow, as any JVM's may. */
final class VirtualTime implements TimeSource {

    private static final long ORIGIN = Long.MAX_VALUE - 3_000_000_000L;

    private final AtomicLong elapsed = new AtomicLong();
    private volatile Instant wall = Instant.EPOCH;

    void advance(Duration duration) {
        advance(duration.toNanos());
    }

    void advance(long nanos) {
        elapsed.addAndGet(nanos);
    }

    void setWallClock(Instant instant) {
        wall = instant;
    }

    /** Nanoseconds since this time began. */
    long elapsed() {
        return elapsed.get();
    }

    @Override
    public long nanoTime() {
        return ORIGIN + elapsed.get();
    }

    @Override
    public Instant instant() {
        return wall;
    }

    @Override
    public long awaitNanos(Condition condition, long nanos) {
        throw new AssertionError("A quota guard never waits.");
    }
}
