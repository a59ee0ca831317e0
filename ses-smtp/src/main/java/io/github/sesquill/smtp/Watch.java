package io.github.sesquill.smtp;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * Looks at all connections of a transport fifty times a second: breaks off what is blocked for too long and closes what is
 * idle for too long. The one daemon thread comes with the first connection and goes with the last.
 */
final class Watch {

    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Set<Wire> wires = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean watching = new AtomicBoolean();
    private final Runnable tidying;

    Watch(Runnable tidying) {
        this.tidying = tidying;
    }

    void over(Wire wire) {
        wires.add(wire);
        ensureWatching();
    }

    void forget(Wire wire) {
        wires.remove(wire);
    }

    private void ensureWatching() {
        if (!watching.get() && watching.compareAndSet(false, true)) {
            Thread thread = new Thread(this::watch, "sesquill-smtp-watch");
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
            while (!wires.isEmpty()) {
                LockSupport.parkNanos(TICK_NANOS);
                long now = System.nanoTime();
                for (Wire wire : wires) {
                    wire.look(now);
                }
                tidying.run();
            }
        } finally {
            watching.set(false);
            if (!wires.isEmpty()) {
                ensureWatching();
            }
        }
    }
}
