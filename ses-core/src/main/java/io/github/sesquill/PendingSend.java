package io.github.sesquill;

import io.github.sesquill.transport.SendOutcome;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A send that another thread does: ends exactly once, and always with an outcome.
 *
 * <pre>{@code
 * PendingSend pending = mailer.sendAsync(message);
 * pending.outcome().thenAccept(outcome -> System.out.println(outcome));
 * }</pre>
 *
 * <p>What is chained to {@link #outcome()} runs after the connection and the quota are free again: on the thread that sent,
 * on the one that cancels a send which no thread has begun, or on the one that finds it late in the queue; {@code …Async}
 * methods with an executor of yours keep what is slow off it. What it throws stays in its own stage.
 *
 * <p>Thread-safe.
 */
public final class PendingSend {

    private final CompletableFuture<SendOutcome> future = new CompletableFuture<>();
    private final AtomicBoolean begun = new AtomicBoolean();
    private final Send send;
    private final Pipeline pipeline;

    PendingSend(Send send, Pipeline pipeline) {
        this.send = send;
        this.pipeline = pipeline;
    }

    /**
     * Waits for the outcome. It comes within the deadline of the send, whether or not a thread has taken it up, give or
     * take what breaking it off takes.
     */
    public SendOutcome join() {
        return future.join();
    }

    /** Returns the outcome as a stage that never fails and that nobody else can complete. */
    public CompletionStage<SendOutcome> outcome() {
        return future.minimalCompletionStage();
    }

    /** Tells whether there is an outcome. */
    public boolean isDone() {
        return future.isDone();
    }

    /**
     * Cancels it: the outcome is {@link SendOutcome.Reason#CANCELLED} if the message was not handed over, or SES refused
     * it for now and it would have been tried again; unknown if it was handed over and SES has not answered. Does nothing
     * once there is an outcome.
     */
    public void cancel() {
        if (!isDone()) {
            pipeline.cancel(send);
        }
    }

    /** Answers true to the first who would send or end it, and to nobody after him. */
    boolean begin() {
        return begun.compareAndSet(false, true);
    }

    /** Sends. */
    void run() {
        end(pipeline.outcome(send));
    }

    /** Ends it with this outcome. */
    void end(SendOutcome outcome) {
        SendOutcome told = pipeline.finished(send, outcome);
        try {
            future.complete(told);
        } finally {
            pipeline.ended(send);
        }
    }

    /** Tells the outcome, if there is one. */
    @Override
    public String toString() {
        return "PendingSend[" + (isDone() ? future.join() : "pending") + ']';
    }
}
