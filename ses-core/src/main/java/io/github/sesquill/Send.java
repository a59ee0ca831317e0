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
    private volatile @Nullable SendOutcome behindInterceptors;
    private volatile @Nullable SendOutcome lastAttempt;
    private volatile boolean wasUnknown;
    private volatile @Nullable Send alone;
    private final @Nullable Bulk bulk;
    private @Nullable Batch batch;
    private int messages = 1;
    private boolean inLine;
    private volatile @Nullable Runnable leaveQueue;
    private volatile @Nullable Thread teller;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition woken = lock.newCondition();

    Send(EmailMessage message, SendOptions options, Duration deadline, TimeSource time) {
        this(message, options, options.deadline().orElse(deadline), time, null);
    }

    /** A send of a bulk, which may take as long as the bulk may. */
    Send(EmailMessage message, SendOptions options, Duration allowed, TimeSource time, @Nullable Bulk bulk) {
        this(message, options, time, time.nanoTime(), allowed.toNanos(), bulk);
    }

    private Send(
            EmailMessage message, SendOptions options, TimeSource time, long start, long allowed, @Nullable Bulk bulk) {
        this.message = message;
        this.options = options;
        this.time = time;
        this.start = start;
        this.allowed = allowed;
        this.bulk = bulk;
    }

    /** Makes this a part of a batch that goes in one call. */
    Send in(Batch whole) {
        batch = whole;
        return this;
    }

    /** Makes what stands for a batch of so many, of which this is the first: it waits and passes the gate for all. */
    Send wholeOf(int count) {
        Send whole = new Send(message, options, time, start, allowed, bulk);
        whole.messages = count;
        return whole;
    }

    int messages() {
        return messages;
    }

    @Nullable
    Batch batch() {
        return batch;
    }

    /** Tells whether it waits for a full day, as only a bulk does. */
    boolean waitsForDay() {
        return bulk != null;
    }

    void entersLine() {
        if (bulk != null && !inLine) {
            inLine = true;
            bulk.entersLine();
        }
    }

    /** Called without a lock: others of its bulk may now begin. */
    void leavesLine() {
        if (bulk != null && inLine) {
            inLine = false;
            bulk.leavesLine();
        }
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

    /** Keeps what became of the message, for an interceptor may throw when it looks at it. */
    SendOutcome keep(SendOutcome outcome) {
        behindInterceptors = outcome;
        return outcome;
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

    /** Returns how much earlier than another it has no time left, in nanoseconds; clocks of nanoseconds may wrap around. */
    long nanosBeforeEndOf(Send other) {
        return other.start + other.allowed - (start + allowed);
    }

    /** Tells whether its time is up before then. */
    boolean endsBefore(long nanoTime) {
        return start + allowed - nanoTime < 0;
    }

    Duration elapsed() {
        return Duration.ofNanos(time.nanoTime() - start);
    }

    /** Notes the attempt at a batch that it is part of. */
    void attempted(String id) {
        attemptIds.add(id);
    }

    HandOffGate beginAttempt(String id) {
        attemptIds.add(id);
        HandOffGate begun = new HandOffGate(id, this);
        gate = begun;
        if (isCancelled()) {
            begun.breakOff();
        }
        return begun;
    }

    /** Notes how an attempt ended: there is nothing left of it to break off. */
    void endAttempt(SendOutcome outcome) {
        lastAttempt = outcome;
        wasUnknown |= outcome instanceof SendOutcome.Unknown;
        gate = null;
    }

    /** Notes that an attempt at a batch ended, of which each mail has its own outcome. */
    void endAttempt() {
        gate = null;
    }

    /** Says which mail of the batch that this stands for goes alone now, and is meant too by whoever cancels. */
    void goesOnAs(@Nullable Send other) {
        alone = other;
    }

    /** Returns who waits in line for it: itself, or the mail of its batch that goes alone. */
    Send inFront() {
        Send other = alone;
        return other == null ? this : other;
    }

    boolean isCancelled() {
        return cancelled || (batch != null && batch.isCancelled());
    }

    /** Tells whether it was cancelled or its thread interrupted: then it goes no further. */
    boolean isBrokenOff() {
        return isCancelled() || Thread.currentThread().isInterrupted();
    }

    /** Keeps it from going further than it is. */
    void goNoFurther() {
        cancelled = true;
    }

    /** Cancels it wherever it is; answers whether its message had been handed over. */
    boolean cancel() {
        cancelled = true;
        HandOffGate current = gate;
        Send other = alone;
        boolean handedOver = current != null && current.breakOff();
        handedOver |= other != null && other.cancel();
        lock.lock();
        try {
            woken.signalAll();
        } finally {
            lock.unlock();
        }
        Runnable leave = leaveQueue;
        if (leave != null) {
            leave.run();
        }
        return handedOver;
    }

    /** Says what ends it while no thread has begun it. */
    void whileQueued(Runnable leave) {
        leaveQueue = leave;
        if (cancelled) {
            leave.run();
        }
    }

    /** Notes which thread tells the caller, so that who closes the mailer when told does not wait for himself. */
    void isToldBy(Thread thread) {
        teller = thread;
    }

    boolean isTold(Thread thread) {
        return teller == thread;
    }

    /** Pauses between attempts; answers whether it may go on, which it may not once cancelled or interrupted. */
    boolean pause(long nanos) {
        lock.lock();
        try {
            long left = nanos;
            while (left > 0 && !isCancelled()) {
                left = time.awaitNanos(woken, left);
            }
            return !isCancelled();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** Judges what was thrown past the pipeline by what is known: the outcome behind it, its attempts, or the gate. */
    SendOutcome judge(Throwable thrown) {
        SendOutcome known = behindInterceptors != null ? behindInterceptors : lastAttempt;
        if (known instanceof SendOutcome.Sent || (known != null && known == behindInterceptors)) {
            return known;
        }
        String what = "Something of the mailer's user or below threw "
                + thrown.getClass().getName();
        return wasUnknown || isHandedOver() || (batch != null && batch.isHandedOver())
                ? SendOutcome.unknown(what + " after the message was handed over.")
                : SendOutcome.notSent(Reason.INVALID, what + " before the message was handed over.");
    }

    /** Tells whether an attempt that has not ended has handed the message over. */
    boolean isHandedOver() {
        HandOffGate current = gate;
        return current != null && current.isPassed();
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
