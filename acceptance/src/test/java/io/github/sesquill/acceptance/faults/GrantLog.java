package io.github.sesquill.acceptance.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sesquill.quota.QuotaGuard;
import io.github.sesquill.quota.SendingQuota;
import io.github.sesquill.time.TimeSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A guard that keeps what it granted, at the very time that it took for the grant. */
final class GrantLog implements QuotaGuard {

    private static final long SECOND = 1_000_000_000L;

    private record Grant(long time, int recipients) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final List<Grant> grants = new ArrayList<>();
    private final double rate;
    private final Clock clock;
    private final QuotaGuard guard;

    GrantLog(SendingQuota quota, TimeSource time) {
        this.rate = quota.recipientsPerSecond();
        this.clock = new Clock(time);
        this.guard = QuotaGuard.of(quota, clock);
    }

    /** Remembers what it last said. */
    private static final class Clock implements TimeSource {

        private final TimeSource time;
        private long said;

        Clock(TimeSource time) {
            this.time = time;
        }

        @Override
        public Instant instant() {
            return time.instant();
        }

        @Override
        public long nanoTime() {
            said = time.nanoTime();
            return said;
        }

        @Override
        public long awaitNanos(Condition condition, long nanos) throws InterruptedException {
            return time.awaitNanos(condition, nanos);
        }
    }

    @Override
    public Decision tryAcquire(Demand demand) {
        lock.lock();
        try {
            Decision decision = guard.tryAcquire(demand);
            if (decision instanceof Decision.Granted) {
                grants.add(new Grant(clock.said, demand.recipients()));
            }
            return decision;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void settle(Permit permit, Use use) {
        lock.lock();
        try {
            guard.settle(permit, use);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void settle(Permit permit, Use rest, int spent) {
        lock.lock();
        try {
            guard.settle(permit, rest, spent);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void update(SendingQuota quota, long sentLast24Hours) {
        throw new UnsupportedOperationException("The quota of a simulation does not change.");
    }

    @Override
    public SendingQuota quota() {
        return guard.quota();
    }

    @Override
    public void close() {
        guard.close();
    }

    /**
     * Never more than R recipients in any sliding second, both ends included, or one message of k &gt; R alone, and nothing
     * for k/R seconds after it.
     */
    void assertRate() {
        int first = 0;
        int sum = 0;
        long free = Long.MIN_VALUE;
        for (Grant grant : grants) {
            assertThat(grant.time)
                    .as("%s, while those before it are still to be paid for at %s", grant, rate)
                    .isGreaterThanOrEqualTo(free);
            if (grant.recipients > rate) {
                free = grant.time + (long) Math.ceil(grant.recipients / rate * SECOND);
            }
            sum += grant.recipients;
            while (grant.time - grants.get(first).time > SECOND) {
                sum -= grants.get(first++).recipients;
            }
            assertThat((double) sum)
                    .as("recipients in the second up to %s, of %s", grant, rate)
                    .isLessThanOrEqualTo(Math.max(rate, grant.recipients));
        }
    }
}
