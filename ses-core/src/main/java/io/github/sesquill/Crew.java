package io.github.sesquill;

import io.github.sesquill.Submissions.Queued;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Has as many threads of a pool send what is queued as it takes to use the quota up. Each takes a send, does it and takes
 * the next. While none of them waits for quota another is called in; while several do, who has sent goes home. The fewer
 * take turns, the more of what each needs is still in the caches of the processor.
 */
final class Crew implements Workforce {

    /** So many in line keep the quota busy; more would only hold threads. */
    private static final int ENOUGH_IN_LINE = 4;

    private final Executor pool;
    private final int most;
    private final SendLine line;
    private final Queue<Queued> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger called = new AtomicInteger();
    private final AtomicInteger inLine = new AtomicInteger();

    Crew(Executor pool, int most, SendLine line) {
        this.pool = pool;
        this.most = most;
        this.line = line;
    }

    /** Takes a send that one of its threads will do. If it throws because there is no thread, the send stays queued. */
    void take(Queued queued) {
        // Those that let others pass may wait for long, and nobody who is let pass must wait for their threads.
        if (!queued.send.options().isBulk()) {
            queued.send.isSentBy(this);
        }
        queue.add(queued);
        if (!areEnough()) {
            callOneIn();
        }
    }

    /** Drops a send that no thread has begun. */
    void forget(Queued queued) {
        queue.remove(queued);
    }

    /** Tells whether those in line use the quota up, and get as much of it as all others who wait. */
    private boolean areEnough() {
        int ours = inLine.get();
        return ours >= ENOUGH_IN_LINE && ours >= line.size() - ours;
    }

    private void callOneIn() {
        if (!mayCall()) {
            return;
        }
        try {
            pool.execute(this::work);
        } catch (RuntimeException | Error e) {
            // On a machine that has no more threads those who work will do.
            if (called.decrementAndGet() == 0) {
                throw e;
            }
        }
    }

    /** Counts one more, unless there are as many as may be. */
    private boolean mayCall() {
        return called.getAndUpdate(now -> Math.min(now + 1, most)) < most;
    }

    private void work() {
        try {
            boolean needed = true;
            while (needed) {
                sendWhileNeeded();
                called.decrementAndGet();
                // Whoever queued a send just now may have counted on this thread.
                needed = areTooFew() && mayCall();
            }
        } catch (RuntimeException | Error e) {
            called.decrementAndGet();
            callForHelp();
            throw e;
        }
    }

    private void sendWhileNeeded() {
        for (Queued next = queue.poll(); next != null; next = areEnough() ? null : queue.poll()) {
            callForHelp();
            next.run();
            // An interrupt was meant for the send that is done.
            Thread.interrupted();
        }
    }

    private boolean areTooFew() {
        return inLine.get() == 0 && !queue.isEmpty();
    }

    /** Calls another thread in while the quota is not what is waited for. */
    private void callForHelp() {
        if (areTooFew()) {
            callOneIn();
        }
    }

    @Override
    public void entersLine() {
        inLine.incrementAndGet();
    }

    @Override
    public void leavesLine() {
        inLine.decrementAndGet();
        callForHelp();
    }

    @Override
    public boolean waitsForDay() {
        return false;
    }
}
