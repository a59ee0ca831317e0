package io.github.sesquill;

import io.github.sesquill.transport.SendOutcome;
import io.github.sesquill.transport.SendOutcome.Reason;

/** Takes sends for other threads to do, as many as the queue takes. */
record Submissions(Pipeline pipeline, Waiting waiting, SendingThreads threads, Listeners listeners) {

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
        Runnable task = () -> {
            if (pending.begin()) {
                waiting.leave();
                pending.run();
            }
        };
        send.whileQueued(() -> {
            threads.forget(task);
            leaveQueue(pending, send.cancelled());
        });
        try {
            threads.send(task);
        } catch (RuntimeException | Error e) {
            // Mostly a RejectedExecutionException, but also a machine that has no more threads.
            leaveQueue(pending, full(SendingThreads.refusal(e)));
        }
    }

    /** Ends a send that no thread has begun; it needs neither a thread nor its place any more. */
    private void leaveQueue(PendingSend pending, SendOutcome outcome) {
        if (pending.begin()) {
            waiting.leave();
            pending.end(outcome);
        }
    }

    private static SendOutcome full(String why) {
        return SendOutcome.notSent(Reason.QUEUE_FULL, why + " send it again later.")
                .retryable(null);
    }
}
