package io.github.sesquill.benchmarks;

import java.util.function.DoubleFunction;

/** What a figure should be: at least, or at most, a bound. */
record Aim(Side side, double bound) {

    enum Side {
        AT_LEAST,
        AT_MOST
    }

    static Aim atLeast(double bound) {
        return new Aim(Side.AT_LEAST, bound);
    }

    static Aim atMost(double bound) {
        return new Aim(Side.AT_MOST, bound);
    }

    boolean isMetBy(double figure) {
        return side == Side.AT_LEAST ? figure >= bound : figure <= bound;
    }

    String print(DoubleFunction<String> format) {
        return (side == Side.AT_LEAST ? "≥ " : "≤ ") + format.apply(bound);
    }
}
