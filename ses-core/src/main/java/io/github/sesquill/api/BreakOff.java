package io.github.sesquill.api;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/**
 * How a call is broken off, which depends on where it is: while the SDK prepares it, by waking its thread, which may be
 * waiting for credentials; once it has a request, by aborting that; after its end, not at all.
 *
 * <p>Made on the thread of the call. What woke that thread is cleared away at the end, so that nothing later takes it for
 * an interrupt of the user's.
 */
final class BreakOff {

    /** Where it is when there is no request to abort. */
    private enum Stage implements Runnable {
        PREPARING,
        WAKING,
        ENDED;

        @Override
        public void run() {
            // Nothing to abort, or nothing any more.
        }
    }

    private final Thread thread = Thread.currentThread();
    private final AtomicReference<Runnable> stage = new AtomicReference<>(Stage.PREPARING);
    private volatile boolean begun;
    private volatile boolean woken;

    /** Says how it is broken off from now on; at once if it has been already. */
    void by(Runnable abort) {
        moveTo(abort);
        if (begun) {
            abort.run();
        }
    }

    /** Breaks the call off, on any thread. */
    void now() {
        begun = true;
        if (stage.compareAndSet(Stage.PREPARING, Stage.WAKING)) {
            woken = true;
            thread.interrupt();
            stage.set(Stage.PREPARING);
        } else {
            Objects.requireNonNull(stage.get()).run();
        }
    }

    /** Tells whether the thread of the call is interrupted, by whomever. */
    boolean isInterrupted() {
        return thread.isInterrupted();
    }

    /** Ends the call, on its own thread. */
    void end() {
        moveTo(Stage.ENDED);
        if (woken) {
            Thread.interrupted();
        }
    }

    /** Waits a moment while the thread is being woken: the interrupt must not hit what it does next. */
    private void moveTo(Runnable next) {
        Runnable now = stage.get();
        while (now == Stage.WAKING || !stage.compareAndSet(now, next)) {
            Thread.onSpinWait();
            now = stage.get();
        }
    }
}
