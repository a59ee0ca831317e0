package io.github.sesquill;

import io.github.sesquill.transport.EmailTransport;
import io.github.sesquill.transport.SendOutcome;
import io.github.sesquill.transport.SendOutcome.Reason;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The line of no return of one attempt: it is passed once, or refused for good.
 *
 * <p>Whoever comes first decides, the transport with {@link #handOff()} or whoever breaks off with {@link #breakOff()}. What
 * happens to the exchange afterwards does not change what was decided.
 */
final class HandOffGate implements EmailTransport.Attempt {

    private static final Logger LOG = LoggerFactory.getLogger(SesMailer.class);

    private enum State {
        OPEN,
        PASSED,
        REFUSED_LATE,
        REFUSED_CANCELLED
    }

    private final String id;
    private final Send send;
    private final AtomicReference<State> state = new AtomicReference<>(State.OPEN);
    private final AtomicReference<@Nullable Runnable> breakOff = new AtomicReference<>();
    private volatile boolean broken;

    HandOffGate(String id, Send send) {
        this.id = id;
        this.send = send;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Duration remaining() {
        return Duration.ofNanos(send.remainingNanos());
    }

    @Override
    public boolean handOff() {
        if (send.isBrokenOff()) {
            state.compareAndSet(State.OPEN, State.REFUSED_CANCELLED);
        } else if (send.remainingNanos() <= 0) {
            state.compareAndSet(State.OPEN, State.REFUSED_LATE);
        }
        return state.compareAndSet(State.OPEN, State.PASSED) || isPassed();
    }

    @Override
    public void onAbort(Runnable action) {
        breakOff.set(action);
        if (broken) {
            runBreakOff();
        }
    }

    /** Breaks the exchange off; answers whether the message had been handed over. */
    boolean breakOff() {
        state.compareAndSet(State.OPEN, State.REFUSED_CANCELLED);
        broken = true;
        runBreakOff();
        return isPassed();
    }

    private void runBreakOff() {
        Runnable action = breakOff.getAndSet(null);
        if (action == null) {
            return;
        }
        try {
            action.run();
        } catch (RuntimeException | Error e) {
            // Whoever breaks off has other sends to reach, and what was decided stands.
            LOG.warn(
                    "Attempt {} could not be broken off: its transport failed with {}.",
                    id,
                    e.getClass().getName());
        }
    }

    boolean isPassed() {
        return state.get() == State.PASSED;
    }

    /** Judges an answer: a refused gate says itself why nothing was sent. */
    SendOutcome judge(SendOutcome answer) {
        return answer instanceof SendOutcome.NotSent ? whyRefused(answer) : answer;
    }

    /** Judges an exception that tells nothing of what SES has: only the gate does. */
    SendOutcome judge(RuntimeException failure) {
        String what = "the transport failed with " + failure.getClass().getName();
        if (isPassed()) {
            return SendOutcome.unknown("After the message was handed over " + what + ".");
        }
        return whyRefused(SendOutcome.notSent(Reason.UNAVAILABLE, "Before the message was handed over " + what + ".")
                .retryable(null));
    }

    private SendOutcome whyRefused(SendOutcome otherwise) {
        return switch (Objects.requireNonNull(state.get())) {
            case REFUSED_LATE -> send.late();
            case REFUSED_CANCELLED -> send.cancelled();
            case OPEN, PASSED -> otherwise;
        };
    }
}
