package io.github.sesquill;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The sends that wait for a thread, of which there are only so many. */
final class Waiting {

    /** How often who waits for a place looks at its deadline, which may run on another time than this machine's. */
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final int capacity;
    private final boolean refuseWhenFull;
    private final SendingThreads threads;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition left = lock.newCondition();
    private int waiting;
    private boolean closed;

    Waiting(int capacity, boolean refuseWhenFull, SendingThreads threads) {
        this.capacity = capacity;
        this.refuseWhenFull = refuseWhenFull;
        this.threads = threads;
    }

    /** What came of asking for a place. */
    enum Place {
        TAKEN,
        FULL,
        LATE,
        CANCELLED
    }

    /** Takes a place, or waits for one as long as the send may take. */
    Place enter(Send send) {
        lock.lock();
        try {
            while (waiting >= capacity && !closed) {
                // Who sends must not wait for a place that only those who send can free.
                if (refuseWhenFull || threads.isOne()) {
                    return Place.FULL;
                }
                if (send.remainingNanos() <= 0) {
                    left.signal();
                    return Place.LATE;
                }
                left.await(Math.min(LOOK_NANOS, send.remainingNanos()), TimeUnit.NANOSECONDS);
            }
            if (closed) {
                return Place.CANCELLED;
            }
            waiting++;
            return Place.TAKEN;
        } catch (InterruptedException e) {
            left.signal();
            Thread.currentThread().interrupt();
            return Place.CANCELLED;
        } finally {
            lock.unlock();
        }
    }

    /** Gives a place back. */
    void leave() {
        lock.lock();
        try {
            waiting--;
            left.signal();
        } finally {
            lock.unlock();
        }
    }

    int size() {
        lock.lock();
        try {
            return waiting;
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            left.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
