package io.github.sesquill.smtp;

import io.github.sesquill.time.TimeSource;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The connections of a transport: at most so many at once, each kept only as long as SES keeps it. The one used last is
 * used first, so that those that are not needed grow old.
 */
final class Pool {

    private static final long GROWS_AFTER_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long QUIT_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final PoolLimits limits;
    private final TimeSource time;
    private final Watch watch = new Watch(this::tidy);
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Connection> idle = new ArrayDeque<>();
    private final Set<Connection> used = new HashSet<>();
    private int open;
    private int waiting;
    private int limit;
    private long shrunkAt;
    private boolean closed;
    private boolean brokenOff;

    Pool(PoolLimits limits, TimeSource time) {
        this.limits = limits;
        this.time = time;
        this.limit = limits.connections();
    }

    Watch watch() {
        return watch;
    }

    /**
     * Waits until there is a connection at rest or room for another. Whoever comes leaves to those who wait already what
     * is there for them, or he who gives one back and asks again would always be first.
     *
     * @return a connection, perhaps dead by now; nothing if the caller may open one and must then {@link #opened} or
     *     {@link #notOpened}, or if the time is up or the exchange given up, which {@code exchange} tells
     */
    @Nullable
    Connection take(Exchange exchange) throws InterruptedException, NoRoomException {
        List<Connection> worn = new ArrayList<>();
        lock.lockInterruptibly();
        try {
            grow();
            boolean mayTake = idle.size() + limit - open > waiting;
            while (!closed && !exchange.isGivenUp()) {
                Connection rested = mayTake ? rested(worn) : null;
                if (rested != null) {
                    used.add(rested);
                    return rested;
                }
                if (mayTake && open < limit) {
                    open++;
                    return null;
                }
                long left = exchange.nanosLeft();
                if (left <= 0) {
                    break;
                }
                // Whoever cancels does not wake this one; it looks for itself.
                waiting++;
                try {
                    long unused = changed.awaitNanos(Math.min(left, TimeUnit.MILLISECONDS.toNanos(50)));
                } finally {
                    waiting--;
                }
                mayTake = true;
            }
            throw new NoRoomException(closed);
        } finally {
            lock.unlock();
            worn.forEach(this::quit);
        }
    }

    private @Nullable Connection rested(List<Connection> worn) {
        long now = time.nanoTime();
        Connection next = idle.pollFirst();
        while (next != null && next.isWornOut(now, limits)) {
            open--;
            worn.add(next);
            next = idle.pollFirst();
        }
        return next;
    }

    /** Tells whether a connection that was taken must show that it lives before a message is begun on it. */
    boolean mustBeChecked(Connection connection) {
        return connection.mustBeChecked(time.nanoTime(), limits);
    }

    /** Notes a connection that the caller has opened. */
    void opened(Connection connection) {
        lock.lock();
        try {
            used.add(connection);
            if (brokenOff) {
                connection.wire().abort("the transport was closed");
            }
        } finally {
            lock.unlock();
        }
    }

    /** Notes that the caller has not opened one; shrinks to what there is if the server has too many. */
    void notOpened(boolean crowded) {
        lock.lock();
        try {
            open--;
            if (crowded) {
                shrink();
            }
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Notes that the server had too many connections or wants this one gone. */
    void crowded() {
        lock.lock();
        try {
            shrink();
        } finally {
            lock.unlock();
        }
    }

    private void shrink() {
        limit = Math.max(1, Math.min(limit, open));
        shrunkAt = time.nanoTime();
    }

    private void grow() {
        long now = time.nanoTime();
        if (limit < limits.connections() && now - shrunkAt >= GROWS_AFTER_NANOS) {
            limit++;
            shrunkAt = now;
        }
    }

    /** Tells whether there are connections besides the one that the caller could not open. */
    boolean hasOthers() {
        lock.lock();
        try {
            return open > 1;
        } finally {
            lock.unlock();
        }
    }

    int limit() {
        lock.lock();
        try {
            return limit;
        } finally {
            lock.unlock();
        }
    }

    /** Takes a connection back, to keep it or to part from it. */
    void giveBack(Connection connection) {
        boolean kept = false;
        lock.lock();
        try {
            used.remove(connection);
            long now = time.nanoTime();
            connection.rest(now);
            kept = connection.isUsable() && !closed && !connection.isWornOut(now, limits) && open <= limit;
            if (kept) {
                idle.addFirst(connection);
            } else {
                open--;
            }
            changed.signal();
        } finally {
            lock.unlock();
        }
        if (!kept && connection.isUsable()) {
            quit(connection);
        } else if (!kept) {
            drop(connection);
        }
    }

    /** Parts from all that are at rest: one of them was found dead, and what killed it may have killed them all. */
    void dropIdle() {
        takeIdle().forEach(this::drop);
    }

    private List<Connection> takeIdle() {
        lock.lock();
        try {
            List<Connection> all = List.copyOf(idle);
            idle.clear();
            open -= all.size();
            changed.signalAll();
            return all;
        } finally {
            lock.unlock();
        }
    }

    private void tidy() {
        List<Connection> worn = new ArrayList<>();
        lock.lock();
        try {
            long now = time.nanoTime();
            idle.removeIf(connection -> connection.isWornOut(now, limits) && worn.add(connection));
            open -= worn.size();
        } finally {
            lock.unlock();
        }
        worn.forEach(this::quit);
    }

    private void quit(Connection connection) {
        connection.wire().quit(System.nanoTime() + QUIT_NANOS);
        watch.forget(connection.wire());
    }

    private void drop(Connection connection) {
        connection.wire().abort();
        watch.forget(connection.wire());
    }

    /** Closes what is at rest, waits for what is in use, and breaks off what is in use still. */
    void close(Duration drain) {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        takeIdle().forEach(this::quit);
        awaitUsed(drain);
    }

    private void awaitUsed(Duration drain) {
        lock.lock();
        try {
            long end = System.nanoTime() + drain.toNanos();
            while (open > 0 && end - System.nanoTime() > 0) {
                long unused = changed.awaitNanos(end - System.nanoTime());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            brokenOff = true;
            used.forEach(connection -> connection.wire().abort("the transport was closed"));
            lock.unlock();
        }
    }

    /** No connection could be had. */
    static final class NoRoomException extends Exception {

        private static final long serialVersionUID = 1;

        private final boolean closed;

        NoRoomException(boolean closed) {
            super(null, null, false, false);
            this.closed = closed;
        }

        boolean isClosed() {
            return closed;
        }
    }
}
