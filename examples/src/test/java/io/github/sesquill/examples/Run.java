package io.github.sesquill.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** One run of the job in this process: its exit code and what it wrote. */
record Run(int status, String out, String problems) {

    /** Runs it over the fake in memory, unless the arguments say over what. */
    static Run with(String... arguments) {
        return with(false, inMemory(arguments));
    }

    /** Runs it with these arguments and no others. */
    static Run exactly(String... arguments) {
        return with(false, List.of(arguments));
    }

    private static List<String> inMemory(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        if (Collections.disjoint(all, List.of("--endpoint", "--region", "--smtp", "--ca"))) {
            all.add(0, "--memory");
        }
        return all;
    }

    static Run onTerminal(String... arguments) {
        return with(true, inMemory(arguments));
    }

    private static Run with(boolean terminal, List<String> arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream problems = new ByteArrayOutputStream();
        int status = Mailing.run(
                arguments,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(problems, true, StandardCharsets.UTF_8),
                terminal);
        return new Run(status, out.toString(StandardCharsets.UTF_8), problems.toString(StandardCharsets.UTF_8));
    }

    /** Returns the lines between a heading and the next empty line. */
    List<String> under(String heading) {
        List<String> lines = out.lines().toList();
        int from = lines.indexOf(heading) + 1;
        assertThat(from).as("the heading '%s' in:%n%s", heading, out).isPositive();
        List<String> rest = lines.subList(from, lines.size());
        return rest.indexOf("") < 0 ? rest : rest.subList(0, rest.indexOf(""));
    }

    String summary() {
        return out.lines().reduce("", (before, line) -> line);
    }
}
