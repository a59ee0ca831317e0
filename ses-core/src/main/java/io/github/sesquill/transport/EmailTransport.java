package io.github.sesquill.transport;

import io.github.sesquill.message.EmailAddress;
import io.github.sesquill.message.EmailMessage;
import io.github.sesquill.message.TemplateMailing;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One way to SES: makes one blocking attempt a call and says honestly how it ended.
 *
 * <p>A transport never retries, never waits for quota and keeps no message. It calls {@link Attempt#handOff()} once,
 * right before it releases the last byte of the message; if that answers {@code false} it releases nothing and answers
 * {@link SendOutcome.NotSent}. From {@code true} on it answers {@link SendOutcome.Unknown} unless a reply says otherwise.
 * An exception out of {@link #send} is judged by the gate alone.
 *
 * <p>Implementations are thread-safe. A mailer owns its transport and closes it.
 */
public interface EmailTransport extends AutoCloseable {

    /** Makes one attempt within {@link Attempt#remaining()}. */
    SendOutcome send(EmailMessage message, Attempt attempt);

    /** Returns how many entries of a mailing one call carries at most; 0 if each goes as a message of its own. */
    default int batchLimit() {
        return 0;
    }

    /**
     * Makes one attempt at several entries of a mailing in one call, with one hand-off for all of them.
     *
     * @param entries 1 to {@link #batchLimit()}
     * @return what became of each, in their order
     */
    default List<SendOutcome> sendBatch(TemplateMailing mailing, List<TemplateMailing.Entry> entries, Attempt attempt) {
        throw new UnsupportedOperationException("This transport has no batches; send each entry as a message.");
    }

    /** Says without I/O why this transport cannot carry a message, in a sentence; nothing if it can. */
    default Optional<String> refusal(EmailMessage message) {
        return Optional.empty();
    }

    /**
     * Asks what the account may do; nothing if this transport has no way to ask.
     *
     * @param atMost the longest to take
     * @throws AccountUnreadableException if it cannot be read; its message names the permission when that is what lacks
     */
    default Optional<AccountStatus> account(Duration atMost) {
        return Optional.empty();
    }

    /**
     * Finds those among the recipients that are not verified, as far as that is known for certain; asked only while the
     * account is in the sandbox, where SES takes no others but the simulator's.
     *
     * @param atMost the longest to take
     */
    default List<EmailAddress> unverified(List<EmailAddress> recipients, Duration atMost) {
        return List.of();
    }

    /** Lets go of connections that are this transport's own; idempotent. */
    @Override
    void close();

    /** One attempt as a transport sees it: its name, its time and its gate. */
    interface Attempt {

        /** Returns what the attempt is called; it goes out as the message tag {@link #TAG}. */
        String id();

        /**
         * Returns what the attempt is called for one entry of a batch, which goes out as that entry's message tag.
         *
         * @param entry its place in the batch, from 0
         */
        default String id(int entry) {
            return id() + '_' + entry;
        }

        /** Returns how much time is left; zero or less once the deadline has passed. */
        Duration remaining();

        /**
         * Passes the line of no return, or is refused because the attempt was cancelled or is too late. Atomic, and
         * the same answer every time.
         */
        boolean handOff();

        /** Registers what breaks a blocked exchange off, such as closing its socket; runs at once if it is too late. */
        void onAbort(Runnable breakOff);

        /** The message tag that carries {@link #id()}. */
        String TAG = "sesquill-attempt";
    }
}
