package io.github.sesquill.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A large attachment flows through a small heap, and one that is too large goes nowhere. */
class LargeBySmtpTest {

    private static final int MIB = 1024 * 1024;

    @TempDir
    Path folder;

    private Path file(int size) throws IOException {
        Path file = folder.resolve("large.bin");
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(size);
        }
        return file;
    }

    /** Returns what became of it, or what the JVM died of. */
    private static String sent(Path file, SmtpSink sink, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of(options));
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                LargeBySmtp.class.getName(),
                String.valueOf(sink.port()),
                file.toString()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }

    @ParameterizedTest
    @ValueSource(strings = {"-XX:+UseSerialGC", "-XX:+UseG1GC"})
    void sends27MibWith64MibOfHeap(String collector) throws Exception {
        try (SmtpSink sink = new SmtpSink().keepingNothing()) {
            assertThat(sent(file(27 * MIB), sink, "-Xmx64m", collector)).contains("Sent[");
            assertThat(sink.attempts()).isEqualTo(1);
        }
    }

    @Test
    void doesNotEvenConnectFor29Mib() throws Exception {
        try (SmtpSink sink = new SmtpSink()) {
            assertThat(sent(file(29 * MIB), sink, "-Xmx64m")).contains("NotSent[INVALID]");
            assertThat(sink.commands()).isEmpty();
        }
    }

    @Test
    void needsNoMoreHeapThanAMessageWithoutIt() throws Exception {
        Path file = file(27 * MIB);
        int heap = 64;
        try (SmtpSink sink = new SmtpSink().keepingNothing()) {
            for (int smaller : new int[] {32, 16, 12, 10, 8, 6, 5, 4}) {
                if (!sent(file, sink, "-Xmx" + smaller + "m", "-XX:+UseSerialGC")
                        .contains("Sent[")) {
                    break;
                }
                heap = smaller;
            }
        }
        System.out.printf("Smallest heap for an attachment of 27 MiB over SMTP: %d MiB.%n", heap);
        assertThat(heap).isLessThanOrEqualTo(16);
    }
}
