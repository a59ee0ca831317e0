package io.github.sesquill.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;

/**
 * Says what was found: tables for people, and one line for each figure for programs, tab-separated in the order of
 * benchmark, kind, name, figures.
 */
final class Report {

    private final PrintStream out;
    private final List<String> lines = new ArrayList<>();
    private final List<String> missed = new ArrayList<>();
    private int judged;

    Report(PrintStream out) {
        this.out = out;
    }

    void title(String title) {
        out.println();
        out.println(title);
    }

    void print(Table table) {
        out.print(table.print());
        out.flush();
    }

    void say(String sentence) {
        out.println(sentence);
        out.flush();
    }

    /** Notes figures for programs. */
    void note(String benchmark, String kind, String name, Object... figures) {
        StringBuilder line = new StringBuilder(benchmark + '\t' + kind + '\t' + name);
        for (Object figure : figures) {
            line.append('\t').append(figure);
        }
        lines.add(line.toString());
    }

    /** Judges a figure and answers the words for the table. */
    String judge(String benchmark, String what, Aim aim, double figure, DoubleFunction<String> format) {
        boolean met = aim.isMetBy(figure);
        note(benchmark, "aim", what, figure, aim.print(Double::toString), met ? "met" : "missed");
        judged++;
        if (!met) {
            missed.add(benchmark + ", " + what + ": " + format.apply(figure) + ", aim " + aim.print(format));
        }
        return aim.print(format) + (met ? " met" : " MISSED");
    }

    /** Sums up, and writes what programs read. */
    void end(Path file) {
        title(judged - missed.size() + " of " + judged + " aims met");
        missed.forEach(aim -> say("  missed: " + aim));
        try {
            Path folder = file.getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Files.write(file, lines);
        } catch (IOException e) {
            throw new UncheckedIOException("The figures could not be written to " + file + '.', e);
        }
        say("All figures: " + file);
    }
}
