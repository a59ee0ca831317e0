package io.github.sesquill;

import io.github.sesquill.SendLine.Waiter;
import io.github.sesquill.quota.QuotaGuard;
import java.util.concurrent.TimeUnit;

/**
 * When the turn of those in line will come, as far as that can be foreseen.
 *
 * <p>A send that is woken to become the head of the line, and again when the guard lets it pass, pays for two changes of
 * thread, and the second is a fifth of all that it costs. One that sleeps until both are due pays for one. Nobody is late
 * by that: who leaves the line wakes the next, unless that one is up by itself as soon as the guard will grant again.
 *
 * <p>Guarded by the lock of the line. The guard is only asked for its pace before it is asked for a permit, so that none is
 * lost should it fail.
 */
final class Forecast {

    /** So late the next may be up, at most: what a thread may take to wake up. */
    private static final long MOST_TOLERANCE = TimeUnit.MILLISECONDS.toNanos(1);

    private final QuotaGuard guard;
    private final boolean possible;
    private long period;
    private long nextGrant;
    private boolean known;

    /** Whether the last thing the guard did was to grant what was foreseen, so that the next grant is too. */
    private boolean onTime;

    /** @param possible whether those who are not the head may wait for a time */
    Forecast(QuotaGuard guard, boolean possible) {
        this.guard = guard;
        this.possible = possible;
    }

    /** Foresees the turn of one that has just come, behind so many recipients. */
    void foresee(Waiter newcomer, long recipientsBefore) {
        if (known) {
            newcomer.sleepsUntil(nextGrant + recipientsBefore * period);
        }
    }

    /** Learns the pace, which may have changed. */
    void learnPace() {
        if (possible) {
            period = guard.pace().toNanos();
        }
    }

    /** Notes until when the guard has told the head to wait; it may tell another, of fewer recipients, less. */
    void waits(Waiter head, long until) {
        head.sleepsUntil(until);
        nextGrant = until;
        known = possible;
        onTime = false;
    }

    /** Notes that the head was granted. Where it came when it was foreseen, the next can be foreseen from that. */
    void granted(Waiter head, long now) {
        long spent = head.demand.recipients() * period;
        long lateness = now - head.until();
        onTime = known && head.sleeps() && lateness >= 0 && lateness < spent;
        known = onTime;
        nextGrant = head.until() + spent;
    }

    /** Forgets what it knew, because the guard has said what tells nothing of its pace. */
    void forget() {
        known = false;
        onTime = false;
    }

    /** Tells whether the next is up by itself as soon as the guard will grant again. */
    boolean isUpInTime(Waiter next) {
        return onTime && next.sleeps() && next.until() - nextGrant <= Math.min(MOST_TOLERANCE, period / 10);
    }
}
