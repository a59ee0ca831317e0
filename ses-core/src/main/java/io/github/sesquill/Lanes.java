package io.github.sesquill;

import io.github.sesquill.SendLine.Waiter;
import io.github.sesquill.transport.SendOutcome;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Two lanes of one line: transactional mail goes first, and bulk mail gets its share of recipients so that it never
 * starves. Beside them stands who waits for a full day, so that it holds nobody up. Guarded by the lock of the line.
 */
final class Lanes {

    private final Lane transactional = new Lane();
    private final Lane bulk = new Lane();
    private final Map<Send, Waiter> aside = new LinkedHashMap<>();

    /** All in line, whose time is up first coming first. */
    private final TreeSet<Waiter> byDeadline = new TreeSet<>(Waiter::compareDeadline);

    private final double bulkShare;

    /** How many recipients bulk mail has let pass beyond what its share allows; positive means it is its turn. */
    private double owedToBulk;

    Lanes(double bulkShare) {
        this.bulkShare = bulkShare;
    }

    /** Sends in the order of their arrival, and how many recipients they have together. */
    private static final class Lane {

        private final Map<Send, Waiter> waiters = new LinkedHashMap<>();
        private long recipients;

        void add(Waiter waiter) {
            waiters.put(waiter.send, waiter);
            recipients += waiter.demand.recipients();
        }

        void remove(Waiter waiter) {
            if (waiters.remove(waiter.send) != null) {
                recipients -= waiter.demand.recipients();
            }
        }

        boolean isEmpty() {
            return waiters.isEmpty();
        }
    }

    /** Adds one at the end of its lane, and has the head look at the clock again if this one's time is up first. */
    void add(Waiter waiter) {
        laneOf(waiter.send).add(waiter);
        byDeadline.add(waiter);
        if (byDeadline.first() == waiter) {
            wakeHead();
        }
    }

    void remove(Waiter waiter) {
        laneOf(waiter.send).remove(waiter);
        aside.remove(waiter.send);
        byDeadline.remove(waiter);
    }

    private Lane laneOf(Send send) {
        return send.options().isBulk() ? bulk : transactional;
    }

    boolean isEmpty() {
        return byDeadline.isEmpty();
    }

    int size() {
        return byDeadline.size();
    }

    /** Returns how many recipients go before the one that is added next. */
    long recipientsBefore(Send newcomer) {
        return transactional.recipients + (newcomer.options().isBulk() ? bulk.recipients : 0);
    }

    /** Returns whose turn it is. */
    @Nullable
    Waiter head() {
        boolean bulkFirst = transactional.isEmpty() || (owedToBulk > 0 && !bulk.isEmpty());
        Lane lane = bulkFirst ? bulk : transactional;
        Iterator<Waiter> first =
                (lane.isEmpty() ? aside : lane.waiters).values().iterator();
        return first.hasNext() ? first.next() : null;
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

    /** Lets all others pass one that waits for a full day. */
    void putAside(Waiter waiter) {
        laneOf(waiter.send).remove(waiter);
        aside.put(waiter.send, waiter);
        wakeHead();
    }

    /** Has those who stood aside until now wait in their lanes again, at the end. */
    void bringBack(long now) {
        boolean anyBack = aside.values().removeIf(waiter -> {
            boolean back = now - waiter.asideUntil >= 0;
            if (back) {
                laneOf(waiter.send).add(waiter);
            }
            return back;
        });
        if (anyBack) {
            wakeHead();
        }
    }

    /** Returns how long until the first of all in line has no time left, in nanoseconds. */
    long earliestDeadline() {
        return byDeadline.isEmpty() ? Long.MAX_VALUE : byDeadline.first().send.remainingNanos();
    }

    /** Tells whether nobody's time is up before then. */
    boolean allHaveTimeUntil(long nanoTime) {
        return byDeadline.isEmpty() || !byDeadline.first().send.endsBefore(nanoTime);
    }

    void wakeHead() {
        Waiter head = head();
        if (head != null) {
            head.turn.signal();
        }
    }

    /** Turns those away whose time is up; they are out of line before they know. */
    void turnAwayLate() {
        while (earliestDeadline() <= 0) {
            Waiter late = byDeadline.first();
            remove(late);
            turnAway(late, late.send.late());
        }
    }

    void turnAway(Predicate<Send> whom, SendOutcome.NotSent why) {
        byDeadline.stream().filter(waiter -> whom.test(waiter.send)).forEach(waiter -> turnAway(waiter, why));
    }

    private static void turnAway(Waiter waiter, SendOutcome.NotSent why) {
        waiter.refusal = why;
        waiter.turn.signal();
    }

    void wake(Send send) {
        Waiter waiter = laneOf(send).waiters.getOrDefault(send, aside.get(send));
        if (waiter != null) {
            waiter.turn.signal();
        }
    }

    void wakeAll() {
        byDeadline.forEach(waiter -> waiter.turn.signal());
    }
}
