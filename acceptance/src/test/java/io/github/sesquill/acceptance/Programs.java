package io.github.sesquill.acceptance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs programs that others wrote. */
final class Programs {

    private Programs() {}

    /** What a program said, and with which status it ended. */
    record Ended(int status, String out, String problems) {}

    static Ended run(Map<String, String> environment, List<String> command) throws IOException, InterruptedException {
        Path out = Files.createTempFile("program", ".out");
        Path problems = Files.createTempFile("program", ".err");
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(problems.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            if (!process.waitFor(2, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new IllegalStateException(command.get(0) + " did not end in two minutes.");
            }
            return new Ended(process.exitValue(), read(out), read(problems));
        } finally {
            Files.delete(out);
            Files.delete(problems);
        }
    }

    /** Runs one that must end well; answers what it said. */
    static String said(Map<String, String> environment, String... command) throws IOException, InterruptedException {
        Ended ended = run(environment, List.of(command));
        if (ended.status() != 0) {
            throw new AssertionError(String.join(" ", command) + " ended with " + ended.status() + ":\n" + ended.out()
                    + ended.problems());
        }
        return ended.out();
    }

    private static String read(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }
}
