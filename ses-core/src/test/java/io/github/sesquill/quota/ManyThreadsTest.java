package io.github.sesquill.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sesquill.quota.QuotaGuard.Decision;
import io.github.sesquill.quota.QuotaGuard.Demand;
import io.github.sesquill.quota.QuotaGuard.Permit;
import io.github.sesquill.quota.QuotaGuard.Use;
import io.github.sesquill.time.TimeSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import org.junit.jupiter.api.Test;

/** Real threads that ask at the same moment of a virtual time, over and over. */
class ManyThreadsTest {

    private static final int THREADS = 8;
    private static final int MOMENTS = 3_000;

    private final VirtualTime time = new VirtualTime();

    @Test
    void holdThePromiseTogether() throws Exception {
        SendingQuota quota = SendingQuota.of(14, 2_000);
        QuotaGuard guard = QuotaGuard.of(quota, time);
        GrantLedger ledger = new GrantLedger();

        inAllThreads(random -> {
            Demand demand = Demand.of(1 + random.nextInt(20));
            if (guard.tryAcquire(demand) instanceof Decision.Granted granted) {
                ledger.add(time.elapsed(), demand, quota);
                guard.settle(granted.permit(), Use.SPENT);
            }
        });

        assertThat(ledger.grants()).hasSizeGreaterThan(100);
        ledger.assertSlidingSecond();
        ledger.assertLargeMessagesGoAlone();
        ledger.assertRollingDay();
    }

    @Test
    void settleEachPermitOnce() throws Exception {
        QuotaGuard guard = QuotaGuard.of(SendingQuota.of(100_000, 1_000), time);
        List<Permit> permits = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            time.advance(1_000_000);
            permits.add(((Decision.Granted) guard.tryAcquire(Demand.of(1))).permit());
        }
        AtomicInteger granted = new AtomicInteger();

        inAllThreads(random -> {
            guard.settle(permits.get(random.nextInt(permits.size())), Use.NOT_SENT);
            if (guard.tryAcquire(Demand.of(1)) instanceof Decision.Granted) {
                granted.incrementAndGet();
            }
        });

        assertThat(granted).hasValue(1_000);
    }

    /** Grants are logged in the order of time only if the clock is read under the lock. */
    @Test
    void readTheClockOneAtATime() throws Exception {
        AtomicInteger readers = new AtomicInteger();
        AtomicInteger together = new AtomicInteger();
        QuotaGuard guard = QuotaGuard.of(SendingQuota.of(100_000, 1_000_000), new WatchedTime(time, () -> {
            together.accumulateAndGet(readers.incrementAndGet(), Math::max);
            linger();
            readers.decrementAndGet();
        }));

        inAllThreads(random -> {
            if (guard.tryAcquire(Demand.of(1)) instanceof Decision.Granted granted) {
                guard.settle(granted.permit(), Use.SPENT);
            }
            if (random.nextInt(10) == 0) {
                guard.update(guard.quota(), 0);
            }
        });

        assertThat(together).hasValue(1);
    }

    private static void linger() {
        for (int i = 0; i < 200; i++) {
            Thread.onSpinWait();
        }
    }

    private record WatchedTime(TimeSource time, Runnable onRead) implements TimeSource {

        @Override
        public long nanoTime() {
            onRead.run();
            return time.nanoTime();
        }

        @Override
        public Instant instant() {
            return time.instant();
        }

        @Override
        public long awaitNanos(Condition condition, long nanos) throws InterruptedException {
            return time.awaitNanos(condition, nanos);
        }
    }

    private interface Step {
        void run(SplittableRandom random);
    }

    /** Lets every thread take a step at each moment; the time goes on when all have. */
    private void inAllThreads(Step step) throws Exception {
        SplittableRandom steps = new SplittableRandom(1);
        CyclicBarrier moment = new CyclicBarrier(THREADS, () -> time.advance(1 + steps.nextLong(80_000_000)));
        ExecutorService executor = Executors.newFixedThreadPool(THREADS);
        try {
            List<Callable<Void>> tasks = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                SplittableRandom random = steps.split();
                tasks.add(() -> {
                    for (int passed = 0; passed < MOMENTS; passed++) {
                        step.run(random);
                        moment.await();
                    }
                    return null;
                });
            }
            for (Future<Void> future : executor.invokeAll(tasks)) {
                future.get();
            }
        } finally {
            executor.shutdownNow();
        }
    }
}
