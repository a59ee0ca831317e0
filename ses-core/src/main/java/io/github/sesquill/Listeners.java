package io.github.sesquill;

import io.github.sesquill.transport.SendOutcome;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells all listeners, none of whom can break a send. */
record Listeners(List<SendListener> all) {

    private static final Logger LOG = LoggerFactory.getLogger(SesMailer.class);

    void queued(int waiting) {
        tell(listener -> listener.queued(waiting));
    }

    void waited(int recipients, Duration inLine) {
        if (!inLine.isZero()) {
            tell(listener -> listener.waited(recipients, inLine));
        }
    }

    void attempted(String attemptId, SendOutcome outcome, Duration took) {
        tell(listener -> listener.attempted(attemptId, outcome, took));
    }

    void finished(SendOutcome outcome, Duration took) {
        tell(listener -> listener.finished(outcome, took));
    }

    private void tell(Consumer<SendListener> event) {
        for (SendListener listener : all) {
            try {
                event.accept(listener);
            } catch (RuntimeException | Error e) {
                LOG.warn(
                        "A send listener failed with {}; the send is not affected.",
                        e.getClass().getName());
            }
        }
    }
}
