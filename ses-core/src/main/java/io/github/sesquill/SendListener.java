package io.github.sesquill;

import io.github.sesquill.transport.SendOutcome;
import java.time.Duration;

/**
 * Hears what a mailer does, for metrics and logs.
 *
 * <pre>
 * queued      once for each asynchronous send that waits for a thread
 * waited      once for each attempt that had to wait for quota
 * attempted   after each attempt
 * finished    once for each message, whatever became of it
 * </pre>
 *
 * <p>Called in the sending thread, {@code queued} in the submitting one, so it must be quick and thread-safe. What it throws is logged and changes nothing. An
 * outcome's {@code detail()} and {@code suppressed()} may hold addresses; its {@code toString()} does not.
 */
public interface SendListener {

    /** An asynchronous send was put into the queue, where now so many wait for a thread, this one included. */
    default void queued(int waiting) {}

    /** An attempt waited in line for quota. */
    default void waited(int recipients, Duration inLine) {}

    /** An attempt ended. */
    default void attempted(String attemptId, SendOutcome outcome, Duration took) {}

    /** A send ended, with the outcome that the caller gets. */
    default void finished(SendOutcome outcome, Duration took) {}
}
