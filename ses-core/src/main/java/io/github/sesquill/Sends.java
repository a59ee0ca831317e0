package io.github.sesquill;

import io.github.sesquill.time.TimeSource;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The sends under way in one mailer, so that closing can wait for them and say what was left. */
final class Sends {

    private final Set<Send> running = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition fewer = lock.newCondition();
    private final TimeSource time;
    private volatile boolean closed;

    Sends(TimeSource time) {
        this.time = time;
    }

    /** Lets a send begin, unless the mailer is closed. */
    boolean begin(Send send) {
        if (closed) {
            return false;
        }
        running.add(send);
        if (closed) {
            end(send);
            return false;
        }
        return true;
    }

    void end(Send send) {
        running.remove(send);
        if (closed) {
            lock.lock();
            try {
                fewer.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /** Lets no more begin; answers whether it did so before. */
    boolean close() {
        boolean before = closed;
        closed = true;
        return before;
    }

    /** Waits until all have ended; an interrupt ends the wait and stays set. */
    void awaitEnd(Duration atMost) {
        lock.lock();
        try {
            long left = atMost.toNanos();
            while (!running.isEmpty() && left > 0) {
                left = time.awaitNanos(fewer, left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    /** Cancels all that are still under way. */
    Leftover cancel() {
        int handedOver = 0;
        int cancelled = 0;
        for (Send send : running) {
            if (send.cancel()) {
                handedOver++;
            } else {
                cancelled++;
            }
        }
        return new Leftover(cancelled, handedOver);
    }
}
