package io.github.sesquill.smtp;

import io.github.sesquill.message.EmailMessage;
import io.github.sesquill.mime.MimeWriter;
import io.github.sesquill.transport.EmailTransport.Attempt;
import io.github.sesquill.transport.SendOutcome;
import io.github.sesquill.transport.SendOutcome.NotSent;
import io.github.sesquill.transport.SendOutcome.Reason;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** One message on its way: its attempt, its time, and the connection that is broken off if the attempt is given up. */
final class Exchange {

    private final EmailMessage message;
    private final MimeWriter mime;
    private final Attempt attempt;
    private final long deadline;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Wire wire;
    private volatile boolean cancelled;

    Exchange(EmailMessage message, MimeWriter mime, Attempt attempt, Duration atMost) {
        this.message = message;
        this.mime = mime;
        this.attempt = attempt;
        Duration left = attempt.remaining();
        this.deadline = System.nanoTime() + (left.compareTo(atMost) < 0 ? left : atMost).toNanos();
    }

    EmailMessage message() {
        return message;
    }

    MimeWriter mime() {
        return mime;
    }

    boolean handOff() {
        return attempt.handOff();
    }

    long nanosLeft() {
        return deadline - System.nanoTime();
    }

    /** Says over which connection it goes from now on. */
    void goesOver(Wire next) {
        lock.lock();
        try {
            wire = next;
            next.begin(deadline);
            if (cancelled) {
                next.abort("the attempt was cancelled");
            }
        } finally {
            lock.unlock();
        }
    }

    /** Lets go of the connection: breaking off must not hit the next message on it. */
    void letsGo() {
        lock.lock();
        try {
            if (wire != null) {
                wire.end();
            }
            wire = null;
        } finally {
            lock.unlock();
        }
    }

    /** Breaks off, from any thread. */
    void cancel() {
        lock.lock();
        try {
            cancelled = true;
            if (wire != null) {
                wire.abort("the attempt was cancelled");
            }
        } finally {
            lock.unlock();
        }
    }

    /** Tells whether there is nothing left to do for it but say so. */
    boolean isGivenUp() {
        return cancelled || isTooLate() || Thread.currentThread().isInterrupted();
    }

    private boolean isTooLate() {
        return attempt.remaining().compareTo(Duration.ofMillis(1)) < 0;
    }

    /** Says why nothing was sent, if it was given up, and otherwise what was found. */
    NotSent unlessGivenUp(NotSent found) {
        return isGivenUp() ? givenUp() : found;
    }

    NotSent givenUp() {
        return !cancelled && !Thread.currentThread().isInterrupted() && isTooLate()
                ? SendOutcome.notSent(Reason.DEADLINE, "Its deadline passed before it was handed over.")
                        .retryable(null)
                : SendOutcome.notSent(Reason.CANCELLED, "It was cancelled before it was handed over.");
    }
}
