package io.github.sesquill;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How a bulk is sent. By default: without a deadline, at most once, and nobody hears of single results.
 *
 * <pre>{@code
 * BulkOptions options = BulkOptions.defaults()
 *         .onResult(result -> log.write(result.index(), result.outcome()))
 *         .deadline(Duration.ofHours(6));
 * }</pre>
 *
 * <p>Immutable, and thread-safe as far as the consumer is.
 */
public final class BulkOptions {

    private static final BulkOptions DEFAULTS = new BulkOptions(null, null, false);

    private final @Nullable Consumer<? super BulkSend.Result> onResult;
    private final @Nullable Duration deadline;
    private final boolean atLeastOnce;

    private BulkOptions(
            @Nullable Consumer<? super BulkSend.Result> onResult, @Nullable Duration deadline, boolean atLeastOnce) {
        this.onResult = onResult;
        this.deadline = deadline;
        this.atLeastOnce = atLeastOnce;
    }

    /** Returns the defaults. */
    public static BulkOptions defaults() {
        return DEFAULTS;
    }

    /**
     * Returns options that tell what became of every message that was taken, once each and one at a time, in the order in
     * which they end. A slow consumer slows the bulk down. What it throws is logged, and the next result comes all the
     * same. With a consumer, a bulk does not stop however many messages are not sent.
     */
    public BulkOptions onResult(Consumer<? super BulkSend.Result> consumer) {
        return new BulkOptions(Objects.requireNonNull(consumer, "consumer"), deadline, atLeastOnce);
    }

    /**
     * Returns options with a time by which the whole bulk ends: no message is taken any more, and those under way answer
     * {@link io.github.sesquill.transport.SendOutcome.Reason#DEADLINE} or what is known of them.
     *
     * @param total more than zero, at most a year
     * @throws IllegalArgumentException if it is out of bounds
     */
    public BulkOptions deadline(Duration total) {
        return new BulkOptions(onResult, Checks.positive("deadline", total), atLeastOnce);
    }

    /** Returns options that repeat messages whose outcome is unknown, as {@link SendOptions#atLeastOnce()} does. */
    public BulkOptions atLeastOnce() {
        return new BulkOptions(onResult, deadline, true);
    }

    Optional<Consumer<? super BulkSend.Result>> onResult() {
        return Optional.ofNullable(onResult);
    }

    /** Returns the time by which the whole bulk ends, if there is one. */
    public Optional<Duration> deadline() {
        return Optional.ofNullable(deadline);
    }

    /** Tells whether an unknown outcome is repeated. */
    public boolean isAtLeastOnce() {
        return atLeastOnce;
    }

    @Override
    public String toString() {
        return "BulkOptions[" + (onResult == null ? "" : "on result, ")
                + (deadline == null ? "" : "deadline " + deadline + ", ")
                + (atLeastOnce ? "at least once]" : "at most once]");
    }
}
