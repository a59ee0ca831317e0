package io.github.sesquill.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Lets variants take turns: every round has one slice of each, forwards and backwards by turns, so that what slows the
 * machine slows all of them, and what one leaves behind meets each of the others.
 *
 * @param rounds how many count; 10 at least to prove anything
 * @param slice how long each variant is at it in a round
 * @param warmUp how long each variant is at it before the first round, in slices of the same length
 */
record PairedRounds(int rounds, Duration slice, Duration warmUp) {

    /** Fewer rounds are for a look and prove nothing. */
    static final int ENOUGH = 10;

    /** Measures the variants; the first is the peer that the others are compared with. */
    Comparison run(List<Variant> variants, int threads) throws Exception {
        try (Workers workers = new Workers(threads)) {
            for (Duration warmed = Duration.ZERO; warmed.compareTo(warmUp) < 0; warmed = warmed.plus(slice)) {
                round(variants, workers);
            }
            List<List<Slice>> slices = new ArrayList<>();
            for (int round = 0; round < rounds; round++) {
                slices.add(round % 2 == 0 ? round(variants, workers) : backwards(variants, workers));
            }
            return new Comparison(variants.stream().map(Variant::name).toList(), slices);
        }
    }

    private List<Slice> backwards(List<Variant> variants, Workers workers) throws Exception {
        List<Variant> reversed = new ArrayList<>(variants);
        Collections.reverse(reversed);
        List<Slice> slices = round(reversed, workers);
        Collections.reverse(slices);
        return slices;
    }

    private List<Slice> round(List<Variant> variants, Workers workers) throws Exception {
        List<Slice> slices = new ArrayList<>();
        for (Variant variant : variants) {
            // Nobody pays for the garbage of the one before.
            System.gc();
            slices.add(workers.run(variant.operation(), slice));
        }
        return slices;
    }
}
