package io.github.sesquill.api;

import io.github.sesquill.transport.EmailTransport.Attempt;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * One request on its way out and its answer on the way back: what the outcome is judged by.
 *
 * <p>The SDK offers two places that must know of it, an interceptor and the executor of its timeouts. The executor sees
 * neither the request nor its attributes, only the sending thread, so the thread is what both find it by. Its state is
 * volatile because an HTTP client may pull the body on a thread of its own.
 */
final class Exchange {

    private static final ThreadLocal<Exchange> CURRENT = new ThreadLocal<>();

    private final Attempt attempt;
    private final WriteWatch writeWatch;

    private volatile boolean transmitting;
    private volatile boolean handedOff;
    private volatile boolean refused;
    private volatile boolean brokenOff;
    private volatile boolean replyBroken;
    private volatile long contentLength = -1;
    private volatile @Nullable RequestBody gated;
    private volatile @Nullable Runnable breakOff;
    private volatile @Nullable SdkHttpResponse reply;

    Exchange(Attempt attempt, WriteWatch writeWatch) {
        this.attempt = attempt;
        this.writeWatch = writeWatch;
    }

    /** Returns the exchange that this thread is in, if it is in one. */
    static @Nullable Exchange current() {
        return CURRENT.get();
    }

    <T> T run(Supplier<T> call) {
        CURRENT.set(this);
        try {
            return call.get();
        } finally {
            CURRENT.remove();
            writeWatch.stop();
        }
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

    /** The signer reads the body as well, before transmission; that stream needs no gate. */
    private InputStream gated(InputStream body) {
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
    void progressed(long bytesLeft) {
        writeWatch.progressed(bytesLeft, this);
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
        writeWatch.stop();
    }

    /** Takes the SDK's own timeout, which aborts the request; running it early is how an attempt is broken off. */
    void breakOffBy(Runnable timeout) {
        if (breakOff == null) {
            breakOff = timeout;
            attempt.onAbort(() -> {
                brokenOff = true;
                timeout.run();
            });
        }
    }

    /** Aborts the request, unless nothing is left to abort. */
    void abort() {
        Runnable timeout = breakOff;
        if (timeout != null) {
            timeout.run();
        }
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
        return refused || brokenOff;
    }

    boolean isTooLate() {
        return attempt.remaining().compareTo(Duration.ofMillis(1)) < 0;
    }

    /** Returns how long the attempt may still take, a millisecond at least: less is no timeout to the SDK. */
    long nanosLeft() {
        return Math.max(attempt.remaining().toNanos(), TimeUnit.MILLISECONDS.toNanos(1));
    }

    boolean isReplyBroken() {
        return replyBroken;
    }

    Optional<SdkHttpResponse> reply() {
        return Optional.ofNullable(reply);
    }
}
