package io.github.sesquill.benchmarks;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Measures everything, or what is named: {@code [api] [heap] [limiter] [smtp] [--quick] [--explain]}.
 *
 * <p>{@code --quick} is for a look and proves nothing. {@code --explain} also measures the steps between the peer and
 * Sesquill.
 */
final class Benchmarks {

    private static final Set<String> KNOWN = Set.of("api", "heap", "limiter", "smtp", "--quick", "--explain");

    private Benchmarks() {}

    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) throws Exception {
        Set<String> asked = new TreeSet<>(Arrays.asList(arguments));
        if (!KNOWN.containsAll(asked)) {
            throw new IllegalArgumentException("There is " + new TreeSet<>(KNOWN) + " to ask for, not " + asked + '.');
        }
        Report report = new Report(System.out);
        boolean quick = asked.contains("--quick");
        Scale scale = quick ? Scale.quick(asked.contains("--explain")) : Scale.full(asked.contains("--explain"));
        if (quick) {
            report.say("Quick: for a look only, these figures prove nothing.");
        }
        machine(report);
        measure(asked, scale, report);
        machine(report);
        report.end(Path.of("target", quick ? "benchmarks-quick.tsv" : "benchmarks.tsv"));
    }

    private static void measure(Set<String> asked, Scale scale, Report report) throws Exception {
        boolean all = List.of("api", "heap", "limiter", "smtp").stream().noneMatch(asked::contains);
        RawClient.provideCredentials();
        if (all || asked.contains("limiter")) {
            LimiterPromise.run(report);
            MicroBenchmarks.run(LimiterCost.class, "Limiter, cost of asking", scale, report);
        }
        if (all || asked.contains("api")) {
            ApiSpeed.run(scale, report);
        }
        if (all || asked.contains("smtp")) {
            SmtpSpeed.run(scale, report);
        }
        if (all || asked.contains("heap")) {
            SmallestHeap.run(scale, report);
        }
    }

    /** A load above the number of processors means that others had a part in the figures. */
    private static void machine(Report report) {
        Runtime.Version version = Runtime.version();
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        report.say("Java " + version + ", " + Runtime.getRuntime().availableProcessors() + " processors, load " + load);
    }
}
