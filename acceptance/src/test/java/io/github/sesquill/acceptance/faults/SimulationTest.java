package io.github.sesquill.acceptance.faults;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Whatever fails and in whatever order: one outcome each, which the ledger bears, and never above the rate.
 *
 * <p>A failure names its seed; {@code -Dsesquill.seed=17} runs that one alone, {@code -Dsesquill.seeds=100000} so many.
 */
class SimulationTest {

    /** A thousand times what it takes. */
    private static final Duration SEED_ENDS_WITHIN = Duration.ofMinutes(1);

    @Test
    void everyOutcomeIsBorneByTheLedger() {
        run(Long.getLong("sesquill.seeds", 2_000));
    }

    @Test
    @Tag("nightly")
    void everyOutcomeIsBorneByTheLedgerAllNight() {
        run(Long.getLong("sesquill.seeds", 10_000));
    }

    private static void run(long seeds) {
        Long one = Long.getLong("sesquill.seed");
        LongStream all = one == null ? LongStream.range(0, seeds) : LongStream.of(one);
        Optional<AssertionError> failure = all.parallel()
                .mapToObj(SimulationTest::failure)
                .flatMap(Optional::stream)
                .findAny();
        if (failure.isPresent()) {
            throw failure.get();
        }
    }

    /** Runs a seed on a thread of its own, so that it can be named if it never ends. */
    private static Optional<AssertionError> failure(long seed) {
        FutureTask<Optional<Throwable>> run = new FutureTask<>(() -> thrownBy(seed));
        Thread thread = new Thread(run, "simulated-" + seed);
        thread.setDaemon(true);
        thread.start();
        try {
            return run.get(SEED_ENDS_WITHIN.toSeconds(), TimeUnit.SECONDS).map(e -> failed(seed, e));
        } catch (TimeoutException e) {
            Throwable where = new Throwable("It is here:");
            where.setStackTrace(thread.getStackTrace());
            return Optional.of(failed(seed, where));
        } catch (InterruptedException | ExecutionException e) {
            return Optional.of(failed(seed, e));
        }
    }

    private static Optional<Throwable> thrownBy(long seed) {
        try {
            Simulation.run(seed);
            return Optional.empty();
        } catch (Throwable e) {
            return Optional.of(e);
        }
    }

    private static AssertionError failed(long seed, Throwable cause) {
        return new AssertionError("Seed " + seed + ", to be run with -Dsesquill.seed=" + seed + ": " + cause, cause);
    }
}
