package io.github.sesquill.acceptance.faults;

import static io.github.sesquill.acceptance.faults.FaultyServer.sent;
import static io.github.sesquill.acceptance.faults.FaultyServer.tookThen;
import static io.github.sesquill.acceptance.faults.FaultyServer.tookThenSilence;
import static io.github.sesquill.acceptance.faults.Workbench.ANY;
import static io.github.sesquill.acceptance.faults.Workbench.ONE_A_MINUTE;
import static io.github.sesquill.acceptance.faults.Workbench.PLENTY;
import static io.github.sesquill.acceptance.faults.Workbench.assertReason;
import static io.github.sesquill.acceptance.faults.Workbench.awaitTrue;
import static io.github.sesquill.acceptance.faults.Workbench.send;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sesquill.BulkOptions;
import io.github.sesquill.BulkSend;
import io.github.sesquill.Leftover;
import io.github.sesquill.PendingSend;
import io.github.sesquill.SesMailer;
import io.github.sesquill.quota.SendingQuota;
import io.github.sesquill.test.VirtualTime;
import io.github.sesquill.transport.SendOutcome;
import io.github.sesquill.transport.SendOutcome.NotSent;
import io.github.sesquill.transport.SendOutcome.Reason;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
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

    private SesMailer mailer(Way way, FaultyServer server, Senders senders, SendingQuota quota) throws Exception {
        return bench.mailer(
                way,
                Fault.of(ANY, ANY)
                        .mailer(server.endpoint())
                        .quota(quota)
                        .deadline(Duration.ofHours(1))
                        .intercept(senders)
                        .listener(senders));
    }

    @ParameterizedTest
    @EnumSource
    void anInterruptInTheQueueCancels(Way way) throws Exception {
        FaultyServer server = bench.server();
        Senders senders = new Senders();
        SesMailer mailer = mailer(way, server, senders, ONE_A_MINUTE);
        List<Future<SendOutcome>> sends = bench.sendingBehind(server, senders, way, mailer, 1);
        assertThat(sends.get(0).get()).isInstanceOf(SendOutcome.Sent.class);
        senders.interruptLast();
        assertReason(sends.get(1).get(), Reason.CANCELLED);
        assertThat(senders.keptTheFlag()).isTrue();
        assertThat(server.requests()).isOne();
    }

    @ParameterizedTest
    @EnumSource
    void anInterruptAfterTheLastByteLeavesItUnknown(Way way) throws Exception {
        FaultyServer server = bench.server(tookThenSilence(""));
        Senders senders = new Senders();
        Future<SendOutcome> send = bench.sending(way, mailer(way, server, senders, PLENTY), "n1");
        server.awaitRequest();
        senders.interruptLast();
        assertThat(send.get()).isInstanceOf(SendOutcome.Unknown.class);
        assertThat(senders.keptTheFlag()).isTrue();
        server.ledger().holdAgainst("n1", send.get());
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

    @ParameterizedTest
    @EnumSource
    void closingCancelsTheQueueAndLeavesWhatIsOnTheWireUnknown(Way way) throws Exception {
        FaultyServer server = bench.server(tookThenSilence(""));
        Senders senders = new Senders();
        SesMailer mailer = mailer(way, server, senders, ONE_A_MINUTE);
        List<Future<SendOutcome>> sends = bench.sendingBehind(server, senders, way, mailer, 4);
        Leftover left = mailer.close(Duration.ofMillis(50));
        assertThat(sends.get(0).get()).isInstanceOf(SendOutcome.Unknown.class);
        server.ledger().holdAgainst("n0", sends.get(0).get());
        for (int i = 1; i <= 4; i++) {
            assertReason(sends.get(i).get(), Reason.CANCELLED);
            server.ledger().holdAgainst("n" + i, sends.get(i).get());
        }
        assertThat(left.brokenOff()).isOne();
        assertThat(left.cancelled()).isEqualTo(4);
        assertThat(server.requests()).isOne();
        assertReason(mailer.trySend(Fault.message("n9", 10)), Reason.CANCELLED);
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
        awaitTrue("the first connection ends", () -> server.connections() == 0);
        SendOutcome second = send(Way.SYNC, mailer, "n2");
        server.ledger().holdAgainst("n2", second);
        assertThat(second).as(Ledger.describe(second)).isNotInstanceOf(NotSent.class);
    }
}
