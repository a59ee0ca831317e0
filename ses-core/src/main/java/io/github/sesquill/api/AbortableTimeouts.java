package io.github.sesquill.api;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The executor of the SDK's timeouts, which can also be made to run early.
 *
 * <p>The SDK lets nobody abort a synchronous call but its own timeout, which closes the connection and wakes the thread
 * and then clears its interrupt flag again. So an attempt is broken off by running that very timeout ahead of time. It
 * has one daemon thread, made with the first timeout and gone after a minute without one.
 *
 * <p>Here, too, the timeout of a call shrinks to what is left of its attempt: a request that says so itself costs the SDK
 * 3.5 KB.
 */
final class AbortableTimeouts extends ScheduledThreadPoolExecutor {

    private static final Duration IDLE = Duration.ofMinutes(1);
    private static final long BEAT_SECONDS = 1;

    private final AtomicBoolean beating = new AtomicBoolean();

    AbortableTimeouts() {
        super(1, task -> {
            Thread thread = new Thread(task, "sesquill-api-timeouts");
            thread.setDaemon(true);
            return thread;
        });
        setRemoveOnCancelPolicy(true);
        setKeepAliveTime(IDLE.toSeconds(), TimeUnit.SECONDS);
        allowCoreThreadTimeOut(true);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable timeout, long delay, TimeUnit unit) {
        startBeating();
        Exchange exchange = Exchange.current();
        if (exchange == null) {
            return super.schedule(timeout, delay, unit);
        }
        exchange.breakOffBy(timeout);
        return super.schedule(timeout, Math.min(unit.toNanos(delay), exchange.nanosLeft()), TimeUnit.NANOSECONDS);
    }

    /**
     * Keeps something in the queue that comes sooner than a timeout. Each timeout that came first would wake the thread,
     * which costs a send more than a tenth of its time.
     */
    @SuppressWarnings("FutureReturnValueIgnored") // after a shutdown there is nothing to keep awake for
    private void startBeating() {
        if (!beating.get() && beating.compareAndSet(false, true)) {
            super.schedule(this::beat, BEAT_SECONDS, TimeUnit.SECONDS);
        }
    }

    private void beat() {
        beating.set(false);
        if (!getQueue().isEmpty()) {
            startBeating();
        }
    }
}
