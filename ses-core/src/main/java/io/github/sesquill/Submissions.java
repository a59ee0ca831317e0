package io.github.sesquill;

import io.github.sesquill.transport.SendOutcome;
import io.github.sesquill.transport.SendOutcome.Reason;
import java.util.concurrent.atomic.AtomicLong;

/** Takes sends for other threads to do, as many as the queue takes. */
final class Submissions {

    private final Pipeline pipeline;
    private final Waiting waiting;
    private final SendingThreads threads;
    private final Overdue overdue;
    private final Listeners listeners;
    private final AtomicLong numbers = new AtomicLong();

    Submissions(Pipeline pipeline, Waiting waiting, SendingThreads threads, Overdue overdue, Listeners listeners) {
        this.pipeline = pipeline;
        this.waiting = waiting;
        this.threads = threads;
        this.overdue = overdue;
        this.listeners = listeners;
    }

    PendingSend submit(Send send) {
        PendingSend pending = new PendingSend(send, pipeline);
        if (!pipeline.begin(send)) {
            pending.end(send.cancelled());
            return pending;
        }
        switch (waiting.enter(send)) {
            case TAKEN -> enqueue(send, pending);
            case FULL -> pending.end(full("As many sends as the queue takes are waiting for a thread already;"));
            case LATE -> pending.end(send.late());
            case CANCELLED -> pending.end(send.cancelled());
        }
        return pending;
    }

    private void enqueue(Send send, PendingSend pending) {
        listeners.queued(waiting.size());
        Queued queued = new Queued(send, pending);
        overdue.watch(queued);
        send.waitsAs(queued);
        try {
            threads.send(queued);
        } catch (RuntimeException | Error e) {
            // Mostly a RejectedExecutionException, but also a machine that has no more threads.
            queued.leave(full(SendingThreads.refusal(e)));
        }
    }

    private static SendOutcome full(String why) {
        return SendOutcome.notSent(Reason.QUEUE_FULL, why + " send it again later.")
                .retryable(null);
    }

    /** A send that waits for a thread: begun by one, or ended without, whichever is first. */
    final class Queued implements Runnable {

        final Send send;
        final long number = numbers.getAndIncrement();
        private final PendingSend pending;

        private Queued(Send send, PendingSend pending) {
            this.send = send;
            this.pending = pending;
        }

        @Override
        public void run() {
            if (pending.begin()) {
                givePlaceBack();
                threads.during(pending::run);
            }
        }

        void leaveLate() {
            leave(send.late());
        }

        void leaveCancelled() {
            leave(send.cancelled());
        }

        /** Ends it; it needs neither a thread nor its place any more. */
        private void leave(SendOutcome outcome) {
            if (pending.begin()) {
                threads.forget(this);
                givePlaceBack();
                threads.during(() -> pending.end(outcome));
            }
        }

        private void givePlaceBack() {
            waiting.leave();
            overdue.forget(this);
        }
    }
}
