package io.github.sesquill;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Counts who sends a bulk. An executor may run what it was given late, never, or at once on a thread that works for the
 * bulk already; so only who has begun is counted on, and the last to leave ends the bulk, for whoever comes later too.
 */
final class BulkWorkers {

    private final ReentrantLock lock = new ReentrantLock();
    private final Set<Thread> atWork = new HashSet<>();
    private int called;
    private boolean ended;

    /** Counts one that is called in, unless there are as many as may be. */
    boolean mayCall(int most) {
        lock.lock();
        try {
            boolean may = !ended && called < most;
            called += may ? 1 : 0;
            return may;
        } finally {
            lock.unlock();
        }
    }

    /** Takes a call back that nobody took. */
    void tookNone() {
        lock.lock();
        try {
            called--;
        } finally {
            lock.unlock();
        }
    }

    /** Has the calling thread begin, unless it works for the bulk already, or the bulk has ended. */
    boolean begin() {
        lock.lock();
        try {
            boolean begun = !ended && atWork.add(Thread.currentThread());
            called -= begun ? 0 : 1;
            return begun;
        } finally {
            lock.unlock();
        }
    }

    /** Lets the calling thread go, unless it is the last. */
    boolean leaveToOthers() {
        lock.lock();
        try {
            return atWork.size() > 1 && leave();
        } finally {
            lock.unlock();
        }
    }

    private boolean leave() {
        called--;
        return atWork.remove(Thread.currentThread());
    }

    /** Lets the calling thread go, with whom the bulk ends if it is the last; tells whether it did. */
    boolean leaveForGood() {
        lock.lock();
        try {
            leave();
            return endIfNobodyWorks();
        } finally {
            lock.unlock();
        }
    }

    /** Ends the bulk if no thread works for it; tells whether that ended it, which happens once. */
    boolean endIfNobodyWorks() {
        lock.lock();
        try {
            boolean ends = !ended && atWork.isEmpty();
            ended |= ends;
            return ends;
        } finally {
            lock.unlock();
        }
    }
}
