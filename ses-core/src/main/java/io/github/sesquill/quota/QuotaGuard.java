package io.github.sesquill.quota;

import io.github.sesquill.time.TimeSource;
import java.time.Duration;

/**
 * Keeps everything that is sent through it within a {@link SendingQuota}.
 *
 * <p>Ask before each attempt, send only what is granted, and say afterwards what became of it:
 *
 * <pre>{@code
 * QuotaGuard guard = QuotaGuard.of(SendingQuota.sandbox());
 * Decision decision = guard.tryAcquire(Demand.of(3));
 * if (decision instanceof Decision.Granted granted) {
 *     guard.settle(granted.permit(), Use.SPENT);
 * } else if (decision instanceof Decision.Wait wait) {
 *     askAgainIn(wait.atLeast());
 * } else if (decision instanceof Decision.DayFull full) {
 *     giveUpUntil(full.atLeast());
 * }
 * }</pre>
 *
 * <p>What is promised, by the time of the grant and at the rate R in force then:
 *
 * <ul>
 *   <li>never more than R recipients in any sliding second, both ends included;
 *   <li>a message of k &gt; R recipients goes alone: nothing in the second before it, nothing for k/R seconds after;
 *   <li>an idle guard grants a first message of any size at once, and no pause, however long, earns a burst;
 *   <li>never more than the daily limit in any 24 hours, as far as this guard and {@link #update} know.
 * </ul>
 *
 * <p>A guard keeps no line: who is told to wait simply asks again, and any caller may take what another was told to wait
 * for. Callers who want an order, or a large message not to be passed by small ones for ever, queue before the guard.
 * All mailers of one account and region must share one guard.
 *
 * <p>Implementations are thread-safe. The interface is fit for a store that several JVMs share: no method takes a
 * caller's clock, nothing is reserved, and settling twice is harmless.
 */
public interface QuotaGuard extends AutoCloseable {

    /**
     * Returns a guard for the senders of this JVM, on the time of this machine.
     *
     * @param quota what the account may do, or this JVM's share of it
     */
    static QuotaGuard of(SendingQuota quota) {
        return of(quota, TimeSource.system());
    }

    /**
     * Returns a guard for the senders of this JVM, on a time of your own.
     *
     * @param quota what the account may do, or this JVM's share of it
     * @param time only its {@link TimeSource#nanoTime()} is read: a jump of the wall clock changes nothing
     */
    static QuotaGuard of(SendingQuota quota, TimeSource time) {
        return new LocalQuotaGuard(quota, time);
    }

    /**
     * Asks for leave to send one message, and never waits for it.
     *
     * @param demand the recipients of the message, or of the batch that goes in one call
     * @return granted, or how long to wait at least before it makes sense to ask again
     */
    Decision tryAcquire(Demand demand);

    /**
     * Says what became of a permit. Each permit must be settled once; the first settlement counts, later ones do nothing.
     *
     * @param permit what {@link #tryAcquire} granted
     * @param use what became of it; an unknown outcome is {@link Use#SPENT}
     * @throws IllegalArgumentException if another guard granted the permit
     */
    default void settle(Permit permit, Use use) {
        settle(permit, use, use == Use.SPENT ? permit.demand().countedPerDay() : 0);
    }

    /**
     * Says what became of a permit of a batch, of which a part may have been sent.
     *
     * @param permit what {@link #tryAcquire} granted
     * @param rest what became of the part that was not sent; {@link Use#SPENT} if all was
     * @param spent how many of the recipients that count per day were sent, or may have been; the rest is given back
     * @throws IllegalArgumentException if another guard granted the permit, or it was for fewer
     */
    void settle(Permit permit, Use rest, int spent);

    /**
     * Takes over what {@code GetAccount} says.
     *
     * <p>A new rate holds from the next grant on and is measured over the last second as it was, so no change of rate
     * opens a gap. For the daily limit the larger of two figures counts: what this guard granted in the last 24 hours,
     * which is never forgotten early, and what SES counted, plus the permits that are not settled yet, since SES may not
     * have seen them. What others sent is kept until the next update, or 24 hours at most.
     *
     * @param quota what the account may do now, or this JVM's share of it
     * @param sentLast24Hours {@code SentLast24Hours}, 0 or more; this JVM's share of it if the quota is a share
     * @throws IllegalArgumentException if {@code sentLast24Hours} is negative
     */
    void update(SendingQuota quota, long sentLast24Hours);

    /** Returns the quota this guard keeps to, as it was created with or last updated. */
    SendingQuota quota();

    /**
     * Returns how far apart grants to one recipient each come at the pace in force. It promises nothing: who waits sleeps
     * so long before asking again.
     *
     * @return a second divided by the rate of {@link #quota()}, unless an implementation knows better
     */
    default Duration pace() {
        return Duration.ofNanos((long) Math.ceil(1e9 / quota().recipientsPerSecond()));
    }

    /** Releases what the guard holds outside this JVM's memory; one made by {@link #of(SendingQuota)} holds nothing. */
    @Override
    void close();

    /** What a message asks of the quota: its recipients, and how many of them count against the day. */
    final class Demand {

        /** A batch of 50 entries with 50 recipients each. */
        private static final int MOST_RECIPIENTS = 50 * 50;

        private final int recipients;
        private final int countedPerDay;

        private Demand(int recipients, int countedPerDay) {
            this.recipients = recipients;
            this.countedPerDay = countedPerDay;
        }

        /**
         * Returns a demand whose recipients all count against the rate and the day.
         *
         * @param recipients To, Cc and Bcc together, 1 to 2,500; SES takes 50 a message, and 50 messages a batch
         * @throws IllegalArgumentException if it is out of bounds
         */
        public static Demand of(int recipients) {
            return of(recipients, recipients);
        }

        /**
         * Returns a demand of which only some recipients count against the day: those of the mailbox simulator count
         * against the rate alone.
         *
         * @param recipients To, Cc and Bcc together, 1 to 2,500
         * @param countedPerDay those that are not of the simulator, 0 to {@code recipients}
         * @throws IllegalArgumentException if one is out of bounds
         * @see <a href="https://docs.aws.amazon.com/ses/latest/dg/send-an-email-from-console.html">The mailbox
         *     simulator</a>
         */
        public static Demand of(int recipients, int countedPerDay) {
            if (recipients < 1 || recipients > MOST_RECIPIENTS) {
                throw new IllegalArgumentException("A demand of " + recipients
                        + " recipients cannot be granted: ask for 1 to " + MOST_RECIPIENTS + ".");
            }
            if (countedPerDay < 0 || countedPerDay > recipients) {
                throw new IllegalArgumentException(countedPerDay + " of " + recipients
                        + " recipients cannot count against the day: give 0 to " + recipients + ".");
            }
            return new Demand(recipients, countedPerDay);
        }

        /** Returns how many recipients count against the rate. */
        public int recipients() {
            return recipients;
        }

        /** Returns how many recipients count against the daily limit. */
        public int countedPerDay() {
            return countedPerDay;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Demand that && recipients == that.recipients && countedPerDay == that.countedPerDay;
        }

        @Override
        public int hashCode() {
            return 31 * recipients + countedPerDay;
        }

        @Override
        public String toString() {
            return recipients + " recipients, " + countedPerDay + " counted per day";
        }
    }

    /** The answer to a demand: one of three, for ever. */
    sealed interface Decision {

        /** Returns the answer of a guard that lets a message go. */
        static Granted granted(Permit permit) {
            return new Decisions.Go(permit);
        }

        /**
         * Returns the answer of a guard whose rate is used up for the moment.
         *
         * @throws IllegalArgumentException if the time is not positive
         */
        static Wait waitAtLeast(Duration atLeast) {
            return new Decisions.Pause(atLeast);
        }

        /**
         * Returns the answer of a guard whose day is used up.
         *
         * @throws IllegalArgumentException if the time is not positive
         */
        static DayFull dayFull(Duration atLeast) {
            return new Decisions.Full(atLeast);
        }

        /** Send now, then settle the permit. */
        sealed interface Granted extends Decision permits Decisions.Go {

            /** Returns what must be settled after the attempt. */
            Permit permit();
        }

        /** The rate is used up for the moment. */
        sealed interface Wait extends Decision permits Decisions.Pause {

            /** Returns the time before which asking again is in vain, unless the quota is raised; positive. */
            Duration atLeast();
        }

        /** The last 24 hours are used up, or SES said so, or the demand is larger than a whole day. */
        sealed interface DayFull extends Decision permits Decisions.Full {

            /**
             * Returns the time before which asking again is in vain, unless the quota is raised or a permit is given
             * back; positive. A demand above the whole daily limit is told 24 hours: it fits only if the limit is raised.
             */
            Duration atLeast();
        }
    }

    /** One leave to send, of the guard that granted it; compared by identity unless its guard says otherwise. */
    interface Permit {

        /** Returns what was granted. */
        Demand demand();
    }

    /** What became of a permit. */
    enum Use {

        /** The message was sent, or may have been. The guard keeps all of it counted. */
        SPENT,

        /** The message was certainly not sent. Its part of the day is given back; the rate was used. */
        NOT_SENT,

        /** SES refused it for the rate. Its part of the day is given back and the guard slows down for a while. */
        THROTTLED,

        /** SES refused it for the day. Its part is given back and the guard answers that the day is full for a while. */
        DAILY_QUOTA
    }
}
