package io.github.sesquill.acceptance.faults;

import static io.github.sesquill.acceptance.faults.FaultyServer.sent;
import static io.github.sesquill.acceptance.faults.FaultyServer.tookThen;
import static io.github.sesquill.acceptance.faults.FaultyServer.tookThenSilence;
import static io.github.sesquill.acceptance.faults.Workbench.ANY;
import static io.github.sesquill.acceptance.faults.Workbench.ONE_A_MINUTE;
import static io.github.sesquill.acceptance.faults.Workbench.PLENTY;
import static io.github.sesquill.acceptance.faults.Workbench.assertReason;
import static io.github.sesquill.acceptance.faults.Workbench.send;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sesquill.BulkOptions;
import io.github.sesquill.BulkSend;
import io.github.sesquill.Leftover;
import io.github.sesquill.PendingSend;
import io.github.sesquill.SesMailer;
import io.github.sesquill.test.VirtualTime;
import io.github.sesquill.transport.SendOutcome;
import io.github.sesquill.transport.SendOutcome.NotSent;
import io.github.sesquill.transport.SendOutcome.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What ends a send that is not over: deadlines, interrupts, cancelling, closing, and connections that go. */
@Execution(ExecutionMode.CONCURRENT)
@TestInstance(TestInstance.Lifecycle.PER_METHOD)
class EndsTest {

    @AutoClose
    private final Workbench bench = new Workbench();

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "BULK")
    void neverSendsWhatIsTooLateInTheQueue(Way way) throws Exception {
        FaultyServer server = bench.server();
        SesMailer mailer = bench.mailer(
                way,
                Fault.of(ANY, ANY).mailer(server.endpoint()).quota(ONE_A_MINUTE).deadline(Duration.ofSeconds(20)));
        assertThat(send(way, mailer, "n1")).isInstanceOf(SendOutcome.Sent.class);
        assertReason(send(way, mailer, "n2"), Reason.DEADLINE);
        assertThat(server.requests()).isOne();
    }

    @Test
    void aBulkNeverSendsWhatIsTooLateInTheQueue() throws Exception {
        FaultyServer server = bench.server();
        SesMailer mailer = bench.mailer(
                Way.BULK,
                Fault.of(ANY, ANY).mailer(server.endpoint()).quota(ONE_A_MINUTE).time(VirtualTime.start()));
        List<SendOutcome> outcomes = new CopyOnWriteArrayList<>();
        BulkSend.Report report = mailer.sendAll(
                        List.of(Fault.message("n1", 10), Fault.message("n2", 10)),
                        BulkOptions.defaults()
                                .deadline(Duration.ofSeconds(20))
                                .onResult(result -> outcomes.add(result.outcome())))
                .join();
        assertThat(outcomes.stream().map(Fault::name))
                .as(report.toString())
                .containsExactlyInAnyOrder("SENT", "DEADLINE");
        assertThat(server.requests()).isOne();
    }

    @Test
    void anInterruptInTheQueueCancels() throws Exception {
        FaultyServer server = bench.server();
        SesMailer mailer = bench.mailer(
                Way.SYNC,
                Fault.of(ANY, ANY).mailer(server.endpoint()).quota(ONE_A_MINUTE).deadline(Duration.ofHours(1)));
        assertThat(send(Way.SYNC, mailer, "n1")).isInstanceOf(SendOutcome.Sent.class);
        Interrupted second = new Interrupted(mailer, "n2");
        second.awaitWaiting();
        second.interrupt();
        assertReason(second.outcome(), Reason.CANCELLED);
        assertThat(second.keptTheFlag).isTrue();
        assertThat(server.requests()).isOne();
    }

    @Test
    void anInterruptAfterTheLastByteLeavesItUnknown() throws Exception {
        FaultyServer server = bench.server(tookThenSilence(""));
        Interrupted send = new Interrupted(bench.mailer(Way.SYNC, server, PLENTY), "n1");
        server.awaitRequest();
        send.interrupt();
        assertThat(send.outcome()).isInstanceOf(SendOutcome.Unknown.class);
        assertThat(send.keptTheFlag).isTrue();
        server.ledger().holdAgainst("n1", send.outcome());
    }

    /** A thread of its own that sends one message and is interrupted. */
    private static final class Interrupted extends Thread {

        private final SesMailer mailer;
        private final String subject;
        private volatile SendOutcome outcome = SendOutcome.unknown("it has not ended");
        private volatile boolean keptTheFlag;

        Interrupted(SesMailer mailer, String subject) {
            this.mailer = mailer;
            this.subject = subject;
            start();
        }

        @Override
        public void run() {
            outcome = mailer.trySend(Fault.message(subject, 10));
            keptTheFlag = isInterrupted();
        }

        void awaitWaiting() {
            while (getState() != State.TIMED_WAITING) {
                Thread.onSpinWait();
            }
        }

        SendOutcome outcome() throws InterruptedException {
            join();
            return outcome;
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.MATCH_ALL, names = "ASYNC.*")
    void cancellingWhatWaitsEndsItUnsent(Way way) throws Exception {
        FaultyServer server = bench.server();
        SesMailer mailer = bench.mailer(
                way,
                Fault.of(ANY, ANY).mailer(server.endpoint()).quota(ONE_A_MINUTE).deadline(Duration.ofHours(1)));
        assertThat(send(way, mailer, "n1")).isInstanceOf(SendOutcome.Sent.class);
        PendingSend second = mailer.sendAsync(Fault.message("n2", 10));
        second.cancel();
        assertReason(second.join(), Reason.CANCELLED);
        assertThat(server.requests()).isOne();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.MATCH_ALL, names = "ASYNC.*")
    void cancellingAfterTheLastByteLeavesItUnknown(Way way) throws Exception {
        FaultyServer server = bench.server(tookThenSilence(""));
        PendingSend send = bench.mailer(way, server, PLENTY).sendAsync(Fault.message("n1", 10));
        server.awaitRequest();
        send.cancel();
        assertThat(send.join()).isInstanceOf(SendOutcome.Unknown.class);
        server.ledger().holdAgainst("n1", send.join());
    }

    @Test
    void closingCancelsTheQueueAndLeavesWhatIsOnTheWireUnknown() throws Exception {
        FaultyServer server = bench.server(tookThenSilence(""));
        SesMailer mailer = bench.mailer(
                Way.SYNC,
                Fault.of(ANY, ANY).mailer(server.endpoint()).quota(ONE_A_MINUTE).deadline(Duration.ofHours(1)));
        ExecutorService senders = bench.threads(5);
        List<Future<SendOutcome>> sends = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            String subject = "n" + i;
            sends.add(senders.submit(() -> send(Way.SYNC, mailer, subject)));
        }
        server.awaitRequest();
        Leftover left = mailer.close(Duration.ofMillis(50));
        int unknown = 0;
        for (int i = 0; i < 5; i++) {
            SendOutcome outcome = sends.get(i).get();
            server.ledger().holdAgainst("n" + i, outcome);
            if (outcome instanceof SendOutcome.Unknown) {
                unknown++;
            } else {
                assertReason(outcome, Reason.CANCELLED);
            }
        }
        assertThat(unknown).isOne();
        assertThat(left.brokenOff()).isOne();
        assertThat(server.requests()).isOne();
        assertReason(send(Way.SYNC, mailer, "n9"), Reason.CANCELLED);
    }

    @ParameterizedTest
    @EnumSource
    void aKeptConnectionThatEndsAfterTheRequestLeavesItUnknown(Way way) throws Exception {
        FaultyServer server = bench.server(sent(), tookThen(""));
        SesMailer mailer = bench.mailer(way, server, PLENTY);
        assertThat(send(way, mailer, "n1")).isInstanceOf(SendOutcome.Sent.class);
        SendOutcome second = send(way, mailer, "n2");
        assertThat(second).isInstanceOf(SendOutcome.Unknown.class);
        server.ledger().holdAgainst("n2", second);
        assertThat(server.requests()).isEqualTo(2);
    }

    @Test
    void aSecondMessageDoesNotDieWithTheConnectionOfTheFirst() throws Exception {
        FaultyServer server = bench.server(connection -> {
            sent().on(connection);
            connection.end();
        });
        SesMailer mailer = bench.mailer(Way.SYNC, server, PLENTY);
        assertThat(send(Way.SYNC, mailer, "n1")).isInstanceOf(SendOutcome.Sent.class);
        while (server.connections() > 0) {
            Thread.onSpinWait();
        }
        SendOutcome second = send(Way.SYNC, mailer, "n2");
        server.ledger().holdAgainst("n2", second);
        assertThat(second).as(Ledger.describe(second)).isNotInstanceOf(NotSent.class);
    }
}
