package io.github.sesquill.benchmarks;

import io.github.sesquill.time.TimeSource;
import java.time.Instant;
import java.util.concurrent.locks.Condition;

/** A time that passes only when told to, and by a fixed step at each reading if there is one. Not thread-safe. */
final class SteppedTime implements TimeSource {

    private final long step;
    private long nanos;

    SteppedTime(long step) {
        this.step = step;
    }

    void advance(long by) {
        nanos += by;
    }

    long elapsed() {
        return nanos;
    }

    @Override
    public long nanoTime() {
        nanos += step;
        return nanos;
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochSecond(0, nanos);
    }

    @Override
    public long awaitNanos(Condition condition, long wait) {
        nanos += wait;
        return 0;
    }
}
