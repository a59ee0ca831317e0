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
import java.util.Deque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

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
