package io.github.sesquill;

import io.github.sesquill.transport.SendOutcome;
import java.time.Duration;

/**
 * Hears what a mailer does, for metrics and logs.
 *
 * <pre>
 * waited      once for each attempt that had to wait for quota
 * attempted   after each attempt
 * finished    once for each message, whatever became of it
 * </pre>
 *
 * <p>Called in the sending thread, so it must be quick and thread-safe. What it throws is logged and changes nothing. An
 * outcome's {@code detail()} and {@code suppressed()} may hold addresses; its {@code toString()} does not.
 */
public interface SendListener {

    /** An attempt waited in line for quota. */
    default void waited(int recipients, Duration inLine) {}

    /** An attempt ended. */
    default void attempted(String attemptId, SendOutcome outcome, Duration took) {}

    /** A send ended, with the outcome that the caller gets. */
    default void finished(SendOutcome outcome, Duration took) {}
}
