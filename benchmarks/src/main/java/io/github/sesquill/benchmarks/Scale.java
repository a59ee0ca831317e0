package io.github.sesquill.benchmarks;

import java.time.Duration;
import java.util.List;

/**
 * How long everything is measured.
 *
 * @param api the rounds of each number of threads
 * @param smtp the rounds of each number of connections
 * @param heapTries how often in a row the smallest heap must do
 * @param microSeconds for each micro-benchmark, half of them before anything counts
 * @param fanoutRounds how often 10,000 mails go out at once
 * @param fanoutMails how many really, of those 10,000
 * @param growthSizes the bulks, the smallest first
 * @param explains whether steps between peer and Sesquill are measured too
 */
record Scale(
        PairedRounds api,
        PairedRounds smtp,
        int heapTries,
        int microSeconds,
        int fanoutRounds,
        int fanoutMails,
        List<Integer> growthSizes,
        boolean explains) {

    static Scale full(boolean explains) {
        return new Scale(
                new PairedRounds(20, Duration.ofMillis(1500), Duration.ofSeconds(9)),
                new PairedRounds(12, Duration.ofMillis(1500), Duration.ofSeconds(6)),
                3,
                10,
                10,
                10_000,
                List.of(10_000, 30_000, 100_000, 300_000, 1_000_000),
                explains);
    }

    static Scale quick(boolean explains) {
        return new Scale(
                new PairedRounds(4, Duration.ofMillis(400), Duration.ofSeconds(2)),
                new PairedRounds(4, Duration.ofMillis(400), Duration.ofSeconds(2)),
                1,
                2,
                2,
                1_000,
                List.of(1_000, 10_000),
                explains);
    }
}
