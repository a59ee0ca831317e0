package io.github.sesquill.acceptance.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An address that a name no longer has is used for as long as the JVM keeps it, and by nothing of ours for longer. */
class MovedHostTest {

    private static final String UNAVAILABLE = "NotSent[UNAVAILABLE, retryable]";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"smtp", "api"})
    void theNextMessageGoesToTheNewAddressWhereTheJvmKeepsNone(String way) throws Exception {
        assertThat(outcomes(way, 0))
                .satisfiesExactly(
                        sent -> assertThat(sent).startsWith("Sent["),
                        gone -> assertThat(gone).isEqualTo(UNAVAILABLE),
                        sent -> assertThat(sent).startsWith("Sent["));
    }

    @ParameterizedTest
    @ValueSource(strings = {"smtp", "api"})
    void messagesGoToTheNewAddressOnceTheJvmHasForgottenTheOld(String way) throws Exception {
        List<String> outcomes = outcomes(way, 1);
        assertThat(outcomes.get(0)).startsWith("Sent[");
        assertThat(outcomes.subList(1, outcomes.size() - 1)).containsOnly(UNAVAILABLE);
        assertThat(outcomes.get(outcomes.size() - 1)).startsWith("Sent[");
    }

    private List<String> outcomes(String way, int secondsKept) throws Exception {
        Path said = folder.resolve("said");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djdk.net.hosts.file=" + folder.resolve("hosts"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        MovedHost.class.getName(),
                        way,
                        String.valueOf(secondsKept))
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
                .filter(line -> line.startsWith("Sent") || line.startsWith("NotSent") || line.startsWith("Unknown"))
                .toList();
    }
}
