package io.github.sesquill.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The table of a comparison: each variant by each metric, each against the peer, and the aims of the last. */
record PairedReport(Report report, String benchmark, Map<Metric, Aim> aims) {

    void print(Comparison comparison) {
        report.title(benchmark);
        Table table = new Table();
        table.row(row("median of " + comparison.rounds().size() + " rounds [quartiles]", Metric::title));
        for (int i = 0; i < comparison.variants().size(); i++) {
            int variant = i;
            table.row(row(
                    comparison.variants().get(i),
                    metric -> comparison.of(variant, metric).print(metric::print)));
        }
        for (int i = 1; i < comparison.variants().size(); i++) {
            int variant = i;
            table.row(row(
                    comparison.variants().get(i) + " : " + comparison.variants().get(0),
                    metric -> comparison.isComparable(metric)
                            ? comparison.against(variant, 0, metric).print(metric::printCompared)
                            : "too little"));
        }
        int ours = comparison.variants().size() - 1;
        if (ours > 0) {
            table.row(row("aim of " + comparison.variants().get(ours), metric -> judge(comparison, ours, metric)));
        }
        report.print(table);
        note(comparison);
    }

    private static String[] row(String name, Function<Metric, String> cell) {
        List<String> cells = new ArrayList<>(List.of(name));
        for (Metric metric : Metric.values()) {
            cells.add(cell.apply(metric));
        }
        return cells.toArray(String[]::new);
    }

    private String judge(Comparison comparison, int ours, Metric metric) {
        Aim aim = aims.get(metric);
        return aim == null
                ? ""
                : report.judge(
                        benchmark,
                        metric.title(),
                        aim,
                        comparison.against(ours, 0, metric).median(),
                        metric::printCompared);
    }

    private void note(Comparison comparison) {
        for (int round = 0; round < comparison.rounds().size(); round++) {
            for (int i = 0; i < comparison.variants().size(); i++) {
                Slice slice = comparison.rounds().get(round).get(i);
                report.note(
                        benchmark,
                        "slice",
                        comparison.variants().get(i),
                        round,
                        slice.operations(),
                        slice.wallNanos(),
                        slice.cpuNanos(),
                        slice.allocatedBytes());
            }
        }
    }
}
