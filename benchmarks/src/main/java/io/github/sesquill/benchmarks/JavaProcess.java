package io.github.sesquill.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts a program of this module in a JVM of its own, with this one's class path. */
final class JavaProcess {

    private JavaProcess() {}

    static ProcessBuilder of(Class<?> program, List<String> jvmOptions, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        command.addAll(arguments);
        return new ProcessBuilder(command);
    }
}
