package io.github.sesquill.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who sends by SMTP alone can leave the AWS SDK and its HTTP client out. */
class SmtpWithoutAwsTest {

    @TempDir
    Path folder;

    private static Stream<String> classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator));
    }

    private static boolean isOfAws(String entry) {
        if (!entry.endsWith(".jar")) {
            return false;
        }
        try (JarFile jar = new JarFile(entry)) {
            return jar.stream()
                    .anyMatch(file -> file.getName().startsWith("software/amazon/")
                            || file.getName().startsWith("org/apache/hc/"));
        } catch (IOException e) {
            return false;
        }
    }

    private static String run(String classPath, SmtpSink sink, Path file) throws IOException, InterruptedException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load:file=" + file.resolveSibling("classes.txt"),
                "-cp",
                classPath,
                LargeBySmtp.class.getName(),
                String.valueOf(sink.port()),
                file.toString());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    @Test
    void sendsWithoutAnyJarOfAws() throws Exception {
        List<String> left = classPath().filter(entry -> !isOfAws(entry)).toList();
        assertThat(left).hasSizeLessThan((int) classPath().count());
        Path file = Files.write(folder.resolve("a.bin"), new byte[] {1, 2, 3});
        try (SmtpSink sink = new SmtpSink()) {
            String said = run(left.stream().collect(Collectors.joining(File.pathSeparator)), sink, file);
            assertThat(said).contains("Sent[");
            assertThat(new ReceivedMail(sink.received().get(0)).parts().get(0).bytes())
                    .containsExactly(1, 2, 3);
        }
    }

    @Test
    void asksForNoClassOfAwsEvenIfItIsThere() throws Exception {
        Path file = Files.write(folder.resolve("a.bin"), new byte[] {1, 2, 3});
        try (SmtpSink sink = new SmtpSink()) {
            run(System.getProperty("java.class.path"), sink, file);
            try (Stream<String> classes = Files.lines(folder.resolve("classes.txt"))) {
                assertThat(classes).noneMatch(line -> line.contains("software.amazon."));
            }
        }
    }
}
