package io.github.sesquill.api;

import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The executor of the SDK's timeouts on a lent client, which hands them to the exchange and never runs them itself.
 *
 * <p>The SDK lets nobody abort a synchronous call but its own timeout, which closes the connection and wakes the thread and
 * then clears its interrupt flag again. So an exchange is broken off by running that very timeout, when it is cancelled and
 * when its {@link Watch} says that it is time.
 */
final class CapturedTimeouts extends ScheduledThreadPoolExecutor {

    /** Its one thread is never started. */
    CapturedTimeouts() {
        super(1);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable timeout, long delay, TimeUnit unit) {
        Exchange exchange = Exchange.current();
        if (exchange == null) {
            throw new IllegalStateException("Only a call that is an exchange has its timeouts here.");
        }
        exchange.breakOffBy(timeout);
        return new Captured(timeout, unit.toNanos(delay));
    }

    /** What the SDK cancels once the call has ended; its own timeouts then do nothing any more. */
    private static final class Captured extends FutureTask<Void> implements ScheduledFuture<Void> {

        private final long delayNanos;

        Captured(Runnable timeout, long delayNanos) {
            super(timeout, null);
            this.delayNanos = delayNanos;
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(delayNanos, TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(delayNanos, other.getDelay(TimeUnit.NANOSECONDS));
        }
    }
}
