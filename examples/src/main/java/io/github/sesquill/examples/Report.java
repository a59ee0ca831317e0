package io.github.sesquill.examples;

import io.github.sesquill.suppression.Suppression;
import io.github.sesquill.suppression.SuppressionList;
import io.github.sesquill.transport.SendOutcome;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What the job says of itself, on standard output. */
final class Report {

    /** Enough of a message id to find it by. */
    private static final int ID = 26;

    private final PrintStream out;

    Report(PrintStream out) {
        this.out = out;
    }

    void heading(String text) {
        out.println();
        out.println(text);
    }

    void line(String text) {
        out.println("  " + text);
    }

    /** Says what became of each letter, and why the first of those was not sent that were not. */
    void outcomes(List<Posted> letters) {
        Table table = new Table("Outcome", "Id or reason", "Address", "Name");
        letters.forEach(letter -> table.row(
                letter.outcome().fold(sent -> "sent", notSent -> "not sent", unknown -> "unknown"),
                Text.cut(reason(letter.outcome()), ID),
                letter.customer().address().address(),
                letter.customer().name()));
        table.printTo(out);
        letters.stream()
                .filter(letter -> !letter.isSent())
                .findFirst()
                .ifPresent(letter -> line("The first that was not sent: " + Text.visible(detail(letter.outcome()))));
    }

    private static String reason(SendOutcome outcome) {
        return outcome.fold(
                SendOutcome.Sent::messageId,
                notSent -> notSent.code().orElse(notSent.reason().name()),
                unknown -> "attempt " + unknown.attemptId());
    }

    private static String detail(SendOutcome outcome) {
        return outcome.fold(sent -> "", SendOutcome.NotSent::detail, SendOutcome.Unknown::detail);
    }

    /** Says how long it took, which shows the pace. */
    void pace(int messages, Duration took, double recipientsPerSecond) {
        line(String.format(
                Locale.ROOT,
                "%s took %.1f s at %s recipients a second.",
                counted(messages, "message"),
                took.toNanos() / 1e9,
                Double.toString(recipientsPerSecond).replaceFirst("\\.0$", "")));
    }

    /** Says what came back: the bad news one by one, the rest in figures. */
    void feedback(Feedback feedback, Map<String, Customer> byAddress) {
        Table table = new Table("Notification", "Detail", "Address", "Name");
        feedback.notices()
                .forEach(notice ->
                        table.row(notice.what(), notice.why(), notice.address(), nameOf(notice.address(), byAddress)));
        table.printTo(out);
        String rest = new TreeMap<>(feedback.others())
                .entrySet().stream()
                        .map(type -> type.getValue() + " " + type.getKey())
                        .collect(Collectors.joining(", "));
        line("And without bad news: " + (rest.isEmpty() ? "none" : rest) + ".");
    }

    /** Says who was left out, and why. */
    void leftOut(List<Posted> letters, SuppressionList suppressions, Map<String, Customer> byAddress) {
        Table table = new Table("Left out", "Address", "Name");
        letters.stream()
                .filter(Posted::isSuppressed)
                .map(letter -> letter.customer().address().address())
                .forEach(address -> table.row(why(address, suppressions), address, nameOf(address, byAddress)));
        table.printTo(out);
    }

    private static String why(String address, SuppressionList suppressions) {
        Suppression entry = suppressions.find(List.of(address)).get(SuppressionList.key(address));
        return entry == null ? "" : entry.reason().name().toLowerCase(Locale.ROOT);
    }

    private static String nameOf(String address, Map<String, Customer> byAddress) {
        Customer customer = byAddress.get(SuppressionList.key(address));
        return customer == null ? "" : customer.name();
    }

    /** Says how many there are of something. */
    static String counted(int number, String thing) {
        return number + " " + thing + (number == 1 ? "" : "s");
    }

    /** Says the figures of one mailing. */
    static String figures(List<Posted> letters) {
        long suppressed = count(letters, Posted::isSuppressed);
        return count(letters, Posted::isSent) + " sent, "
                + count(letters, letter -> letter.outcome() instanceof SendOutcome.NotSent && !letter.isSuppressed())
                + " not sent, " + count(letters, letter -> letter.outcome() instanceof SendOutcome.Unknown) + " unknown"
                + (suppressed == 0 ? "" : ", " + suppressed + " left out");
    }

    private static long count(List<Posted> letters, Predicate<Posted> which) {
        return letters.stream().filter(which).count();
    }
}
