package io.github.sesquill.test;

import static io.github.sesquill.test.SesAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sesquill.message.EmailMessage;
import io.github.sesquill.quota.SendingQuota;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Ten thousand sends in one test, in a process of its own with 64 MB. */
class SmallHeapTest {

    private static final int SENDS = 10_000;

    @Test
    void holdsTenThousandMessagesAndTheirNotifications() throws Exception {
        Process process = new ProcessBuilder(
                        java(), "-Xmx64m", "-XX:+UseSerialGC", "-cp", classPath(), SmallHeapTest.class.getName())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said).contains(SENDS + " messages, " + 2 * SENDS + " notifications");
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static String classPath() {
        return System.getProperty("java.class.path")
                .replace(File.pathSeparator + File.pathSeparator, File.pathSeparator);
    }

    /** Sends them through a mailer, as a test would, and looks at all that came of it. */
    public static void main(String[] arguments) throws IOException {
        try (FakeSes ses =
                FakeSes.builder().quota(SendingQuota.perSecond(10_000)).build()) {
            ses.verifyIdentity("acme.example");
            for (int i = 0; i < SENDS; i++) {
                ses.mailer().send(message(i));
            }
            assertThat(ses).hasSent(SENDS);
            assertThat(ses)
                    .last()
                    .isTo("reader" + (SENDS - 1) + "@example.com")
                    .hasHtmlContaining("No. " + (SENDS - 1));
            List<String> notifications = ses.settle();
            long characters = notifications.stream().mapToLong(String::length).sum();
            System.out.println(ses.sent().size() + " messages, " + notifications.size() + " notifications of "
                    + characters + " characters");
        }
    }

    private static EmailMessage message(int i) {
        return EmailMessage.from("Acme <hello@acme.example>")
                .to("Reader <reader" + i + "@example.com>")
                .subject("No. " + i)
                .text("Hello reader, this is No. " + i)
                .html("<p>Hello reader, this is No. " + i + "</p>")
                .tag("kind", "news")
                .configurationSet("news")
                .build();
    }
}
