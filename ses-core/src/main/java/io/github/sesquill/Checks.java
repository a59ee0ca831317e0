package io.github.sesquill;

import java.time.Duration;

/** Bounds of what a builder is told, refused with a sentence. */
final class Checks {

    /** Longer than anything that waits here should, and short enough for a count of nanoseconds. */
    private static final Duration LONGEST = Duration.ofDays(365);

    private Checks() {}

    static Duration positive(String what, Duration value) {
        if (value.isNegative() || value.isZero() || value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "The " + what + " must be more than zero and at most a year, not " + value + '.');
        }
        return value;
    }

    static Duration notNegative(String what, Duration value) {
        return value.isZero() ? value : positive(what, value);
    }

    static int between(String what, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "The " + what + " must be " + least + " to " + most + ", not " + value + '.');
        }
        return value;
    }
}
