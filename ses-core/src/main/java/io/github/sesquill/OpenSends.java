package io.github.sesquill;

import io.github.sesquill.time.TimeSource;
import io.github.sesquill.transport.SendOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sends whose outcome is unknown, until SES says that it has the message: every attempt goes out under an id in the
 * message tag {@code sesquill-attempt}, and comes back with it in the Send event (SES Developer Guide, "Event data that
 * Amazon SES publishes").
 *
 * <pre>{@code
 * OpenSends open = OpenSends.create((unknown, messageId) -> sent(unknown.attemptId(), messageId));
 * SesMailer mailer = SesMailer.builder(transport).listener(open).build();
 *
 * // for each Send event that comes back
 * open.settle(attemptId, messageId);
 *
 * // now and then: what nobody has heard of for half an hour, and probably never went out
 * open.openFor(Duration.ofMinutes(30)).forEach(send -> investigate(send.outcome().attemptId()));
 * }</pre>
 *
 * <p>An event may be faster than the end of the attempt that it is about, so the last 10,000 ids that were settled are
 * remembered. Open sends are kept as long as they have no more than 10,000 attempts in all; beyond that the oldest is given
 * up, with a warning. Events come only for configuration sets with an event destination for Send. Nothing is kept beyond the life of the process.
 *
 * <p>Thread-safe. What the consumer throws is logged and changes nothing.
 */
public final class OpenSends implements SendListener {

    private static final Logger LOG = LoggerFactory.getLogger(SesMailer.class);
    private static final int MOST_KEPT = 10_000;

    private final BiConsumer<SendOutcome.Unknown, String> settled;
    private final TimeSource time;
    private final int atMost;
    private final ReentrantLock lock = new ReentrantLock();

    /** By the id of each attempt; the sends of one key are in the order in which they ended. */
    private final Map<String, Open> open = new LinkedHashMap<>();

    private final Map<String, String> early = new HashMap<>();
    private final Deque<String> earlyInOrder = new ArrayDeque<>();

    private OpenSends(BiConsumer<SendOutcome.Unknown, String> settled, TimeSource time, int atMost) {
        this.settled = Objects.requireNonNull(settled, "settled");
        this.time = time;
        this.atMost = atMost;
    }

    /** Makes one that tells of every unknown send that turns out to be sent, with the message id of SES. */
    public static OpenSends create(BiConsumer<SendOutcome.Unknown, String> settled) {
        return create(settled, TimeSource.system());
    }

    /** Makes one on another time; for tests. */
    public static OpenSends create(BiConsumer<SendOutcome.Unknown, String> settled, TimeSource time) {
        return new OpenSends(settled, time, MOST_KEPT);
    }

    static OpenSends keeping(int atMost, BiConsumer<SendOutcome.Unknown, String> settled, TimeSource time) {
        return new OpenSends(settled, time, atMost);
    }

    /** A send that ended with an unknown outcome. */
    public static final class Open {

        private final SendOutcome.Unknown outcome;
        private final Instant since;
        private final long ended;

        private Open(SendOutcome.Unknown outcome, Instant since, long ended) {
            this.outcome = outcome;
            this.since = since;
            this.ended = ended;
        }

        /** Returns the outcome; its attempt ids are what events name. */
        public SendOutcome.Unknown outcome() {
            return outcome;
        }

        /** Returns when the send ended. */
        public Instant since() {
            return since;
        }

        /** Returns the attempt and the time, which are safe to log. */
        @Override
        public String toString() {
            return outcome + " since " + since;
        }
    }

    /** Keeps a send that ended with an unknown outcome, unless its event has come already. */
    @Override
    public void finished(SendOutcome outcome, Duration took) {
        if (outcome instanceof SendOutcome.Unknown unknown) {
            String messageId = keepUnlessSettled(new Open(unknown, time.instant(), time.nanoTime()));
            if (messageId != null) {
                tell(unknown, messageId);
            }
        }
    }

    private @Nullable String keepUnlessSettled(Open send) {
        lock.lock();
        try {
            for (String attempt : send.outcome.attemptIds()) {
                String messageId = early.get(attempt);
                if (messageId != null) {
                    return messageId;
                }
            }
            send.outcome.attemptIds().forEach(attempt -> open.put(attempt, send));
            giveUpOldest();
            return null;
        } finally {
            lock.unlock();
        }
    }

    private void giveUpOldest() {
        while (open.size() > atMost) {
            Open oldest = open.values().iterator().next();
            oldest.outcome.attemptIds().forEach(open::remove);
            LOG.warn("Open sends have more than {} attempts; given up, and still unknown: {}", atMost, oldest);
        }
    }

    /**
     * Settles the send that an attempt belongs to: SES has its message. Does nothing if that send was never open, as
     * for most events, or is settled already.
     *
     * @param attemptId the value of the tag {@code sesquill-attempt} of the event
     * @param messageId the message id of SES
     * @return whether a send was open and is so no more
     */
    public boolean settle(String attemptId, String messageId) {
        Objects.requireNonNull(attemptId, "attemptId");
        Objects.requireNonNull(messageId, "messageId");
        Open send = close(attemptId, messageId);
        if (send != null) {
            tell(send.outcome, messageId);
        }
        return send != null;
    }

    private @Nullable Open close(String attemptId, String messageId) {
        lock.lock();
        try {
            remember(attemptId, messageId);
            Open send = open.get(attemptId);
            if (send != null) {
                send.outcome.attemptIds().forEach(open::remove);
            }
            return send;
        } finally {
            lock.unlock();
        }
    }

    private void remember(String attemptId, String messageId) {
        if (early.putIfAbsent(attemptId, messageId) == null) {
            earlyInOrder.add(attemptId);
        }
        while (earlyInOrder.size() > atMost) {
            early.remove(earlyInOrder.remove());
        }
    }

    private void tell(SendOutcome.Unknown unknown, String messageId) {
        try {
            settled.accept(unknown, messageId);
        } catch (RuntimeException e) {
            LOG.warn(
                    "What is told of settled sends failed with {}; the send is settled all the same.",
                    e.getClass().getName());
        }
    }

    /** Returns what has been open for so long or longer, the oldest first; {@code Duration.ZERO} asks for all. */
    public List<Open> openFor(Duration atLeast) {
        long now = time.nanoTime();
        lock.lock();
        try {
            return open.values().stream()
                    .distinct()
                    .filter(send -> now - send.ended >= atLeast.toNanos())
                    .toList();
        } finally {
            lock.unlock();
        }
    }
}
