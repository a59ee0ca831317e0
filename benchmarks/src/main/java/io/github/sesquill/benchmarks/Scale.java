package io.github.sesquill.benchmarks;

import java.time.Duration;

/**
 * How long everything is measured.
 *
 * @param api the rounds of each number of threads
 * @param heapTries how often in a row the smallest heap must do
 * @param microSeconds for each micro-benchmark, half of them before anything counts
 * @param explains whether steps between peer and Sesquill are measured too
 */
record Scale(PairedRounds api, int heapTries, int microSeconds, boolean explains) {

    static Scale full(boolean explains) {
        return new Scale(new PairedRounds(20, Duration.ofMillis(1500), Duration.ofSeconds(9)), 3, 10, explains);
    }

    static Scale quick(boolean explains) {
        return new Scale(new PairedRounds(4, Duration.ofMillis(400), Duration.ofSeconds(2)), 1, 2, explains);
    }
}
