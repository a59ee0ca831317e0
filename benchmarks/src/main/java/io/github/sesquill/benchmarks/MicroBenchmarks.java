package io.github.sesquill.benchmarks;

import java.util.Collection;
import java.util.Locale;
import java.util.Objects;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs what takes nanoseconds with JMH, in a JVM of its own, and tells time and bytes. */
final class MicroBenchmarks {

    private static final int ITERATIONS = 5;

    private MicroBenchmarks() {}

    static void run(Class<?> benchmarks, String title, Scale scale, Report report) throws RunnerException {
        report.title(title);
        Table table = new Table();
        table.row("benchmark", "ns/operation", "bytes/operation");
        for (RunResult result : new Runner(options(benchmarks, scale)).run()) {
            print(result, title, table, report);
        }
        report.print(table);
    }

    private static Options options(Class<?> benchmarks, Scale scale) {
        TimeValue iteration = TimeValue.milliseconds(scale.microSeconds() * 1000L / 2 / ITERATIONS);
        return new OptionsBuilder()
                .include(benchmarks.getSimpleName())
                .forks(1)
                .warmupIterations(ITERATIONS)
                .warmupTime(iteration)
                .measurementIterations(ITERATIONS)
                .measurementTime(iteration)
                .addProfiler(GCProfiler.class)
                .verbosity(VerboseMode.SILENT)
                .build();
    }

    private static void print(RunResult result, String title, Table table, Report report) {
        String name = name(result);
        Result<?> time = result.getPrimaryResult();
        double bytes = Objects.requireNonNull(result.getSecondaryResults().get("gc.alloc.rate.norm"))
                .getScore();
        table.row(
                name,
                String.format(Locale.ROOT, "%.1f ± %.1f", time.getScore(), time.getScoreError()),
                String.format(Locale.ROOT, "%.1f", bytes));
        report.note(title, "micro", name, time.getScore(), time.getScoreError(), bytes);
    }

    private static String name(RunResult result) {
        Collection<String> keys = result.getParams().getParamsKeys();
        StringBuilder name = new StringBuilder(result.getPrimaryResult().getLabel());
        keys.forEach(key -> name.append(", ")
                .append(key)
                .append(' ')
                .append(result.getParams().getParam(key)));
        return name.toString();
    }
}
