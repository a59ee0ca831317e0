package io.github.sesquill.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import io.github.sesquill.BulkOptions;
import io.github.sesquill.BulkSend;
import io.github.sesquill.SesMailer;
import io.github.sesquill.message.EmailMessage;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What a mail of a bulk costs as the bulk grows: nothing more, or memory and time would end somewhere. */
final class Growth {

    private static final String BENCHMARK = "Growth of a bulk";
    private static final int MAILS_OF_ALL_ROUNDS = 1_000_000;
    private static final int MOST_ROUNDS = 11;

    private static final OperatingSystemMXBean PROCESS =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private static final ThreadMXBean THREADS = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);

    private final SesMailer mailer;

    private Growth(SesMailer mailer) {
        this.mailer = mailer;
    }

    /** What one bulk cost, for each of its mails. */
    record Cost(double cpuMicros, double bytes, double heapMegabytes) {

        /** The middle of several, figure by figure. */
        static Cost median(List<Cost> costs) {
            return new Cost(
                    Spread.of(costs.stream().mapToDouble(Cost::cpuMicros).toArray())
                            .median(),
                    Spread.of(costs.stream().mapToDouble(Cost::bytes).toArray()).median(),
                    Spread.of(costs.stream().mapToDouble(Cost::heapMegabytes).toArray())
                            .median());
        }
    }

    static void run(Scale scale, Report report) throws Exception {
        try (StubProcess stub = StubProcess.start();
                SesMailer mailer = ApiSpeed.mailer(stub.endpoint())) {
            Growth growth = new Growth(mailer);
            growth.bulk(scale.growthSizes().get(0) * 6);
            Map<Integer, Cost> costs = growth.costs(scale.growthSizes());
            print(costs, report);
            if (scale.growthSizes().contains(MAILS_OF_ALL_ROUNDS)) {
                draw(costs, report);
            }
        }
    }

    /** The sizes take turns, so that a mood of the machine is not the mood of one size; small ones have more turns. */
    private Map<Integer, Cost> costs(List<Integer> sizes) {
        Map<Integer, List<Cost>> rounds = new LinkedHashMap<>();
        for (int round = 0; round < MOST_ROUNDS; round++) {
            for (int size : sizes) {
                if (round < Math.max(1, MAILS_OF_ALL_ROUNDS / size)) {
                    rounds.computeIfAbsent(size, first -> new ArrayList<>()).add(bulk(size));
                }
            }
        }
        Map<Integer, Cost> costs = new LinkedHashMap<>();
        rounds.forEach((size, all) -> costs.put(size, Cost.median(all)));
        return costs;
    }

    private Cost bulk(int size) {
        Map<Long, Long> allocated = allocatedByThread();
        long cpu = PROCESS.getProcessCpuTime();
        Stream<EmailMessage> mails = IntStream.range(0, size).mapToObj(i -> SampleMail.message());
        BulkSend.Report sent = mailer.sendAll(mails, BulkOptions.defaults()).join();
        cpu = PROCESS.getProcessCpuTime() - cpu;
        if (sent.sent() != size) {
            throw new IllegalStateException("The stub takes everything, and yet: " + sent);
        }
        long bytes = allocatedSince(allocated);
        return new Cost(cpu / 1e3 / size, (double) bytes / size, Heap.afterCollection() / 1e6);
    }

    private static Map<Long, Long> allocatedByThread() {
        Map<Long, Long> allocated = new HashMap<>();
        for (long thread : THREADS.getAllThreadIds()) {
            allocated.put(thread, THREADS.getThreadAllocatedBytes(thread));
        }
        return allocated;
    }

    private static long allocatedSince(Map<Long, Long> before) {
        return allocatedByThread().entrySet().stream()
                .mapToLong(now -> now.getValue() - before.getOrDefault(now.getKey(), 0L))
                .sum();
    }

    private static void print(Map<Integer, Cost> costs, Report report) {
        report.title(BENCHMARK + ", medians");
        Table table = new Table().row("mails", "CPU µs/mail", "bytes/mail", "MB of heap after collection");
        costs.forEach((size, cost) -> {
            report.note(BENCHMARK, "cost", String.valueOf(size), cost.cpuMicros, cost.bytes, cost.heapMegabytes);
            table.row(
                    String.format(Locale.ROOT, "%,d", size),
                    number(cost.cpuMicros),
                    String.format(Locale.ROOT, "%,.0f", cost.bytes),
                    number(cost.heapMegabytes));
        });
        List<Cost> all = List.copyOf(costs.values());
        Cost small = all.get(0);
        Cost large = all.get(all.size() - 1);
        table.row(
                "largest : smallest",
                judge(report, "CPU, ratio", Aim.atMost(1.10), large.cpuMicros / small.cpuMicros),
                judge(
                        report,
                        "bytes, distance of the ratio from 1",
                        Aim.atMost(0.02),
                        Math.abs(large.bytes / small.bytes - 1)),
                judge(report, "heap, MB more", Aim.atMost(1), large.heapMegabytes - small.heapMegabytes));
        report.print(table);
    }

    private static String judge(Report report, String what, Aim aim, double figure) {
        return String.format(Locale.ROOT, "%.3f, ", figure)
                + report.judge(BENCHMARK, what, aim, figure, Growth::exactly);
    }

    private static String exactly(double number) {
        return String.format(Locale.ROOT, "%.3f", number);
    }

    private static String number(double number) {
        return String.format(Locale.ROOT, "%.1f", number);
    }

    private static void draw(Map<Integer, Cost> costs, Report report) throws IOException {
        Path file = Path.of("..", "docs", "growth.svg");
        Files.createDirectories(Path.of("..", "docs"));
        Files.writeString(file, new GrowthPlot(costs).svg());
        report.say("Drawn: docs/growth.svg");
    }
}
