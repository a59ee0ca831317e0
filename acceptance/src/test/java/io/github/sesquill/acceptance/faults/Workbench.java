package io.github.sesquill.acceptance.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sesquill.RetryPolicy;
import io.github.sesquill.SesMailer;
import io.github.sesquill.acceptance.faults.FaultyServer.Step;
import io.github.sesquill.quota.SendingQuota;
import io.github.sesquill.transport.SendOutcome;
import io.github.sesquill.transport.SendOutcome.NotSent;
import io.github.sesquill.transport.SendOutcome.Reason;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** The servers, mailers and threads of one test, closed after it, the last first. */
final class Workbench {

    static final String ANY = "";
    static final SendingQuota PLENTY = SendingQuota.of(1000, 1_000_000);
    static final SendingQuota ONE_A_MINUTE = SendingQuota.of(1 / 60.0, 1_000_000);

    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    FaultyServer server(Step... script) throws IOException {
        return closing(FaultyServer.start(script));
    }

    SesMailer mailer(Way way, FaultyServer server, SendingQuota quota) throws Exception {
        return mailer(way, Fault.of(ANY, ANY).mailer(server.endpoint()).quota(quota));
    }

    SesMailer mailer(Way way, SesMailer.Builder builder) throws Exception {
        return closing(way.prepare(builder)
                .retry(RetryPolicy.defaults().pauses(Duration.ofMillis(1), Duration.ofMillis(1)))
                .build());
    }

    ExecutorService threads(int number) {
        ExecutorService threads = Executors.newFixedThreadPool(number);
        open.push(threads::shutdownNow);
        return threads;
    }

    /** Closes this after the test. */
    <T extends AutoCloseable> T closing(T closeable) {
        open.push(closeable);
        return closeable;
    }

    static SendOutcome send(Way way, SesMailer mailer, String subject) throws Exception {
        return way.send(mailer, Fault.message(subject, 10));
    }

    /** Sends by a thread of its own. */
    Future<SendOutcome> sending(Way way, SesMailer mailer, String subject) {
        return threads(1).submit(() -> send(way, mailer, subject));
    }

    /** Sends n0 and, once the server has it, so many more, n1 and on; answers when those are in line. */
    List<Future<SendOutcome>> sendingBehind(FaultyServer server, Senders senders, Way way, SesMailer mailer, int more)
            throws Exception {
        List<Future<SendOutcome>> sends = new ArrayList<>();
        sends.add(sending(way, mailer, "n0"));
        server.awaitRequest();
        for (int i = 1; i <= more; i++) {
            sends.add(sending(way, mailer, "n" + i));
        }
        senders.awaitWaitingBehindTheFirst(1 + more);
        return sends;
    }

    /** Waits for what comes in a moment, and says what did not. */
    static void awaitTrue(String what, BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - start).as(what).isLessThan(TimeUnit.SECONDS.toNanos(30));
            Thread.onSpinWait();
        }
    }

    static void assertReason(SendOutcome outcome, Reason reason) {
        assertThat(outcome)
                .as(Ledger.describe(outcome))
                .isInstanceOfSatisfying(
                        NotSent.class, notSent -> assertThat(notSent.reason()).isEqualTo(reason));
    }

    void close() throws Exception {
        while (!open.isEmpty()) {
            open.pop().close();
        }
    }
}
