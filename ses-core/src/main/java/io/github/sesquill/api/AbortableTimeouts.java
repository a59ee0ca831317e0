package io.github.sesquill.api;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The executor of the SDK's timeouts, which can also be made to run early.
 *
 * <p>The SDK lets nobody abort a synchronous call but its own timeout, which closes the connection and wakes the thread
 * and then clears its interrupt flag again. So an attempt is broken off by running that very timeout ahead of time. It
 * has one daemon thread, made with the first timeout and gone after a minute without one.
 */
final class AbortableTimeouts extends ScheduledThreadPoolExecutor {

    private static final Duration IDLE = Duration.ofMinutes(1);

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
        Exchange exchange = Exchange.current();
        if (exchange != null) {
            exchange.breakOffBy(timeout);
        }
        return super.schedule(timeout, delay, unit);
    }
}
