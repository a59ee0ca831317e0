package io.github.sesquill.benchmarks;

import java.util.List;

/**
 * What paired rounds measured.
 *
 * @param variants their names; the first is the peer
 * @param rounds in each round the slices of the variants, in the order of their names
 */
record Comparison(List<String> variants, List<List<Slice>> rounds) {

    Comparison {
        variants = List.copyOf(variants);
        rounds = rounds.stream().map(List::copyOf).toList();
    }

    /** Tells whether every slice holds so much of it that slices can be compared. */
    boolean isComparable(Metric metric) {
        return rounds.stream().flatMap(List::stream).allMatch(metric::isMeasurable);
    }

    Spread of(int variant, Metric metric) {
        return Spread.of(rounds.stream()
                .mapToDouble(round -> metric.of(round.get(variant)))
                .toArray());
    }

    /** Compares within each round first, and takes the middle of that: the ratio of medians would mix moods. */
    Spread against(int variant, int peer, Metric metric) {
        return Spread.of(rounds.stream()
                .mapToDouble(round -> metric.compared(round.get(variant), round.get(peer)))
                .toArray());
    }
}
