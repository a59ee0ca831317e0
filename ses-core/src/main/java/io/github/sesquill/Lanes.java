package io.github.sesquill;

import io.github.sesquill.SendLine.Waiter;
import io.github.sesquill.transport.SendOutcome;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Two lanes of one line: transactional mail goes first, and bulk mail gets its share of recipients so that it never
 * starves. Guarded by the lock of the line.
 */
final class Lanes {

    private final Set<Waiter> transactional = new LinkedHashSet<>();
    private final Set<Waiter> bulk = new LinkedHashSet<>();
    private final double bulkShare;

    /** How many recipients bulk mail has let pass beyond what its share allows; positive means it is its turn. */
    private double owedToBulk;

    Lanes(double bulkShare) {
        this.bulkShare = bulkShare;
    }

    void add(Waiter waiter) {
        laneOf(waiter).add(waiter);
    }

    void remove(Waiter waiter) {
        laneOf(waiter).remove(waiter);
    }

    private Set<Waiter> laneOf(Waiter waiter) {
        return waiter.send.options().isBulk() ? bulk : transactional;
    }

    boolean isEmpty() {
        return transactional.isEmpty() && bulk.isEmpty();
    }

    int size() {
        return transactional.size() + bulk.size();
    }

    /** Returns whose turn it is. */
    @Nullable
    Waiter head() {
        boolean bulkFirst = transactional.isEmpty() || (owedToBulk > 0 && !bulk.isEmpty());
        Set<Waiter> lane = bulkFirst ? bulk : transactional;
        return lane.isEmpty() ? null : lane.iterator().next();
    }

    /** Notes that the head was granted what it asked for, while others may be waiting in the other lane. */
    void charge(Waiter granted) {
        int recipients = granted.demand.recipients();
        if (granted.send.options().isBulk()) {
            owedToBulk = transactional.isEmpty() ? 0 : owedToBulk - recipients * (1 - bulkShare);
        } else {
            owedToBulk = bulk.isEmpty() ? 0 : owedToBulk + recipients * bulkShare;
        }
    }

    /** Has bulk mail claim nothing for what it let pass. */
    void forgive() {
        owedToBulk = 0;
    }

    /** Returns how long until the first of all in line has no time left, in nanoseconds. */
    long earliestDeadline() {
        return all().mapToLong(waiter -> waiter.send.remainingNanos()).min().orElse(Long.MAX_VALUE);
    }

    void wakeHead() {
        Waiter head = head();
        if (head != null) {
            head.turn.signal();
        }
    }

    void wakeLate() {
        all().filter(waiter -> waiter.send.remainingNanos() <= 0).forEach(waiter -> waiter.turn.signal());
    }

    void turnAway(Predicate<Send> whom, SendOutcome.NotSent why) {
        all().filter(waiter -> whom.test(waiter.send)).forEach(waiter -> {
            waiter.refusal = why;
            waiter.turn.signal();
        });
    }

    void wake(Send send) {
        all().filter(waiter -> waiter.send == send).forEach(waiter -> waiter.turn.signal());
    }

    void wakeAll() {
        all().forEach(waiter -> waiter.turn.signal());
    }

    private Stream<Waiter> all() {
        return Stream.concat(transactional.stream(), bulk.stream());
    }
}
