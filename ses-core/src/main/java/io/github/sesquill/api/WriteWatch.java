package io.github.sesquill.api;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The write timeout, which a blocking socket does not have: looks now and then whether more of the body was taken, and
 * aborts if not.
 *
 * <p>It looks only at bodies that the HTTP client takes in several pieces, and only until their last one; so a stall is
 * seen after one to two timeouts, and a small mail never pays for it.
 */
final class WriteWatch {

    private final ScheduledExecutorService timer;
    private final Duration timeout;
    private volatile long bytesLeft;
    private volatile @Nullable ScheduledFuture<?> looking;

    WriteWatch(ScheduledExecutorService timer, Duration timeout) {
        this.timer = timer;
        this.timeout = timeout;
    }

    void progressed(long left, Exchange exchange) {
        bytesLeft = left;
        if (looking == null) {
            looking = timer.scheduleWithFixedDelay(
                    new Look(left, exchange), timeout.toNanos(), timeout.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    void stop() {
        ScheduledFuture<?> started = looking;
        if (started != null) {
            started.cancel(false);
        }
    }

    private final class Look implements Runnable {

        private final Exchange exchange;
        private long before;

        Look(long left, Exchange exchange) {
            this.before = left;
            this.exchange = exchange;
        }

        @Override
        public void run() {
            long now = bytesLeft;
            if (now == before) {
                exchange.abort();
            }
            before = now;
        }
    }
}
