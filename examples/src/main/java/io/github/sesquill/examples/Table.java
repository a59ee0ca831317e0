package io.github.sesquill.examples;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows in aligned columns. Names come in the last one: there a script that is written from the right, or that the terminal
 * measures in a way of its own, moves nothing else.
 */
final class Table {

    private static final int WIDEST = 48;
    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();

    Table(String... heads) {
        row(heads);
    }

    /** Adds a row, with a cell for each head. */
    void row(String... cells) {
        rows.add(List.of(cells).stream()
                .map(cell -> Text.cut(Text.visible(cell), WIDEST))
                .toList());
    }

    void printTo(PrintStream out) {
        int last = rows.get(0).size() - 1;
        int[] widths = new int[last];
        rows.forEach(row -> {
            for (int i = 0; i < last; i++) {
                widths[i] = Math.max(widths[i], Text.width(row.get(i)));
            }
        });
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder(GAP);
            for (int i = 0; i < last; i++) {
                line.append(Text.fit(row.get(i), widths[i])).append(GAP);
            }
            out.println(line.append(row.get(last)).toString().stripTrailing());
        }
    }
}
