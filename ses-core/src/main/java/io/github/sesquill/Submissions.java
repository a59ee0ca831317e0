package io.github.sesquill;

import io.github.sesquill.transport.SendOutcome;
import io.github.sesquill.transport.SendOutcome.Reason;

/** Takes sends for other threads to do, as many as the queue takes. */
record Submissions(Pipeline pipeline, Waiting waiting, SendingThreads threads, Listeners listeners) {

    PendingSend submit(Send send) {
        PendingSend pending = new PendingSend(send, pipeline);
        if (!pipeline.begin(send)) {
            pending.refuse(send.cancelled());
            return pending;
        }
        switch (waiting.enter(send)) {
            case TAKEN -> enqueue(send, pending);
            case FULL -> pending.refuse(full("As many sends as the queue takes are waiting for a thread already;"));
            case LATE -> pending.refuse(send.late());
            case CANCELLED -> pending.refuse(send.cancelled());
        }
        return pending;
    }

    private void enqueue(Send send, PendingSend pending) {
        listeners.queued(waiting.size());
        send.whileQueued(pending::leaveQueue);
        try {
            threads.send(() -> {
                waiting.leave();
                pending.run();
            });
        } catch (RuntimeException | Error e) {
            // Mostly a RejectedExecutionException, but also a machine that has no more threads.
            waiting.leave();
            pending.refuse(full(SendingThreads.refusal(e)));
        }
    }

    private static SendOutcome full(String why) {
        return SendOutcome.notSent(Reason.QUEUE_FULL, why + " send it again later.")
                .retryable(null);
    }
}
