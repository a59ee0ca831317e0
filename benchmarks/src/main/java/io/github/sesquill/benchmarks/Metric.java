package io.github.sesquill.benchmarks;

import java.util.Locale;

/** What is read off a slice, and how two slices of one round are compared by it. */
enum Metric {
    THROUGHPUT("operations/s", "%,.0f", "%.3f"),
    CPU("CPU µs/operation", "%,.1f", "%.3f"),
    ALLOCATION("bytes/operation", "%,.0f", "%+,.0f");

    private final String title;
    private final String format;
    private final String comparedFormat;

    Metric(String title, String format, String comparedFormat) {
        this.title = title;
        this.format = format;
        this.comparedFormat = comparedFormat;
    }

    String title() {
        return title;
    }

    double of(Slice slice) {
        return switch (this) {
            case THROUGHPUT -> slice.perSecond();
            case CPU -> slice.cpuMicrosPerOperation();
            case ALLOCATION -> slice.bytesPerOperation();
        };
    }

    /** The CPU clock of a process ticks every 10 ms. */
    boolean isMeasurable(Slice slice) {
        return this != CPU || slice.cpuNanos() >= 100_000_000;
    }

    /** The quotient of the two, or for bytes, of which some are always the same, the difference. */
    double compared(Slice ours, Slice peer) {
        return this == ALLOCATION ? of(ours) - of(peer) : of(ours) / of(peer);
    }

    String print(double value) {
        return String.format(Locale.ROOT, format, value);
    }

    String printCompared(double value) {
        return String.format(Locale.ROOT, comparedFormat, value);
    }
}
