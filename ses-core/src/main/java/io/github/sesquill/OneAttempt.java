package io.github.sesquill;

import io.github.sesquill.time.TimeSource;
import io.github.sesquill.transport.EmailTransport;
import io.github.sesquill.transport.SendOutcome;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has the transport make one attempt, behind a gate that knows whether the message was handed over. */
record OneAttempt(EmailTransport transport, AttemptIds ids, TimeSource time, Listeners listeners) implements Stage {

    private static final Logger LOG = LoggerFactory.getLogger(SesMailer.class);

    @Override
    public SendOutcome pass(Send send, Next next) {
        HandOffGate gate = send.beginAttempt(ids.next());
        long start = time.nanoTime();
        SendOutcome outcome = outcome(send, gate).withTrail(List.of(gate.id()), List.of());
        send.endAttempt(outcome);
        listeners.attempted(gate.id(), outcome, Duration.ofNanos(time.nanoTime() - start));
        return outcome;
    }

    private SendOutcome outcome(Send send, HandOffGate gate) {
        try {
            return gate.judge(transport.send(send.message(), gate));
        } catch (RuntimeException e) {
            LOG.warn(
                    "Attempt {} failed inside the transport with {}.",
                    gate.id(),
                    e.getClass().getName());
            return gate.judge(e);
        }
    }
}
