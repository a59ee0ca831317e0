package io.github.sesquill.api;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * Looks at all exchanges of a transport ten times a second, more often where timeouts are short, and when the time of one is
 * up; gives up those that take too long.
 *
 * <p>A timer for each of them would cost a send a tenth of its time, fifty looks a second a fortieth. The one daemon
 * thread comes with an exchange and goes when there was none for a while, or with its transport.
 */
final class Watch {

    private static final long SHORTEST_TICK = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long LONGEST_TICK = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int IDLE_TICKS = 100;

    private final Set<Exchange> exchanges = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean watching = new AtomicBoolean();
    private final long tick;
    private volatile boolean closed;

    Watch(ApiTimeouts timeouts) {
        Duration shortest = timeouts.write().compareTo(timeouts.total()) < 0 ? timeouts.write() : timeouts.total();
        this.tick = withinBounds(shortest.toNanos() / 10);
    }

    private static long withinBounds(long nanos) {
        return Math.max(SHORTEST_TICK, Math.min(LONGEST_TICK, nanos));
    }

    void begin(Exchange exchange) {
        exchanges.add(exchange);
        ensureWatching();
    }

    void end(Exchange exchange) {
        exchanges.remove(exchange);
    }

    /** Lets the thread go as soon as nothing is under way. */
    void close() {
        closed = true;
    }

    private void ensureWatching() {
        if (!watching.get() && watching.compareAndSet(false, true)) {
            Thread thread = new Thread(this::watch, "sesquill-api-watch");
            thread.setDaemon(true);
            start(thread);
        }
    }

    /** A machine that has no more threads now may have some later. */
    private void start(Thread thread) {
        boolean started = false;
        try {
            thread.start();
            started = true;
        } finally {
            if (!started) {
                watching.set(false);
            }
        }
    }

    /** A clock of the user's may throw; another thread goes on then. */
    private void watch() {
        try {
            lookUntilIdle();
        } finally {
            watching.set(false);
            if (!exchanges.isEmpty()) {
                ensureWatching();
            }
        }
    }

    private void lookUntilIdle() {
        int idle = 0;
        long pause = tick;
        while (idle < (closed ? 1 : IDLE_TICKS)) {
            LockSupport.parkNanos(pause);
            idle = exchanges.isEmpty() ? idle + 1 : 0;
            pause = tick;
            long now = System.nanoTime();
            for (Exchange exchange : exchanges) {
                pause = Math.min(pause, exchange.look(now));
            }
            pause = withinBounds(pause);
        }
    }
}
