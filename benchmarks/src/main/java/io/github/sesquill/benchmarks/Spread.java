package io.github.sesquill.benchmarks;

import java.util.Arrays;
import java.util.function.DoubleFunction;

/** The middle of some values and the quartiles around it, which say how far to trust it. */
record Spread(double lowerQuartile, double median, double upperQuartile) {

    /**
     * Finds them, between two neighbours in proportion.
     *
     * @throws IllegalArgumentException if there is no value or one is no number
     */
    static Spread of(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        // Sorting puts NaN last.
        if (sorted.length == 0 || Double.isNaN(sorted[sorted.length - 1])) {
            throw new IllegalArgumentException(
                    "No median of " + Arrays.toString(values) + ": there must be values, and all must be numbers.");
        }
        return new Spread(quantile(sorted, 0.25), quantile(sorted, 0.5), quantile(sorted, 0.75));
    }

    private static double quantile(double[] sorted, double share) {
        double position = share * (sorted.length - 1);
        int below = (int) position;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }

    String print(DoubleFunction<String> format) {
        return format.apply(median) + " [" + format.apply(lowerQuartile) + " … " + format.apply(upperQuartile) + ']';
    }
}
