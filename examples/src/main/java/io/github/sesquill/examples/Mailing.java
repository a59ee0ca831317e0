package io.github.sesquill.examples;

import io.github.sesquill.SendOptions;
import io.github.sesquill.SesMailer;
import io.github.sesquill.message.EmailMessage;
import io.github.sesquill.quota.SendingQuota;
import io.github.sesquill.suppression.SuppressionList;
import io.github.sesquill.transport.EmailTransport;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Sends a shop's mailing to its customers, and a second one without those whose mail bounced or who complained.
 *
 * <p>Read {@link #send} first: it is the job from beginning to end.
 */
public final class Mailing {

    /** A mailing is in no hurry: a letter may wait as long for quota as the slowest rate asks for. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final int ALL_SENT = 0;
    private static final int NOT_ALL_SENT = 1;
    private static final int NOTHING_SENT = 2;

    private final Options options;
    private final Ses ses;
    private final PrintStream out;
    private final PrintStream problems;
    private final boolean terminal;
    private final Report report;
    private final SuppressionList suppressions = SuppressionList.inMemory();
    private final Feedback feedback = new Feedback(suppressions);

    private Mailing(Options options, Ses ses, PrintStream out, PrintStream problems, boolean terminal) {
        this.options = options;
        this.ses = ses;
        this.out = out;
        this.problems = problems;
        this.terminal = terminal;
        this.report = new Report(out);
    }

    /** Runs the job; ends the JVM only if something was not sent. */
    public static void main(String[] arguments) {
        // Names come in every script, whatever the locale of the machine is.
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        PrintStream problems = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        int status = run(List.of(arguments), out, problems, isTerminal());
        if (status != ALL_SENT) {
            System.exit(status);
        }
    }

    @SuppressWarnings("SystemConsoleNull") // JDK 22 to 24 see a terminal in a file too; the bar is then in the file
    private static boolean isTerminal() {
        return System.console() != null;
    }

    /** Runs the job in this process and returns its exit code. */
    static int run(List<String> arguments, PrintStream out, PrintStream problems, boolean terminal) {
        try {
            Options options = Options.of(arguments);
            if (options.help()) {
                out.print(Options.HELP);
                return ALL_SENT;
            }
            Customers customers = Customers.read(options.customers());
            Letter letter = new Letter(options, customers.columns());
            try (Ses ses = Ses.of(options)) {
                int status = new Mailing(options, ses, out, problems, terminal).send(customers, letter);
                if (options.keepOpen()) {
                    stayOpen(ses, out);
                }
                return status;
            }
        } catch (CannotStartException e) {
            problems.println(e.sentence());
            return NOTHING_SENT;
        }
    }

    /** Waits until somebody interrupts. */
    private static void stayOpen(Ses ses, PrintStream out) {
        ses.inbox().ifPresent(inbox -> out.println("\nThe inbox stays at " + inbox + " until this is interrupted."));
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private int send(Customers customers, Letter letter) {
        List<String> refused = new ArrayList<>(customers.problems());
        Map<Customer, EmailMessage> letters = letters(customers, letter, refused);
        refused.forEach(problems::println);

        try (SesMailer mailer = mailer(ses.transport());
                SesMailer reminder =
                        ses.smtp().map(smtp -> sharing(mailer, smtp)).orElse(mailer)) {
            out.println("Mailing to " + Report.counted(letters.size(), "customer") + " in " + options.customers()
                    + " through " + ses.description() + ".");
            ses.inbox().ifPresent(inbox -> out.println("Its inbox is at " + inbox + " while this runs."));
            List<Posted> first = post("First mailing", letters, mailer);
            report.heading("What became of it");
            report.outcomes(first);

            List<Posted> second = List.of();
            if (takeFeedback(customers)) {
                second = post("Second mailing, to those the first was sent to", reminders(first), reminder);
                report.heading("Who was left out");
                report.leftOut(second, suppressions, byAddress(customers));
            }
            report.heading("Summary: " + Report.counted(refused.size(), "line") + " refused; first mailing "
                    + Report.figures(first) + "; second mailing " + Report.figures(second) + ".");
            return refused.isEmpty() && isDone(first) && isDone(second) ? ALL_SENT : NOT_ALL_SENT;
        }
    }

    /** Writes all letters before the first one is sent, and adds to the refused whose letter SES would not take. */
    private static Map<Customer, EmailMessage> letters(Customers customers, Letter letter, List<String> refused) {
        Map<Customer, EmailMessage> letters = new LinkedHashMap<>();
        for (Customer customer : customers.customers()) {
            try {
                letters.put(customer, letter.to(customer));
            } catch (IllegalArgumentException e) {
                refused.add(customers.problem(customer.line(), String.valueOf(e.getMessage())));
            }
        }
        return letters;
    }

    private SesMailer mailer(EmailTransport transport) {
        SesMailer.Builder mailer = builder(transport);
        // Without this the mailer asks the account what it may do.
        options.rate().ifPresent(rate -> mailer.quota(SendingQuota.perSecond(rate)));
        return mailer.build();
    }

    /** Goes another way to the same account, and so within the same quota. */
    private SesMailer sharing(SesMailer mailer, EmailTransport transport) {
        return builder(transport).quota(mailer.quota()).build();
    }

    private SesMailer.Builder builder(EmailTransport transport) {
        return SesMailer.builder(transport)
                .suppressionList(suppressions)
                .deadline(PATIENCE)
                .time(ses.time());
    }

    private List<Posted> post(String title, Map<Customer, EmailMessage> letters, SesMailer mailer) {
        report.heading(title);
        Progress progress = new Progress(out, terminal, letters.size());
        List<Posted> posted = new ArrayList<>();
        long start = ses.time().nanoTime();
        letters.forEach((customer, letter) -> {
            posted.add(new Posted(
                    customer,
                    letter,
                    mailer.trySend(letter, SendOptions.defaults().bulk())));
            progress.step();
        });
        Duration took = Duration.ofNanos(ses.time().nanoTime() - start);
        report.pace(posted.size(), took, mailer.quota().quota().recipientsPerSecond());
        return posted;
    }

    /** Takes note of what came back; answers whether anything can come back at all. */
    private boolean takeFeedback(Customers customers) {
        report.heading("What came back");
        return ses.notifications()
                .map(bodies -> {
                    bodies.forEach(feedback::take);
                    report.feedback(feedback, byAddress(customers));
                    return true;
                })
                .orElseGet(() -> {
                    report.line(
                            "Notifications do not come to this job but to where SES publishes them, such as a topic of"
                                    + " SNS; so it ends here, without a second mailing.");
                    return false;
                });
    }

    private static Map<Customer, EmailMessage> reminders(List<Posted> first) {
        Map<Customer, EmailMessage> reminders = new LinkedHashMap<>();
        first.stream()
                .filter(Posted::isSent)
                .forEach(posted ->
                        reminders.put(posted.customer(), Letter.reminder(posted.letter(), posted.customer())));
        return reminders;
    }

    private static Map<String, Customer> byAddress(Customers customers) {
        return customers.customers().stream()
                .collect(Collectors.toMap(
                        customer -> SuppressionList.key(customer.address().address()), Function.identity()));
    }

    private static boolean isDone(List<Posted> letters) {
        return letters.stream().allMatch(letter -> letter.isSent() || letter.isSuppressed());
    }
}
