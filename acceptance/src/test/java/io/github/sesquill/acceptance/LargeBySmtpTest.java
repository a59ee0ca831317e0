package io.github.sesquill.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
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
            // Not only zeros: a part that is lost or comes twice must change the digest.
            for (int at = 0; at + 8 <= size; at += 64 * 1024) {
                sparse.seek(at);
                sparse.writeLong(at * 0x9e3779b97f4a7c15L);
            }
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
        Path file = file(27 * MIB);
        AttachmentDigest arrived = new AttachmentDigest();
        try (SmtpSink sink = new SmtpSink().keepingNothing().digesting(arrived)) {
            assertThat(sent(file, sink, "-Xmx64m", collector)).contains("Sent[");
            assertThat(sink.attempts()).isEqualTo(1);
            // Base64 takes 78 bytes of the wire for 57 of the file.
            assertThat(sink.bytes()).isGreaterThan(27L * MIB / 57 * 78);
            assertThat(arrived.length()).isEqualTo(27 * MIB);
            assertThat(arrived.hex()).isEqualTo(digest(file));
        }
    }

    private static String digest(Path file) throws IOException {
        MessageDigest sha256 = AttachmentDigest.sha256();
        try (DigestInputStream in = new DigestInputStream(Files.newInputStream(file), sha256)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(sha256.digest());
    }

    @Test
    void doesNotEvenConnectFor29Mib() throws Exception {
        try (SmtpSink sink = new SmtpSink()) {
            assertThat(sent(file(29 * MIB), sink, "-Xmx64m")).contains("NotSent[INVALID]");
            assertThat(sink.connections()).isZero();
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
