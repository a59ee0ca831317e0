package io.github.sesquill;

import io.github.sesquill.Submissions.Queued;
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

    /** Made with the first attempt: thousands of sends may be queued. */
    private List<String> attemptIds = List.of();

    private List<EmailAddress> suppressed = List.of();
    private EmailMessage message;
    private volatile @Nullable HandOffGate gate;
    private volatile boolean cancelled;
    private volatile @Nullable SendOutcome behindInterceptors;
    private volatile @Nullable SendOutcome lastAttempt;
    private volatile boolean wasUnknown;
    private volatile @Nullable Send alone;
    private @Nullable Workforce workforce;
    private @Nullable Batch batch;
    private int messages = 1;
    private int began = Integer.MAX_VALUE;
    private boolean inLine;
    private volatile @Nullable Queued queued;
    private volatile @Nullable Thread teller;
    private volatile @Nullable Pause pause;

    Send(EmailMessage message, SendOptions options, Duration deadline, TimeSource time) {
        this(message, options, options.deadline().orElse(deadline), time, null);
    }

    /** A send of a bulk, which may take as long as the bulk may. */
    Send(EmailMessage message, SendOptions options, Duration allowed, TimeSource time, @Nullable Bulk bulk) {
        this(message, options, time, time.nanoTime(), allowed.toNanos(), bulk);
    }

    private Send(
            EmailMessage message,
            SendOptions options,
            TimeSource time,
            long start,
            long allowed,
            @Nullable Workforce workforce) {
        this.message = message;
        this.options = options;
        this.time = time;
        this.start = start;
        this.allowed = allowed;
        this.workforce = workforce;
    }

    /** Makes this a part of a batch that goes in one call. */
    Send in(Batch whole) {
        batch = whole;
        return this;
    }

    /** Makes what stands for a batch of so many, of which this is the first: it waits and passes the gate for all. */
    Send wholeOf(int count) {
        Send whole = new Send(message, options, time, start, allowed, workforce);
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

    /** Says who has one of several threads send it. */
    void isSentBy(Workforce several) {
        workforce = several;
    }

    /** Tells whether it waits for a full day, as only a bulk does. */
    boolean waitsForDay() {
        return workforce != null && workforce.waitsForDay();
    }

    /** Notes how often others had been turned away when it began. */
    void beginsAt(int timesTurnedAway) {
        began = timesTurnedAway;
    }

    /** Tells whether it had begun when somebody was turned away. */
    boolean hasBegunBefore(int timeTurnedAway) {
        return began < timeTurnedAway;
    }

    void entersLine() {
        if (workforce != null && !inLine) {
            inLine = true;
            workforce.entersLine();
        }
    }

    /** Called without a lock: others may now begin. */
    void leavesLine() {
        if (workforce != null && inLine) {
            inLine = false;
            workforce.leavesLine();
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
        if (attemptIds.isEmpty()) {
            attemptIds = new ArrayList<>(2);
        }
        attemptIds.add(id);
    }

    HandOffGate beginAttempt(String id) {
        attempted(id);
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
        Pause between = pause;
        if (between != null) {
            between.end();
        }
        Queued waiting = queued;
        if (waiting != null) {
            waiting.leaveCancelled();
        }
        return handedOver;
    }

    /** Says as what it waits for a thread, until one has begun it. */
    void waitsAs(Queued waiting) {
        queued = waiting;
        if (cancelled) {
            waiting.leaveCancelled();
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
        Pause between = new Pause();
        pause = between;
        try {
            return between.passes(nanos);
        } finally {
            pause = null;
        }
    }

    /** A wait that cancelling ends. Made only where one is needed: thousands of sends may be queued. */
    private final class Pause {

        private final ReentrantLock lock = new ReentrantLock();
        private final Condition ended = lock.newCondition();

        boolean passes(long nanos) {
            lock.lock();
            try {
                long left = nanos;
                while (left > 0 && !isCancelled()) {
                    left = time.awaitNanos(ended, left);
                }
                return !isCancelled();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            } finally {
                lock.unlock();
            }
        }

        void end() {
            lock.lock();
            try {
                ended.signalAll();
            } finally {
                lock.unlock();
            }
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
