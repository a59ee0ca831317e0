package io.github.sesquill.acceptance.faults;

import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Whatever fails and in whatever order: one outcome each, which the ledger bears, and never above the rate.
 *
 * <p>A failure names its seed; {@code -Dsesquill.seed=17} runs that one alone, {@code -Dsesquill.seeds=100000} so many.
 */
class SimulationTest {

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

    private static Optional<AssertionError> failure(long seed) {
        try {
            Simulation.run(seed);
            return Optional.empty();
        } catch (Exception | AssertionError e) {
            return Optional.of(
                    new AssertionError("Seed " + seed + ", to be run with -Dsesquill.seed=" + seed + ": " + e, e));
        }
    }
}
