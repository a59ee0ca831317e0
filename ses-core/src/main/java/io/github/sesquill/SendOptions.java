package io.github.sesquill;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How one message is sent. By default: within the mailer's deadline, ahead of bulk mail, and at most once.
 *
 * <pre>{@code
 * mailer.trySend(message, SendOptions.defaults().deadline(Duration.ofSeconds(5)));
 * mailer.trySend(newsletter, SendOptions.defaults().bulk());
 * }</pre>
 *
 * <p>Immutable, thread-safe, compared by value.
 */
public final class SendOptions {

    private static final SendOptions DEFAULTS = new SendOptions(null, false, false);

    private final @Nullable Duration deadline;
    private final boolean bulk;
    private final boolean atLeastOnce;

    private SendOptions(@Nullable Duration deadline, boolean bulk, boolean atLeastOnce) {
        this.deadline = deadline;
        this.bulk = bulk;
        this.atLeastOnce = atLeastOnce;
    }

    /** Returns the defaults. */
    public static SendOptions defaults() {
        return DEFAULTS;
    }

    /**
     * Returns options with a deadline of their own: queueing, waiting for quota, pauses and network together.
     *
     * @param total more than zero
     * @throws IllegalArgumentException if it is zero or less
     */
    public SendOptions deadline(Duration total) {
        return new SendOptions(Checks.positive("deadline", total), bulk, atLeastOnce);
    }

    /** Returns options for bulk mail, which lets other mail pass while both wait for quota. */
    public SendOptions bulk() {
        return new SendOptions(deadline, true, atLeastOnce);
    }

    /**
     * Returns options that repeat a message whose outcome is unknown, by the mailer's {@link RetryPolicy}: it may then
     * arrive more than once. Do not use this unless arriving twice does no harm and not arriving does.
     */
    public SendOptions atLeastOnce() {
        return new SendOptions(deadline, bulk, true);
    }

    /** Returns the deadline, if it is not the mailer's. */
    public Optional<Duration> deadline() {
        return Optional.ofNullable(deadline);
    }

    /** Tells whether the message lets others pass. */
    public boolean isBulk() {
        return bulk;
    }

    /** Tells whether an unknown outcome is repeated. */
    public boolean isAtLeastOnce() {
        return atLeastOnce;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SendOptions that
                && Objects.equals(deadline, that.deadline)
                && bulk == that.bulk
                && atLeastOnce == that.atLeastOnce;
    }

    @Override
    public int hashCode() {
        return Objects.hash(deadline, bulk, atLeastOnce);
    }

    @Override
    public String toString() {
        return "SendOptions[" + (deadline == null ? "" : "deadline " + deadline + ", ") + (bulk ? "bulk, " : "")
                + (atLeastOnce ? "at least once]" : "at most once]");
    }
}
