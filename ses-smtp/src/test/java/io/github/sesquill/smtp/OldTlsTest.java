package io.github.sesquill.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Java refuses the old versions by itself, unless it was told not to; then we do. */
class OldTlsTest {

    @TempDir
    Path folder;

    @Test
    void nothingIsSaidToAServerThatSpeaksTls11() throws Exception {
        assertThat(said("TLSv1.1")).containsExactly("TLSv1.1", "NotSent[TLS] after 0 commands");
    }

    @Test
    void aServerThatSpeaksTls12GetsTheMessage() throws Exception {
        assertThat(said("TLSv1.2"))
                .satisfiesExactly(
                        version -> assertThat(version).isEqualTo("TLSv1.2"),
                        outcome -> assertThat(outcome).startsWith("Sent["));
    }

    private List<String> said(String version) throws Exception {
        Path allowingAll = Files.writeString(folder.resolve("security"), "jdk.tls.disabledAlgorithms=\n");
        Path said = folder.resolve("said");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.security.properties=" + allowingAll,
                        "-cp",
                        System.getProperty("java.class.path"),
                        OldTls.class.getName(),
                        version)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        try {
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("it ended").isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).as(Files.readString(said)).isZero();
        return Files.readAllLines(said).stream()
                .filter(line -> !line.startsWith("SLF4J"))
                .toList();
    }
}
