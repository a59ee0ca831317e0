package io.github.sesquill;

import io.github.sesquill.time.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The sends under way in one mailer, so that closing can wait for them and say what was left. */
final class Sends {

    private final Set<Send> running = ConcurrentHashMap.newKeySet();
    private final Set<Bulk> bulks = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition fewer = lock.newCondition();
    private final TimeSource time;
    private final AtomicBoolean closed = new AtomicBoolean();

    Sends(TimeSource time) {
        this.time = time;
    }

    /** Lets a send begin, unless the mailer is closed. */
    boolean begin(Send send) {
        if (closed.get()) {
            return false;
        }
        running.add(send);
        if (closed.get()) {
            end(send);
            return false;
        }
        return true;
    }

    void end(Send send) {
        running.remove(send);
        if (closed.get()) {
            lock.lock();
            try {
                fewer.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /** Lets a bulk begin, unless the mailer is closed. */
    boolean begin(Bulk bulk) {
        bulks.add(bulk);
        return !closed.get();
    }

    void end(Bulk bulk) {
        bulks.remove(bulk);
    }

    /** Lets no more begin, nor a bulk that still waits for a thread; answers whether it did so before. */
    boolean close() {
        boolean before = closed.getAndSet(true);
        bulks.forEach(Bulk::mailerCloses);
        return before;
    }

    /** Waits until all have ended; an interrupt ends the wait and stays set. */
    void awaitEnd(Duration atMost) {
        lock.lock();
        try {
            long left = atMost.toNanos();
            while (!isAllTold() && left > 0) {
                left = time.awaitNanos(fewer, left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    /** A caller who closes the mailer when told of his send would otherwise wait for himself. */
    private boolean isAllTold() {
        Thread me = Thread.currentThread();
        return running.stream().allMatch(send -> send.isTold(me));
    }

    /** Cancels all that are still under way; none may begin what another has made room for. */
    Leftover cancel() {
        Thread me = Thread.currentThread();
        List<Send> left = running.stream().filter(send -> !send.isTold(me)).toList();
        left.forEach(Send::goNoFurther);
        int handedOver = 0;
        int cancelled = 0;
        for (Send send : left) {
            if (send.cancel()) {
                handedOver += send.messages();
            } else {
                cancelled += send.messages();
            }
        }
        return new Leftover(cancelled, handedOver);
    }
}
