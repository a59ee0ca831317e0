package io.github.sesquill.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** The smallest {@code -Xmx} with which one attachment of 20 MiB can be sent, in JVMs of their own. */
final class SmallestHeap {

    private static final String BENCHMARK = "Heap, one attachment of 20 MiB";
    private static final int SIZE = 20 * 1024 * 1024;
    private static final int TOO_SMALL = 32;
    private static final int LARGE_ENOUGH = 192;
    private static final int ALLOWED = 64;
    private static final int ALLOWED_ABOVE_RAW = 2;
    private static final List<String> COLLECTORS = List.of("Serial", "G1");

    /** A heap that is nearly full makes a JVM slow before it gives up; a send takes two seconds. */
    private static final int PATIENCE_SECONDS = 40;

    private final URI endpoint;
    private final Path file;
    private final int tries;

    private SmallestHeap(URI endpoint, Path file, int tries) {
        this.endpoint = endpoint;
        this.file = file;
        this.tries = tries;
    }

    static void run(Scale scale, Report report) throws Exception {
        Path file = Files.createTempFile("attachment", ".pdf");
        try (StubProcess stub = StubProcess.start()) {
            byte[] content = new byte[SIZE];
            new Random(1).nextBytes(content);
            Files.write(file, content);
            new SmallestHeap(stub.endpoint(), file, scale.heapTries()).run(report);
        } finally {
            Files.delete(file);
        }
    }

    private void run(Report report) throws IOException, InterruptedException {
        report.title(BENCHMARK + ", smallest -Xmx that does " + tries + (tries == 1 ? " time" : " times in a row"));
        Table table = new Table();
        table.row("collector", "SesV2Client", "SesMailer", "above SesV2Client", "times -Xmx" + ALLOWED + "m did");
        for (String collector : COLLECTORS) {
            int raw = smallest("raw", collector);
            int mailer = smallest("mailer", collector);
            report.note(BENCHMARK, "megabytes", collector, raw, mailer);
            table.row(
                    collector,
                    raw + " MB",
                    mailer + " MB",
                    String.format(Locale.ROOT, "%+d MB, aim ", mailer - raw)
                            + report.judge(
                                    BENCHMARK,
                                    collector + ", MB above SesV2Client",
                                    Aim.atMost(ALLOWED_ABOVE_RAW),
                                    mailer - raw,
                                    SmallestHeap::whole),
                    report.judge(
                            BENCHMARK,
                            collector + ", times that -Xmx" + ALLOWED + "m did of " + tries,
                            Aim.atLeast(tries),
                            successes("mailer", collector, ALLOWED),
                            SmallestHeap::whole));
        }
        report.print(table);
    }

    private static String whole(double number) {
        return String.format(Locale.ROOT, "%.0f", number);
    }

    /** Halves the span with one try each, then goes up until as many in a row work as must. */
    private int smallest(String variant, String collector) throws IOException, InterruptedException {
        int fails = TOO_SMALL;
        int works = LARGE_ENOUGH;
        while (works - fails > 1) {
            int middle = (fails + works) / 2;
            if (works(variant, collector, middle)) {
                works = middle;
            } else {
                fails = middle;
            }
        }
        while (successes(variant, collector, works) < tries) {
            works++;
        }
        return works;
    }

    /** Counts the tries that work up to the first that does not. */
    private int successes(String variant, String collector, int megabytes) throws IOException, InterruptedException {
        int successes = 0;
        while (successes < tries && works(variant, collector, megabytes)) {
            successes++;
        }
        return successes;
    }

    private boolean works(String variant, String collector, int megabytes) throws IOException, InterruptedException {
        Process process = JavaProcess.of(
                        AttachmentSend.class,
                        List.of("-Xmx" + megabytes + 'm', "-XX:+Use" + collector + "GC"),
                        List.of(variant, endpoint.toString(), file.toString()))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            return process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
        } finally {
            process.destroyForcibly();
        }
    }
}
