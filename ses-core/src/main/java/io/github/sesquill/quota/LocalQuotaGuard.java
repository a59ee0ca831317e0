package io.github.sesquill.quota;

import io.github.sesquill.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The guard of one JVM: even pace, strict last second, rolling day, and less of it all after a throttle.
 *
 * <p>One lock, no thread, no I/O, and one reading of the clock for each call, taken inside the lock so that grants are
 * logged in the order of time.
 */
final class LocalQuotaGuard implements QuotaGuard {

    private final ReentrantLock lock = new ReentrantLock();
    private final TimeSource time;
    private final LastSecond lastSecond = new LastSecond();
    private final Backoff backoff;
    private final Pace pace;
    private final RollingDay day;
    private SendingQuota quota;

    LocalQuotaGuard(SendingQuota quota, TimeSource time) {
        long now = time.nanoTime();
        this.quota = quota;
        this.time = time;
        this.backoff = new Backoff(now);
        this.pace = new Pace(quota.recipientsPerSecond(), now);
        this.day = new RollingDay(now);
    }

    @Override
    public Decision tryAcquire(Demand demand) {
        lock.lock();
        try {
            return decide(demand, time.nanoTime());
        } finally {
            lock.unlock();
        }
    }

    private Decision decide(Demand demand, long now) {
        long untilDay = day.waitNanos(demand.countedPerDay(), quota.recipientsPer24Hours(), now);
        if (untilDay > 0) {
            return Decision.dayFull(Duration.ofNanos(untilDay));
        }
        double rate = quota.recipientsPerSecond() * backoff.factor(now);
        pace.setRate(rate);
        long wait = Math.max(pace.waitNanos(now), lastSecond.waitNanos(demand.recipients(), rate, now));
        return wait == 0 ? Decision.granted(grant(demand, now)) : waitAtLeast(wait, now);
    }

    /** A wait reckoned at a lowered rate is too long once the rate rises again, so nobody is told to sleep past that. */
    private Decision waitAtLeast(long wait, long now) {
        return Decision.waitAtLeast(Duration.ofNanos(Math.min(wait, backoff.untilRise(now))));
    }

    private Permit grant(Demand demand, long now) {
        pace.take(demand.recipients(), now);
        lastSecond.add(demand.recipients(), now);
        day.add(demand.countedPerDay(), now);
        return new LocalPermit(this, demand, now);
    }

    @Override
    public void settle(Permit permit, Use rest, int spent) {
        if (!(permit instanceof LocalPermit local) || local.guard != this) {
            throw new IllegalArgumentException(
                    "This permit was granted by another guard: settle it with the guard that granted it.");
        }
        int counted = local.demand.countedPerDay();
        if (spent < 0 || spent > counted) {
            throw new IllegalArgumentException(
                    "A permit that counts " + counted + " recipients cannot be spent on " + spent + ".");
        }
        lock.lock();
        try {
            if (!local.settled) {
                local.settled = true;
                settle(local, rest, rest == Use.SPENT ? counted : spent, time.nanoTime());
            }
        } finally {
            lock.unlock();
        }
    }

    private void settle(LocalPermit permit, Use rest, int spent, long now) {
        day.keep(spent);
        if (spent < permit.demand.countedPerDay()) {
            day.giveBack(permit.demand.countedPerDay() - spent, permit.granted, now);
        }
        if (rest == Use.THROTTLED) {
            backoff.throttled(permit.granted, now);
        } else if (rest == Use.DAILY_QUOTA) {
            day.close(now);
        }
    }

    @Override
    public void update(SendingQuota quota, long sentLast24Hours) {
        if (sentLast24Hours < 0) {
            throw new IllegalArgumentException("SES cannot have counted " + sentLast24Hours
                    + " recipients in 24 hours: give SentLast24Hours of GetAccount, 0 or more.");
        }
        lock.lock();
        try {
            if (allowsMore(quota, this.quota)) {
                day.open();
            }
            this.quota = quota;
            day.learn(sentLast24Hours, time.nanoTime());
        } finally {
            lock.unlock();
        }
    }

    private static boolean allowsMore(SendingQuota quota, SendingQuota than) {
        return quota.recipientsPer24Hours().orElse(Long.MAX_VALUE)
                > than.recipientsPer24Hours().orElse(Long.MAX_VALUE);
    }

    @Override
    public SendingQuota quota() {
        lock.lock();
        try {
            return quota;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Duration pace() {
        lock.lock();
        try {
            return Duration.ofNanos(pace.period());
        } finally {
            lock.unlock();
        }
    }

    /** Does nothing: all a local guard has is memory, and other mailers may go on with it. */
    @Override
    public void close() {}

    /** A grant, until it is settled; its flag is read and written under the guard's lock. */
    private static final class LocalPermit implements Permit {

        private final LocalQuotaGuard guard;
        private final Demand demand;
        private final long granted;
        private boolean settled;

        LocalPermit(LocalQuotaGuard guard, Demand demand, long granted) {
            this.guard = guard;
            this.demand = demand;
            this.granted = granted;
        }

        @Override
        public Demand demand() {
            return demand;
        }
    }
}
