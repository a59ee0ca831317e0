package io.github.sesquill.api;

import io.github.sesquill.transport.EmailTransport.Attempt;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * One request on its way out and its answer on the way back: what the outcome is judged by.
 *
 * <p>The places in the SDK that must know of it, HTTP client, interceptor and the executor of timeouts, are called on the
 * sending thread and see little else in common, so the thread is what they find it by. Its state is volatile because an
 * HTTP client may pull the body on a thread of its own, and because it is watched from another.
 */
final class Exchange {

    private static final ThreadLocal<Exchange> CURRENT = new ThreadLocal<>();

    private final Attempt attempt;
    private final ApiTimeouts timeouts;
    private final BreakOff breakOff = new BreakOff();
    private final long start = System.nanoTime();

    private volatile boolean transmitting;
    private volatile boolean handedOff;
    private volatile boolean refused;
    private volatile boolean cancelled;
    private volatile boolean interrupted;
    private volatile boolean replyBroken;
    private volatile long contentLength = -1;
    private volatile @Nullable RequestBody gated;
    private volatile @Nullable SdkHttpResponse reply;
    private volatile @Nullable String overdue;

    /** How much of the body was left at the last look that saw it shrink, and when; for the watch alone. */
    private long leftBefore = -1;

    private long lastProgress;
    private volatile long bytesLeft = -1;

    Exchange(Attempt attempt, ApiTimeouts timeouts) {
        this.attempt = attempt;
        this.timeouts = timeouts;
    }

    /** Returns the exchange that this thread is in, if it is in one. */
    static @Nullable Exchange current() {
        return CURRENT.get();
    }

    /** What is done in an exchange, from reading attachments to reading the answer. */
    interface Call<T> {
        T make() throws UnsendableException;
    }

    <T> T run(Watch watch, Call<T> call) throws UnsendableException {
        CURRENT.set(this);
        try {
            watch.begin(this);
            attempt.onAbort(this::cancel);
            return call.make();
        } finally {
            watch.end(this);
            breakOff.end();
            CURRENT.remove();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void cancel() {
        cancelled = true;
        breakOff.now();
    }

    /** Says how the call is broken off from now on. */
    void breakOffBy(Runnable abort) {
        breakOff.by(abort);
    }

    /**
     * Gives the call up if it takes too long or its thread was interrupted; only its watch looks. Answers how many
     * nanoseconds it has left at most.
     */
    long look(long now) {
        if (isInterrupted()) {
            interrupted = true;
            cancel();
        }
        String reason = overdue == null ? reasonToGiveUp(now) : null;
        if (reason != null) {
            overdue = reason;
            breakOff.now();
        }
        return overdue == null ? left(now) : Long.MAX_VALUE;
    }

    private long left(long now) {
        return Math.min(
                start + timeouts.total().toNanos() - now, attempt.remaining().toNanos());
    }

    /**
     * A thread that is blocked in a socket does not notice by itself. Once the exchange is being broken off the interrupt
     * may be that of the SDK, not the user's.
     */
    private boolean isInterrupted() {
        return transmitting && !cancelled && overdue == null && breakOff.isInterrupted();
    }

    private @Nullable String reasonToGiveUp(long now) {
        if (now - start >= timeouts.total().toNanos()) {
            return "it took longer than " + timeouts.total() + " in all";
        }
        if (isTooLate()) {
            return "its deadline passed";
        }
        return isStalled(now) ? "SES took nothing of the message for " + timeouts.write() : null;
    }

    /** Until the last byte is taken; from then on the read timeout counts. */
    private boolean isStalled(long now) {
        long left = bytesLeft;
        if (left != leftBefore || handedOff || left < 0) {
            leftBefore = left;
            lastProgress = now;
        }
        return now - lastProgress >= timeouts.write().toNanos();
    }

    /** Puts the gate into a body; a second interceptor of ours finds it there already. */
    RequestBody gate(RequestBody body) {
        if (gated == null) {
            ContentStreamProvider ungated = body.contentStreamProvider();
            gated = RequestBody.fromContentProvider(
                    () -> gated(ungated.newStream()),
                    body.optionalContentLength().orElse(0L),
                    body.contentType());
            return gated;
        }
        return body;
    }

    /** Gates a body that is about to be read; the signer reads it as well, before transmission, and needs no gate. */
    InputStream gated(InputStream body) {
        return transmitting ? new GatedBody(body, contentLength, this) : body;
    }

    /** Notes that the request is signed and that whatever is read from now on goes to SES. */
    void beginTransmission(SdkHttpRequest request) {
        contentLength = request.firstMatchingHeader("Content-Length")
                .map(Long::parseLong)
                .orElse(-1L);
        transmitting = true;
    }

    /** Notes that a part of the body was taken and more is to come. */
    void progressed(long left) {
        bytesLeft = left;
    }

    /** Passes the line of no return, or says that the last byte must not go out. */
    void handOff() throws IOException {
        if (handedOff) {
            return;
        }
        if (!attempt.handOff()) {
            refused = true;
            throw new IOException("The attempt was cancelled or too late, right before its last byte.");
        }
        handedOff = true;
    }

    void answered(SdkHttpResponse answer) {
        reply = answer;
    }

    /** Notes that the answer ended before its end. */
    void replyBroke() {
        replyBroken = true;
    }

    boolean isTransmitting() {
        return transmitting;
    }

    boolean isHandedOff() {
        return handedOff;
    }

    /** Tells whether it ended because the attempt was given up, and not because something failed. */
    boolean isGivenUp() {
        return refused || cancelled;
    }

    boolean isTooLate() {
        return attempt.remaining().compareTo(Duration.ofMillis(1)) < 0;
    }

    /** Says why it was given up for the time it took, if it was. */
    Optional<String> overdue() {
        return Optional.ofNullable(overdue);
    }

    boolean isReplyBroken() {
        return replyBroken;
    }

    Optional<SdkHttpResponse> reply() {
        return Optional.ofNullable(reply);
    }
}
