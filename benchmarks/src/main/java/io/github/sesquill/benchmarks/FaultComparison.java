package io.github.sesquill.benchmarks;

import io.github.sesquill.benchmarks.MailTool.Told;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * One message through each tool into each fault, once with a fault that passes and once with one that lasts: how often the
 * server took it, and whether the tool told the truth. Writes the tables into {@code docs/faults.md} as well.
 */
final class FaultComparison {

    private static final Path PAGE = Path.of("..", "docs", "faults.md");
    private static final String BEGIN = "<!-- faults -->";
    private static final String END = "<!-- end -->";

    private FaultComparison() {}

    /** What became of one message. */
    private record Row(String fault, MailTool tool, int taken, Told told) {

        boolean isDuplicate() {
            return taken > 1;
        }

        /** Told that it was sent, and it was not; or that it failed, and it was taken. */
        boolean isFalse() {
            return told == Told.SENT ? taken == 0 : told == Told.FAILED && taken > 0;
        }

        String cell() {
            String said = told.name().toLowerCase(Locale.ROOT);
            return "taken " + taken + ", " + (isFalse() ? "*" + said + "*" : said);
        }
    }

    private interface Start {
        FaultStub stub() throws IOException;
    }

    static void run(Report report) throws Exception {
        List<Row> rows = new ArrayList<>();
        for (MailTool tool : MailTool.values()) {
            for (boolean lasting : new boolean[] {false, true}) {
                if (tool.speaksSmtp()) {
                    for (SmtpFault fault : SmtpFault.values()) {
                        rows.add(row(fault.text, lasting, tool, () -> fault.start(lasting)));
                    }
                } else {
                    for (HttpFault fault : HttpFault.values()) {
                        rows.add(row(fault.text, lasting, tool, () -> fault.start(tool.dialect(), lasting)));
                    }
                }
            }
        }
        say(rows, report);
        write(rows);
    }

    private static Row row(String fault, boolean lasting, MailTool tool, Start start) throws IOException {
        try (FaultStub stub = start.stub()) {
            Told told = told(tool, stub.port());
            return new Row(fault + (lasting ? ", always" : ", once"), tool, stub.taken(), told);
        }
    }

    private static Told told(MailTool tool, int port) {
        try {
            return tool.send(port);
        } catch (Exception failure) {
            return Told.FAILED;
        }
    }

    private static void say(List<Row> rows, Report report) {
        report.title("Faults: what each tool makes of them");
        Table table = new Table().row("", "messages", "came twice or more", "false answers", "said unknown");
        for (MailTool tool : MailTool.values()) {
            table.row(summary(rows, tool).toArray(String[]::new));
            report.note(
                    "faults", "tool", tool.text, count(rows, tool, Row::isDuplicate), count(rows, tool, Row::isFalse));
        }
        report.print(table);
        for (MailTool tool : List.of(MailTool.SESQUILL_API, MailTool.SESQUILL_SMTP)) {
            judge(rows, tool, report);
        }
    }

    private static void judge(List<Row> rows, MailTool tool, Report report) {
        Aim none = Aim.atMost(0);
        report.judge(
                "faults", tool.text + ", twice", none, (double) count(rows, tool, Row::isDuplicate), String::valueOf);
        report.judge("faults", tool.text + ", false", none, (double) count(rows, tool, Row::isFalse), String::valueOf);
    }

    private static long count(List<Row> rows, MailTool tool, Predicate<Row> what) {
        return rows.stream().filter(row -> row.tool == tool).filter(what).count();
    }

    private static List<String> summary(List<Row> rows, MailTool tool) {
        return Stream.of(
                        tool.text,
                        count(rows, tool, row -> true),
                        count(rows, tool, Row::isDuplicate),
                        count(rows, tool, Row::isFalse),
                        count(rows, tool, row -> row.told == Told.UNKNOWN))
                .map(String::valueOf)
                .toList();
    }

    /** Puts the tables where the page says. */
    private static void write(List<Row> rows) throws IOException {
        String page = Files.readString(PAGE);
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        int end = page.indexOf(END, begin);
        if (begin < BEGIN.length() || end < 0) {
            throw new IOException(PAGE + " has no place for the tables between " + BEGIN + " and " + END + '.');
        }
        Files.writeString(PAGE, page.substring(0, begin) + tables(rows) + page.substring(end));
    }

    private static String tables(List<Row> rows) {
        StringBuilder text = new StringBuilder("\n");
        line(text, List.of("Tool", "Messages", "Came twice or more", "False answers", "Said unknown"));
        line(text, List.of("---", "--:", "--:", "--:", "--:"));
        Stream.of(MailTool.values()).forEach(tool -> line(text, summary(rows, tool)));
        for (boolean smtp : new boolean[] {false, true}) {
            List<MailTool> tools = Stream.of(MailTool.values())
                    .filter(tool -> tool.speaksSmtp() == smtp)
                    .toList();
            text.append('\n');
            line(
                    text,
                    Stream.concat(Stream.of("Fault"), tools.stream().map(tool -> tool.text))
                            .toList());
            line(
                    text,
                    Stream.concat(Stream.of("---"), tools.stream().map(tool -> "---"))
                            .toList());
            rows.stream()
                    .filter(row -> row.tool == tools.get(0))
                    .forEach(row -> line(text, cells(rows, row.fault, tools)));
        }
        return text.toString();
    }

    private static List<String> cells(List<Row> rows, String fault, List<MailTool> tools) {
        Stream<String> cells = tools.stream()
                .map(tool -> rows.stream()
                        .filter(row -> row.tool == tool && row.fault.equals(fault))
                        .map(Row::cell)
                        .findFirst()
                        .orElse(""));
        return Stream.concat(Stream.of(fault), cells).toList();
    }

    private static void line(StringBuilder text, List<String> cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }
}
