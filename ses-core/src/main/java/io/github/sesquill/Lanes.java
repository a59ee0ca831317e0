package io.github.sesquill;

import io.github.sesquill.SendLine.Waiter;
import io.github.sesquill.transport.SendOutcome;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Two lanes of one line: transactional mail goes first, and bulk mail gets its share of recipients so that it never
 * starves. Guarded by the lock of the line.
 */
final class Lanes {

    private final Map<Send, Waiter> transactional = new LinkedHashMap<>();
    private final Map<Send, Waiter> bulk = new LinkedHashMap<>();

    /** All in line, whose time is up first coming first. */
    private final TreeSet<Waiter> byDeadline = new TreeSet<>(Waiter::compareDeadline);

    private final double bulkShare;

    /** How many recipients bulk mail has let pass beyond what its share allows; positive means it is its turn. */
    private double owedToBulk;

    Lanes(double bulkShare) {
        this.bulkShare = bulkShare;
    }

    void add(Waiter waiter) {
        laneOf(waiter.send).put(waiter.send, waiter);
        byDeadline.add(waiter);
    }

    void remove(Waiter waiter) {
        laneOf(waiter.send).remove(waiter.send);
        byDeadline.remove(waiter);
    }

    private Map<Send, Waiter> laneOf(Send send) {
        return send.options().isBulk() ? bulk : transactional;
    }

    boolean isEmpty() {
        return byDeadline.isEmpty();
    }

    int size() {
        return byDeadline.size();
    }

    /** Returns whose turn it is. */
    @Nullable
    Waiter head() {
        boolean bulkFirst = transactional.isEmpty() || (owedToBulk > 0 && !bulk.isEmpty());
        Map<Send, Waiter> lane = bulkFirst ? bulk : transactional;
        return lane.isEmpty() ? null : lane.values().iterator().next();
    }

    /**
     * Notes that the head was granted what it asked for. Bulk that goes while nobody else waits is owed nothing more; what
     * it has had too much stays, for its lane may be empty for a moment only.
     */
    void charge(Waiter granted) {
        int recipients = granted.demand.recipients();
        if (granted.send.options().isBulk()) {
            owedToBulk = transactional.isEmpty() ? Math.min(owedToBulk, 0) : owedToBulk - recipients * (1 - bulkShare);
        } else if (!bulk.isEmpty()) {
            owedToBulk += recipients * bulkShare;
        }
    }

    /** Has bulk mail claim nothing for what it let pass. */
    void forgive() {
        owedToBulk = 0;
    }

    /** Returns how long until the first of all in line has no time left, in nanoseconds. */
    long earliestDeadline() {
        return byDeadline.isEmpty() ? Long.MAX_VALUE : byDeadline.first().send.remainingNanos();
    }

    void wakeHead() {
        Waiter head = head();
        if (head != null) {
            head.turn.signal();
        }
    }

    void wakeLate() {
        for (Waiter waiter : byDeadline) {
            if (waiter.send.remainingNanos() > 0) {
                return;
            }
            waiter.turn.signal();
        }
    }

    void turnAway(Predicate<Send> whom, SendOutcome.NotSent why) {
        for (Waiter waiter : byDeadline) {
            if (whom.test(waiter.send)) {
                waiter.refusal = why;
                waiter.turn.signal();
            }
        }
    }

    void wake(Send send) {
        Waiter waiter = laneOf(send).get(send);
        if (waiter != null) {
            waiter.turn.signal();
        }
    }

    void wakeAll() {
        byDeadline.forEach(waiter -> waiter.turn.signal());
    }
}
