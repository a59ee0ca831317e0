package io.github.sesquill.time;

import java.time.InstantSource;
import java.util.concurrent.locks.Condition;

/**
 * Wall clock, elapsed time and waiting in one place, so that a test can own all three and nothing sleeps.
 *
 * <p>Rates, timeouts and back-off are measured with {@link #nanoTime()}, which never goes back; the wall clock of
 * {@link #instant()} is for what people read. Implementations are thread-safe.
 */
public interface TimeSource extends InstantSource {

    /** {@return the time of this machine} */
    static TimeSource system() {
        return SystemTimeSource.INSTANCE;
    }

    /** {@return nanoseconds since an arbitrary origin, never going back; only differences mean something} */
    long nanoTime();

    /**
     * Waits on a condition whose lock the caller holds, as {@link Condition#awaitNanos(long)} does.
     *
     * @param condition what to wait on; a signal ends the wait early
     * @param nanos the longest wait in nanoseconds
     * @return what is left of {@code nanos}; zero or less when the time has passed
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    long awaitNanos(Condition condition, long nanos) throws InterruptedException;

    /**
     * Tells whether time passes by itself, so that any number of threads may wait for different moments of it. Where it
     * only passes because somebody waits, only one may: whose turn it is.
     *
     * @return {@code false} unless an implementation says otherwise; {@code true} for {@link #system()}
     */
    default boolean passesByItself() {
        return false;
    }
}
