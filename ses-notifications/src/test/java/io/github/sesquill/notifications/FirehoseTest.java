package io.github.sesquill.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A file of Firehose is read in memory that does not grow with it. */
class FirehoseTest {

    @Test
    @Timeout(120)
    void readsTwentyThousandLinesWithinTwelveMebibytes() throws Exception {
        assertThat(run(20_000, "-Xmx12m")).isEqualTo("19980 notifications of 10 types, 20 bad lines");
    }

    @Test
    @Tag("nightly")
    @Timeout(600)
    void readsAMillionLinesWithinSixtyFourMebibytes() throws Exception {
        assertThat(run(1_000_000, "-Xmx64m")).isEqualTo("999000 notifications of 10 types, 1000 bad lines");
    }

    private static String run(int lines, String heap) throws IOException, InterruptedException {
        Process java = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        heap,
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        FirehoseFile.class.getName(),
                        Integer.toString(lines)))
                .redirectErrorStream(true)
                .start();
        String said = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(java.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return said.strip();
    }
}
