package io.github.sesquill;

import io.github.sesquill.Submissions.Queued;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Ends the sends whose time is up before a thread takes them up. Its one daemon thread comes with the first that waits and
 * goes when nobody has waited for a while, or with the mailer.
 */
final class Overdue {

    /** How often it looks at least, for the time of a send may be another than this machine's. */
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private static final int IDLE_LOOKS = 10;

    /** Whose time is up first; those of one moment are told apart by who they are. */
    private static final Comparator<Queued> FIRST_LATE = Comparator.comparing(
                    (Queued queued) -> queued.send, (one, other) -> Long.signum(-one.nanosBeforeEndOf(other)))
            .thenComparingLong(queued -> queued.number);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final TreeSet<Queued> queued = new TreeSet<>(FIRST_LATE);
    private @Nullable Thread thread;
    private boolean closed;

    void watch(Queued one) {
        lock.lock();
        try {
            queued.add(one);
            if (thread == null && !closed) {
                begin();
            } else if (queued.first() == one) {
                changed.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** On a machine that has no more threads a send is late when a thread takes it up. */
    private void begin() {
        Thread begun = new Thread(this::lookUntilIdle, "sesquill-overdue");
        begun.setDaemon(true);
        try {
            begun.start();
            thread = begun;
        } catch (OutOfMemoryError e) {
            thread = null;
        }
    }

    void forget(Queued one) {
        lock.lock();
        try {
            queued.remove(one);
        } finally {
            lock.unlock();
        }
    }

    /** A clock of the user's may throw; the next send that waits brings another thread. */
    private void lookUntilIdle() {
        try {
            for (List<Queued> late = nextLate(); !late.isEmpty(); late = nextLate()) {
                late.forEach(Queued::leaveLate);
            }
        } finally {
            isGone();
        }
    }

    /** Noted twice by a thread that goes for want of work, for another may have come between. */
    private void isGone() {
        lock.lock();
        try {
            thread = thread == Thread.currentThread() ? null : thread;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until some are late; nobody is once nobody has waited for a while. */
    private List<Queued> nextLate() {
        lock.lock();
        try {
            List<Queued> late = takeLate();
            for (int idle = 0; late.isEmpty() && idle < IDLE_LOOKS && !closed; idle = queued.isEmpty() ? idle + 1 : 0) {
                long untilFirst =
                        queued.isEmpty() ? LOOK_NANOS : queued.first().send.remainingNanos();
                changed.await(Math.min(LOOK_NANOS, untilFirst), TimeUnit.NANOSECONDS);
                late = takeLate();
            }
            if (late.isEmpty()) {
                isGone();
            }
            return late;
        } catch (InterruptedException e) {
            return List.of();
        } finally {
            lock.unlock();
        }
    }

    private List<Queued> takeLate() {
        List<Queued> late = new ArrayList<>();
        while (!queued.isEmpty() && queued.first().send.remainingNanos() <= 0) {
            late.add(queued.pollFirst());
        }
        return late;
    }

    /** Lets its thread go, and waits for that, unless the thread itself asks. */
    void close(Duration atMost) {
        Thread last;
        lock.lock();
        try {
            closed = true;
            changed.signal();
            last = thread;
        } finally {
            lock.unlock();
        }
        if (last != null && last != Thread.currentThread()) {
            try {
                last.join(Math.max(1, atMost.toMillis()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
