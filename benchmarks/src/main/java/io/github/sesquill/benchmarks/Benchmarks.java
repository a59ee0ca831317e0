package io.github.sesquill.benchmarks;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Measures the groups that are named, or else those that are short: {@code [group …] [--quick] [--explain]}.
 *
 * <p>{@code --quick} is for a look and proves nothing. {@code --explain} also measures the steps between the peer and
 * Sesquill.
 */
final class Benchmarks {

    private static final Set<String> FLAGS = Set.of("--quick", "--explain");

    private interface Measurement {
        void run(Scale scale, Report report) throws Exception;
    }

    /** In the order in which they are measured. */
    @SuppressWarnings("ImmutableEnumChecker") // each is a method
    private enum Group {
        LIMITER(true, (scale, report) -> {
            LimiterPromise.run(report);
            MicroBenchmarks.run(LimiterCost.class, "Limiter, cost of asking", scale, report);
        }),
        PARSER(true, ParserSpeed::run),
        API(true, ApiSpeed::run),
        HEAP(true, SmallestHeap::run),
        SMTP(false, SmtpSpeed::run),
        FANOUT(false, Fanout::run),
        GROWTH(false, Growth::run),
        FAULTS(false, (scale, report) -> FaultComparison.run(report));

        private final boolean isShort;
        private final Measurement measurement;

        Group(boolean isShort, Measurement measurement) {
            this.isShort = isShort;
            this.measurement = measurement;
        }

        boolean isAsked(Set<String> asked) {
            return FLAGS.containsAll(asked) ? isShort : asked.contains(word());
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private Benchmarks() {}

    @SuppressWarnings({"SystemOut", "CatchAndPrintStackTrace"})
    public static void main(String[] arguments) {
        int status = 1;
        try {
            measure(arguments);
            status = 0;
        } catch (Exception e) {
            e.printStackTrace();
        }
        // A peer leaves threads behind that would keep this process for ever.
        System.exit(status);
    }

    @SuppressWarnings("SystemOut")
    private static void measure(String[] arguments) throws Exception {
        Set<String> asked = known(arguments);
        Report report = new Report(System.out);
        boolean quick = asked.contains("--quick");
        Scale scale = quick ? Scale.quick(asked.contains("--explain")) : Scale.full(asked.contains("--explain"));
        if (quick) {
            report.say("Quick: for a look only, these figures prove nothing.");
        }
        machine(report);
        RawClient.provideCredentials();
        for (Group group : Group.values()) {
            if (group.isAsked(asked)) {
                group.measurement.run(scale, report);
            }
        }
        machine(report);
        report.end(Path.of("target", quick ? "benchmarks-quick.tsv" : "benchmarks.tsv"));
    }

    private static Set<String> known(String[] arguments) {
        Set<String> known = new TreeSet<>(FLAGS);
        Arrays.stream(Group.values()).map(Group::word).forEach(known::add);
        Set<String> asked = new TreeSet<>(Arrays.asList(arguments));
        if (!known.containsAll(asked)) {
            throw new IllegalArgumentException("There is " + known + " to ask for, not " + asked + '.');
        }
        return asked;
    }

    /** A load above the number of processors means that others had a part in the figures. */
    private static void machine(Report report) {
        Runtime.Version version = Runtime.version();
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        report.say("Java " + version + ", " + Runtime.getRuntime().availableProcessors() + " processors, load " + load);
    }
}
