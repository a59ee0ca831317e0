package io.github.sesquill.test;

import io.github.sesquill.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;

/**
 * Time that passes only when somebody waits or says so.
 *
 * <p>It starts on Thursday, 1 January 2026, at noon UTC, unless told otherwise. Whoever waits on it moves it on by as
 * much and returns at once, so a test of a day takes no longer than any other.
 *
 * <p>Thread-safe. It cannot know that another thread is busy: where several threads send, one that waits may move time
 * past the deadline of one that the machine holds up. Give such tests a deadline of hours.
 */
public final class VirtualTime implements TimeSource {

    private static final Instant NEW_YEAR = Instant.parse("2026-01-01T12:00:00Z");

    private final Instant start;
    private final AtomicLong elapsed = new AtomicLong();
    private final List<Runnable> followers = new CopyOnWriteArrayList<>();

    private VirtualTime(Instant start) {
        this.start = start;
    }

    /** Starts at noon of 1 January 2026, UTC. */
    public static VirtualTime start() {
        return new VirtualTime(NEW_YEAR);
    }

    /** Starts at an instant. */
    public static VirtualTime startAt(Instant instant) {
        return new VirtualTime(instant);
    }

    /**
     * Moves time on.
     *
     * @throws IllegalArgumentException if the duration is negative
     */
    public void advance(Duration by) {
        if (by.isNegative()) {
            throw new IllegalArgumentException("Time cannot go back by " + by.negated() + "; give zero or more.");
        }
        elapsed.addAndGet(by.toNanos());
        followers.forEach(Runnable::run);
    }

    /** Moves time on to an instant, unless it is past that already. */
    void advanceTo(Instant instant) {
        advanceTo(Duration.between(start, instant).toNanos());
    }

    /** Returns how much time has passed since the start. */
    public Duration elapsed() {
        return Duration.ofNanos(nanoTime());
    }

    @Override
    public Instant instant() {
        return start.plusNanos(nanoTime());
    }

    @Override
    public long nanoTime() {
        return elapsed.get();
    }

    /**
     * Lets go of the lock for a moment, so that others may signal, and then moves time on instead of waiting. Two that
     * wait for the same second move it on by one second, not by two.
     */
    @Override
    @SuppressWarnings("WaitNotInLoop") // the caller loops, as with Condition itself
    public long awaitNanos(Condition condition, long nanos) throws InterruptedException {
        long due = nanoTime() + Math.max(0, nanos);
        if (condition.await(0, TimeUnit.NANOSECONDS)) {
            return nanos;
        }
        advanceTo(due);
        return 0;
    }

    /** Runs an action whenever somebody has said that time shall pass; never for those who wait, who hold locks. */
    void follow(Runnable action) {
        followers.add(action);
    }

    private void advanceTo(long nanos) {
        elapsed.accumulateAndGet(nanos, Math::max);
    }

    @Override
    public String toString() {
        return "VirtualTime[" + instant() + "]";
    }
}
