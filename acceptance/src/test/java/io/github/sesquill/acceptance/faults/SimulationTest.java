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
        Optional.ofNullable(Long.getLong("sesquill.seed"))
                .ifPresentOrElse(
                        SimulationTest::run1,
                        () -> LongStream.range(0, seeds).parallel().forEach(SimulationTest::run1));
    }

    private static void run1(long seed) {
        try {
            Simulation.run(seed);
        } catch (Exception | AssertionError e) {
            throw new AssertionError("Seed " + seed + ": " + e + " Run it alone with -Dsesquill.seed=" + seed, e);
        }
    }
}
