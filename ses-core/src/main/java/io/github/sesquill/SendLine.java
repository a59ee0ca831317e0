package io.github.sesquill;

import io.github.sesquill.quota.QuotaGuard;
import io.github.sesquill.quota.QuotaGuard.Decision;
import io.github.sesquill.quota.QuotaGuard.Demand;
import io.github.sesquill.quota.QuotaGuard.Permit;
import io.github.sesquill.time.TimeSource;
import io.github.sesquill.transport.SendOutcome;
import io.github.sesquill.transport.SendOutcome.Reason;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The one line in which sends wait for quota: only its head asks the guard, so that a large message is not passed by
 * small ones for ever, and the order is that of arrival within each of two lanes.
 *
 * <p>The head waits for a time. It watches the deadlines of all others too and wakes whose time is up. The others wait to
 * be woken, or sleep until their turn where it can be foreseen, but not on a time that only passes because somebody waits:
 * nobody may advance that one but the send whose turn it is.
 */
final class SendLine {

    private static final Duration LOOK_AT_FULL_DAY = Duration.ofMinutes(1);

    /** An account has few configuration sets; who is not told what was forgotten asks SES for himself. */
    private static final int MOST_REMEMBERED = 16;

    private final QuotaGuard guard;
    private final TimeSource time;
    private final int capacity;
    private final boolean refuseWhenFull;
    private final ReentrantLock lock = new ReentrantLock();
    private final Lanes lanes;
    private final Forecast forecast;
    private final Deque<TurnedAway> turnedAway = new ArrayDeque<>();
    private volatile int timesTurnedAway;
    private long arrivals;
    private volatile int waiting;
    private boolean closed;

    SendLine(QuotaGuard guard, TimeSource time, int capacity, boolean refuseWhenFull, double bulkShare) {
        this.guard = guard;
        this.time = time;
        this.capacity = capacity;
        this.refuseWhenFull = refuseWhenFull;
        this.lanes = new Lanes(bulkShare);
        this.forecast = new Forecast(guard, time.passesByItself());
    }

    /** What SES has said to one, and whom it would say the same. */
    private record TurnedAway(int time, Predicate<Send> whom, SendOutcome.NotSent why) {}

    /** A permit, or why there is none. */
    record Admission(@Nullable Permit permit, SendOutcome.@Nullable NotSent refusal) {

        Permit permitted() {
            return Objects.requireNonNull(permit, "an admission has neither permit nor refusal");
        }

        static Admission granted(Permit permit) {
            return new Admission(permit, null);
        }

        static Admission refused(SendOutcome.NotSent outcome) {
            return new Admission(null, outcome);
        }
    }

    /** One send in the line. */
    static final class Waiter {

        private static final long SHORTEST_SLEEP = TimeUnit.MILLISECONDS.toNanos(1);

        final Send send;
        final Demand demand;
        final Condition turn;
        private final long arrival;
        SendOutcome.@Nullable NotSent refusal;
        long asideUntil;
        private boolean sleeps;
        private long until;

        Waiter(Send send, Demand demand, Condition turn, long arrival) {
            this.send = send;
            this.demand = demand;
            this.turn = turn;
            this.arrival = arrival;
        }

        /** Will be up by itself at that time. */
        void sleepsUntil(long nanoTime) {
            sleeps = true;
            until = nanoTime;
        }

        boolean sleeps() {
            return sleeps;
        }

        long until() {
            return until;
        }

        /** Sleeps on: until its turn, if that is foreseen and far enough away to be slept for, or until it is woken. */
        @SuppressWarnings("WaitNotInLoop") // the caller loops
        void sleep(TimeSource time) throws InterruptedException {
            long left = sleeps ? until - time.nanoTime() : 0;
            sleeps = left > SHORTEST_SLEEP;
            if (sleeps) {
                time.awaitNanos(turn, left);
            } else {
                turn.await();
            }
        }

        /** Orders by the deadline; who came first is first among equals. */
        int compareDeadline(Waiter other) {
            int first = Long.compare(send.nanosBeforeEndOf(other.send), 0);
            return first != 0 ? -first : Long.compare(arrival, other.arrival);
        }
    }

    /** Waits for leave to make one attempt, at most as long as the send may take. */
    Admission admit(Send send, Demand demand) {
        lock.lock();
        try {
            SendOutcome.NotSent known = turnedAwayBefore(send);
            if (known != null) {
                return Admission.refused(known);
            }
            if (lanes.isEmpty() && !closed) {
                Decision decision = guard.tryAcquire(demand);
                if (decision instanceof Decision.Granted granted) {
                    return Admission.granted(granted.permit());
                }
            }
            return refuseWhenFull && lanes.size() >= capacity ? full() : await(send, demand);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Admission.refused(send.cancelled());
        } finally {
            lock.unlock();
        }
    }

    /** Returns what SES has said since the send began, if it would say the same to it. */
    private SendOutcome.@Nullable NotSent turnedAwayBefore(Send send) {
        for (TurnedAway before : turnedAway) {
            if (send.hasBegunBefore(before.time) && before.whom.test(send)) {
                return before.why;
            }
        }
        return null;
    }

    private Admission full() {
        return Admission.refused(SendOutcome.notSent(
                        Reason.QUEUE_FULL,
                        capacity
                                + " sends are waiting for quota already, as many as the queue takes; send it again later.")
                .retryable(null));
    }

    private Admission await(Send send, Demand demand) throws InterruptedException {
        Waiter waiter = new Waiter(send, demand, lock.newCondition(), arrivals++);
        forecast.foresee(waiter, lanes.recipientsBefore(send));
        lanes.add(waiter);
        waiting = lanes.size();
        send.entersLine();
        try {
            while (true) {
                if (closed || send.isCancelled()) {
                    return Admission.refused(send.cancelled());
                }
                if (waiter.refusal != null) {
                    return Admission.refused(waiter.refusal);
                }
                if (send.remainingNanos() <= 0) {
                    return Admission.refused(send.late());
                }
                if (lanes.head() == waiter) {
                    Admission admission = askOrWait(waiter);
                    if (admission != null) {
                        return admission;
                    }
                } else {
                    waiter.sleep(time);
                }
            }
        } finally {
            lanes.remove(waiter);
            waiting = lanes.size();
            wakeNext();
        }
    }

    /** Calls nothing of the user's, so that it wakes the next whatever has happened. */
    private void wakeNext() {
        Waiter next = lanes.head();
        if (next != null && !(forecast.isUpInTime(next) && lanes.allHaveTimeUntil(next.until()))) {
            next.turn.signal();
        }
    }

    /** Asks the guard as the head of the line; nothing once it has waited and must look again. */
    private @Nullable Admission askOrWait(Waiter head) throws InterruptedException {
        lanes.turnAwayLate();
        long now = time.nanoTime();
        lanes.bringBack(now);
        forecast.learnPace();
        Decision decision = guard.tryAcquire(head.demand);
        if (decision instanceof Decision.Granted granted) {
            lanes.charge(head);
            forecast.granted(head, now);
            return Admission.granted(granted.permit());
        }
        if (decision instanceof Decision.DayFull full && !waitsForDay(head)) {
            return Admission.refused(dayFull(head, full.atLeast()));
        }
        Duration atLeast = decision instanceof Decision.DayFull full
                ? standAside(head, full.atLeast())
                : waitForPace(head, now, ((Decision.Wait) decision).atLeast());
        if (atLeast.toNanos() > head.send.remainingNanos()) {
            return Admission.refused(tooLate(head.send, atLeast));
        }
        if (lanes.head() == head) {
            time.awaitNanos(head.turn, Math.min(atLeast.toNanos(), Math.max(1, lanes.earliestDeadline())));
        }
        return null;
    }

    private boolean waitsForDay(Waiter head) {
        return head.send.waitsForDay() && fitsIntoADay(head);
    }

    private boolean fitsIntoADay(Waiter head) {
        return head.demand.countedPerDay()
                <= guard.quota().recipientsPer24Hours().orElse(Long.MAX_VALUE);
    }

    /** A bulk waits for the day, with a look now and then since the quota may be raised, and holds nobody else up. */
    private Duration standAside(Waiter head, Duration atLeast) {
        Duration look = atLeast.compareTo(LOOK_AT_FULL_DAY) < 0 ? atLeast : LOOK_AT_FULL_DAY;
        head.asideUntil = time.nanoTime() + look.toNanos();
        forecast.forget();
        lanes.putAside(head);
        return look;
    }

    private Duration waitForPace(Waiter head, long now, Duration atLeast) {
        forecast.waits(head, now + atLeast.toNanos());
        return atLeast;
    }

    private SendOutcome.NotSent dayFull(Waiter head, Duration atLeast) {
        long limit = guard.quota().recipientsPer24Hours().orElse(0);
        if (!fitsIntoADay(head)) {
            return SendOutcome.notSent(
                    Reason.DAILY_QUOTA,
                    head.demand.countedPerDay() + " recipients at once are more than the sending quota of 24 hours, "
                            + limit + "; send to fewer at once.");
        }
        return SendOutcome.notSent(
                        Reason.DAILY_QUOTA, "The sending quota of 24 hours is used up: " + limit + " recipients.")
                .retryable(time.instant().plus(atLeast));
    }

    /** Says at once what waiting would only say later. */
    private SendOutcome.NotSent tooLate(Send send, Duration atLeast) {
        return send.late().retryable(time.instant().plus(atLeast));
    }

    /** Returns how many wait. */
    int size() {
        return waiting;
    }

    /** Returns how often somebody was turned away, which tells who began before from who begins after. */
    int timesTurnedAway() {
        return timesTurnedAway;
    }

    /**
     * Turns away who waits in vain, because SES has just said what it would say to them too: those in line now, and those
     * who have begun but wait elsewhere as soon as they come.
     */
    void turnAway(Predicate<Send> whom, SendOutcome.NotSent why) {
        lock.lock();
        try {
            int time = timesTurnedAway + 1;
            timesTurnedAway = time;
            turnedAway.addFirst(new TurnedAway(time, whom, why));
            if (turnedAway.size() > MOST_REMEMBERED) {
                turnedAway.removeLast();
            }
            lanes.turnAway(whom, why);
        } finally {
            lock.unlock();
        }
    }

    /** Turns everybody away, now and from now on. */
    void close() {
        lock.lock();
        try {
            closed = true;
            lanes.wakeAll();
        } finally {
            lock.unlock();
        }
    }

    /** Has a send look again, because it was cancelled. */
    void wake(Send send) {
        lock.lock();
        try {
            lanes.wake(send);
        } finally {
            lock.unlock();
        }
    }
}
