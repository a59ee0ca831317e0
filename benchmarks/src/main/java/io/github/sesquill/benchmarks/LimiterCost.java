package io.github.sesquill.benchmarks;

import io.github.sesquill.quota.QuotaGuard;
import io.github.sesquill.quota.QuotaGuard.Decision;
import io.github.sesquill.quota.QuotaGuard.Demand;
import io.github.sesquill.quota.QuotaGuard.Use;
import io.github.sesquill.quota.SendingQuota;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What asking the guard costs: one that always has room, by a time that moves on at each reading, and one that has not. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LimiterCost {

    private static final Demand ONE = Demand.of(1);

    /** Recipients a second; the log of the last second holds as many. */
    @Param({"14", "500", "100000"})
    int rate;

    private QuotaGuard open = QuotaGuard.of(SendingQuota.sandbox());
    private QuotaGuard shut = QuotaGuard.of(SendingQuota.sandbox());

    /** Starts both guards afresh; the one that is shut has granted its only permit on a time that stands still. */
    @Setup
    public void setUp() {
        open = QuotaGuard.of(SendingQuota.perSecond(rate), new SteppedTime(1_100_000_000L / rate));
        shut = QuotaGuard.of(SendingQuota.perSecond(rate), new SteppedTime(0));
        shut.tryAcquire(ONE);
    }

    /** A permit granted and settled. */
    @Benchmark
    public void grantedAndSettled() {
        if (!(open.tryAcquire(ONE) instanceof Decision.Granted granted)) {
            throw new IllegalStateException("The guard should have had room.");
        }
        open.settle(granted.permit(), Use.SPENT);
    }

    /** A demand that is told to wait. */
    @Benchmark
    public Decision toldToWait() {
        return shut.tryAcquire(ONE);
    }
}
