package io.github.sesquill;

import io.github.sesquill.message.EmailAddress;
import io.github.sesquill.message.EmailMessage;
import io.github.sesquill.quota.QuotaGuard.Demand;
import io.github.sesquill.time.TimeSource;
import io.github.sesquill.transport.SendOutcome;
import io.github.sesquill.transport.SendOutcome.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** One message on its way through the pipeline: what is left of it, how long it may take, and what has happened to it. */
final class Send {

    private final SendOptions options;
    private final TimeSource time;
    private final long start;
    private final long allowed;
    private final List<String> attemptIds = new ArrayList<>(2);
    private List<EmailAddress> suppressed = List.of();
    private EmailMessage message;
    private volatile @Nullable HandOffGate gate;
    private volatile boolean cancelled;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition woken = lock.newCondition();

    Send(EmailMessage message, SendOptions options, Duration deadline, TimeSource time) {
        this.message = message;
        this.options = options;
        this.time = time;
        this.start = time.nanoTime();
        this.allowed = options.deadline().orElse(deadline).toNanos();
    }

    EmailMessage message() {
        return message;
    }

    SendOptions options() {
        return options;
    }

    /** Goes on with another message, as an interceptor or the suppression list made it. */
    Send with(EmailMessage other) {
        message = other;
        return this;
    }

    void leaveOut(List<EmailAddress> recipients) {
        suppressed = recipients;
    }

    Demand demand() {
        List<EmailAddress> recipients = message.recipients();
        int counted = 0;
        for (EmailAddress recipient : recipients) {
            counted += recipient.isSimulator() ? 0 : 1;
        }
        return Demand.of(recipients.size(), counted);
    }

    long remainingNanos() {
        return allowed - (time.nanoTime() - start);
    }

    Duration elapsed() {
        return Duration.ofNanos(time.nanoTime() - start);
    }

    HandOffGate beginAttempt(String id) {
        attemptIds.add(id);
        HandOffGate begun = new HandOffGate(id, this);
        gate = begun;
        if (cancelled) {
            begun.breakOff();
        }
        return begun;
    }

    boolean isCancelled() {
        return cancelled;
    }

    /** Cancels it wherever it is; answers whether its message had been handed over. */
    boolean cancel() {
        cancelled = true;
        HandOffGate current = gate;
        boolean handedOver = current != null && current.breakOff();
        lock.lock();
        try {
            woken.signalAll();
        } finally {
            lock.unlock();
        }
        return handedOver;
    }

    /** Pauses between attempts; answers whether it may go on, which it may not once cancelled or interrupted. */
    boolean pause(long nanos) {
        lock.lock();
        try {
            long left = nanos;
            while (left > 0 && !cancelled) {
                left = time.awaitNanos(woken, left);
            }
            return !cancelled;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    SendOutcome.NotSent late() {
        return SendOutcome.notSent(
                        Reason.DEADLINE,
                        "The deadline of " + Duration.ofNanos(allowed)
                                + " passed before the message was handed over; give it a longer one or send it again.")
                .retryable(null);
    }

    SendOutcome.NotSent cancelled() {
        return SendOutcome.notSent(
                Reason.CANCELLED,
                "The send was cancelled, interrupted or its mailer closed before the message was handed over.");
    }

    /** Completes an outcome with what happened on the way. */
    SendOutcome tell(SendOutcome outcome) {
        return outcome.withTrail(attemptIds, suppressed);
    }
}
