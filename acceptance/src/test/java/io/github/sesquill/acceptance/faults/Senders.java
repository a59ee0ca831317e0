package io.github.sesquill.acceptance.faults;

import io.github.sesquill.SendInterceptor;
import io.github.sesquill.SendListener;
import io.github.sesquill.message.EmailMessage;
import io.github.sesquill.transport.SendOutcome;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads that send, one for each message and in their order, and whether an interrupt was kept when it ended. */
final class Senders implements SendInterceptor, SendListener {

    private static final int ENOUGH_IN_LINE = 4;

    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final AtomicInteger queued = new AtomicInteger();
    private volatile boolean keptTheFlag;

    @Override
    public SendOutcome intercept(EmailMessage message, Next next) {
        threads.add(Thread.currentThread());
        return next.proceed(message);
    }

    @Override
    public void queued(int waiting) {
        queued.incrementAndGet();
    }

    @Override
    public void finished(SendOutcome outcome, Duration took) {
        keptTheFlag |= Thread.currentThread().isInterrupted();
    }

    /** Waits until there are so many, all of which wait but the first: in line, or for a thread if enough are in line. */
    void awaitWaitingBehindTheFirst(int messages) {
        Workbench.awaitTrue(
                "all but the first wait",
                () -> areThere(messages) && threads.stream().skip(1).allMatch(Senders::isWaiting));
    }

    private boolean areThere(int messages) {
        return threads.size() == messages || (queued.get() == messages && threads.size() > ENOUGH_IN_LINE);
    }

    private static boolean isWaiting(Thread thread) {
        return thread.getState() == Thread.State.WAITING || thread.getState() == Thread.State.TIMED_WAITING;
    }

    void interruptLast() {
        threads.get(threads.size() - 1).interrupt();
    }

    boolean keptTheFlag() {
        return keptTheFlag;
    }
}
