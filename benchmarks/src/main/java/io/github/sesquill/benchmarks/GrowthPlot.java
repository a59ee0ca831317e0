package io.github.sesquill.benchmarks;

import io.github.sesquill.benchmarks.Growth.Cost;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** Draws what a mail costs over the size of its bulk: three panels side by side, the sizes on a logarithmic axis. */
record GrowthPlot(Map<Integer, Cost> costs) {

    private static final int WIDTH = 230;
    private static final int HEIGHT = 120;
    private static final int LEFT = 60;
    private static final int TOP = 40;
    private static final int STEP = WIDTH + 90;

    String svg() {
        StringBuilder svg = new StringBuilder("""
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 980 210" role="img" font-family="sans-serif" font-size="12">
                <title>What a mail of a bulk costs as the bulk grows</title>
                <style>
                text { fill: #333 } line { stroke: #999 } polyline { fill: none; stroke: #06c; stroke-width: 2 } circle { fill: #06c }
                @media (prefers-color-scheme: dark) { text { fill: #ccc } polyline { stroke: #6af } circle { fill: #6af } }
                </style>
                """);
        panel(svg, 0, "CPU, µs a mail", Cost::cpuMicros);
        panel(svg, 1, "Allocation, bytes a mail", Cost::bytes);
        panel(svg, 2, "Heap after collection, MB", Cost::heapMegabytes);
        return svg.append("</svg>\n").toString();
    }

    /** From zero, so that what is flat looks flat. */
    private void panel(StringBuilder svg, int index, String title, ToDoubleFunction<Cost> figure) {
        int left = LEFT + index * STEP;
        double most = costs.values().stream().mapToDouble(figure).max().orElse(1) * 1.25;
        svg.append(format("<text x=\"%d\" y=\"%d\" font-weight=\"bold\">%s</text>%n", left, TOP - 18, title));
        svg.append(format(
                "<line x1=\"%1$d\" y1=\"%2$d\" x2=\"%1$d\" y2=\"%3$d\"/><line x1=\"%1$d\" y1=\"%3$d\" x2=\"%4$d\" y2=\"%3$d\"/>%n",
                left, TOP, TOP + HEIGHT, left + WIDTH));
        List<double[]> points = costs.entrySet().stream()
                .map(cost -> new double[] {
                    x(left, cost.getKey()), TOP + HEIGHT * (1 - figure.applyAsDouble(cost.getValue()) / most)
                })
                .toList();
        svg.append(format(
                "<polyline points=\"%s\"/>%n",
                points.stream()
                        .map(point -> format("%.1f,%.1f", point[0], point[1]))
                        .collect(Collectors.joining(" "))));
        int at = 0;
        for (Map.Entry<Integer, Cost> cost : costs.entrySet()) {
            double[] point = points.get(at++);
            svg.append(format(
                    "<circle cx=\"%1$.1f\" cy=\"%2$.1f\" r=\"3\"/><text x=\"%1$.1f\" y=\"%3$.1f\" text-anchor=\"middle\">%4$s</text>"
                            + "<text x=\"%1$.1f\" y=\"%5$d\" text-anchor=\"middle\">%6$s</text>%n",
                    point[0],
                    point[1],
                    point[1] - 8,
                    shown(figure.applyAsDouble(cost.getValue())),
                    TOP + HEIGHT + 18,
                    size(cost.getKey())));
        }
    }

    private double x(int left, int size) {
        double first = Math.log(costs.keySet().iterator().next());
        double last = Math.log(
                costs.keySet().stream().mapToInt(Integer::intValue).max().orElseThrow());
        return left + 20 + (WIDTH - 40) * (Math.log(size) - first) / Math.max(1e-9, last - first);
    }

    private static String shown(double figure) {
        return figure >= 1_000 ? format("%,.0f", figure) : format("%.1f", figure);
    }

    private static String size(int size) {
        return size >= 1_000_000 ? size / 1_000_000 + "M" : size / 1_000 + "k";
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
