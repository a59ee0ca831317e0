package io.github.sesquill.acceptance.faults;

import static io.github.sesquill.acceptance.faults.FaultyServer.refused;
import static io.github.sesquill.acceptance.faults.FaultyServer.sent;
import static io.github.sesquill.acceptance.faults.FaultyServer.tookThen;
import static io.github.sesquill.acceptance.faults.FaultyServer.tookThenSilence;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sesquill.BulkOptions;
import io.github.sesquill.BulkSend;
import io.github.sesquill.Leftover;
import io.github.sesquill.PendingSend;
import io.github.sesquill.RetryPolicy;
import io.github.sesquill.SendOptions;
import io.github.sesquill.SesMailer;
import io.github.sesquill.acceptance.faults.FaultyServer.Step;
import io.github.sesquill.api.SesApiTransport;
import io.github.sesquill.quota.QuotaGuard;
import io.github.sesquill.quota.SendingQuota;
import io.github.sesquill.test.VirtualTime;
import io.github.sesquill.transport.SendOutcome;
import io.github.sesquill.transport.SendOutcome.NotSent;
import io.github.sesquill.transport.SendOutcome.Reason;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sesv2.SesV2Client;

/** What SES says of the account, and what the user ends: throttles, full days, pauses, interrupts, deadlines, closing. */
@Execution(ExecutionMode.CONCURRENT)
@TestInstance(TestInstance.Lifecycle.PER_METHOD)
class LimitsAndEndsTest {

    private static final String ANY = "";
    private static final SendingQuota PLENTY = SendingQuota.of(1000, 1_000_000);
    private static final SendingQuota ONE_A_MINUTE = SendingQuota.of(1 / 60.0, 1_000_000);

    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }

    private FaultyServer server(Step... script) throws IOException {
        FaultyServer server = FaultyServer.start(script);
        open.add(server);
        return server;
    }

    private SesMailer mailer(Way way, FaultyServer server, SendingQuota quota) throws Exception {
        return mailer(way, Fault.of(ANY, ANY).mailer(server.endpoint()).quota(quota));
    }

    private SesMailer mailer(Way way, SesMailer.Builder builder) throws Exception {
        SesMailer mailer = way.prepare(builder)
                .retry(RetryPolicy.defaults().pauses(Duration.ofMillis(1), Duration.ofMillis(1)))
                .build();
        open.add(mailer);
        return mailer;
    }

    private static SendOutcome send(Way way, SesMailer mailer, String subject) throws Exception {
        return way.send(mailer, Fault.message(subject, 10));
    }

    private static void assertReason(SendOutcome outcome, Reason reason) {
        assertThat(outcome)
                .as(Ledger.describe(outcome))
                .isInstanceOfSatisfying(
                        NotSent.class, notSent -> assertThat(notSent.reason()).isEqualTo(reason));
    }

    @ParameterizedTest
    @EnumSource
    void waitsAsLongAsTheAnswerAsks(Way way) throws Exception {
        FaultyServer server =
                server(refused(429, "TooManyRequestsException", "Maximum sending rate exceeded.", "Retry-After: 3"));
        VirtualTime time = VirtualTime.startAt(Instant.now());
        SesMailer mailer = mailer(
                way,
                SesMailer.builder(SesApiTransport.builder()
                                .region("eu-west-1")
                                .endpoint(server.endpoint())
                                .time(time)
                                .build())
                        .quota(PLENTY)
                        .time(time));
        assertThat(send(way, mailer, "n1")).isInstanceOf(SendOutcome.Sent.class);
        assertThat(time.elapsed()).isGreaterThanOrEqualTo(Duration.ofSeconds(3));
        assertThat(server.requests()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void slowsDownWhenItIsThrottledAndComesBackSlowly(Way way) throws Exception {
        FaultyServer server = server(refused(429, "TooManyRequestsException", "Maximum sending rate exceeded."));
        VirtualTime time = VirtualTime.start();
        SesMailer mailer = mailer(
                way,
                Fault.of(ANY, ANY)
                        .mailer(server.endpoint())
                        .quota(SendingQuota.of(10, 1_000_000))
                        .time(time));
        assertThat(send(way, mailer, "n0")).isInstanceOf(SendOutcome.Sent.class);
        Duration start = time.elapsed();
        for (int i = 1; i <= 10; i++) {
            assertThat(send(way, mailer, "n" + i)).isInstanceOf(SendOutcome.Sent.class);
        }
        assertThat(time.elapsed().minus(start)).isBetween(Duration.ofMillis(1150), Duration.ofMillis(1500));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "BULK")
    void asksNoMoreOnceTheDayIsFull(Way way) throws Exception {
        FaultyServer server = server(refused(429, "TooManyRequestsException", "Daily message quota exceeded."));
        SesMailer mailer = mailer(way, server, PLENTY);
        for (int i = 0; i < 20; i++) {
            SendOutcome outcome = send(way, mailer, "n" + i);
            assertReason(outcome, Reason.DAILY_QUOTA);
            assertThat(((NotSent) outcome).retryAt().orElseThrow())
                    .isAfter(Instant.now().plusSeconds(60));
        }
        assertThat(server.requests()).isOne();
    }

    @Test
    void aBulkWaitsForTheNextDay() throws Exception {
        FaultyServer server = server(refused(429, "TooManyRequestsException", "Daily message quota exceeded."));
        VirtualTime time = VirtualTime.start();
        SesMailer mailer = mailer(
                Way.BULK,
                Fault.of(ANY, ANY).mailer(server.endpoint()).quota(PLENTY).time(time));
        assertThat(send(Way.BULK, mailer, "n1")).isInstanceOf(SendOutcome.Sent.class);
        assertThat(time.elapsed()).isGreaterThan(Duration.ofMinutes(1));
        assertThat(server.requests()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(names = "SYNC")
    void stopsTheWholeQueueOfAPausedAccount(Way way) throws Exception {
        FaultyServer server = server().otherwise(refused(400, "SendingPausedException", "Sending is paused."));
        SesMailer mailer = mailer(way, server, SendingQuota.of(1, 1_000_000));
        ExecutorService senders = executor(Executors.newFixedThreadPool(20));
        List<Future<SendOutcome>> sends = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            String subject = "n" + i;
            sends.add(senders.submit(() -> send(way, mailer, subject)));
        }
        for (Future<SendOutcome> send : sends) {
            assertReason(send.get(), Reason.SENDING_PAUSED);
        }
        assertThat(server.requests()).isLessThan(20);
    }

    private ExecutorService executor(ExecutorService executor) {
        open.add(executor::shutdownNow);
        return executor;
    }

    @ParameterizedTest
    @EnumSource
    void rightsTheClockOnce(Way way) throws Exception {
        // The SDK keeps the difference for the whole JVM, so each way needs a difference of its own.
        Duration difference = Duration.ofHours(2 + List.of(Way.values()).indexOf(way));
        FaultyServer server = server().otherwise(connection -> {
            String head = connection.readHead();
            Instant now = Instant.now().plus(difference);
            Instant signed =
                    DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssX").parse(header(head, "x-amz-date"), Instant::from);
            connection.readBody(head);
            if (Duration.between(signed, now).abs().compareTo(Duration.ofMinutes(5)) > 0) {
                connection.write(FaultyServer.response(
                        403,
                        "{\"message\":\"Signature expired: it is old.\"}",
                        FaultyServer.ofSes(
                                "x-amzn-ErrorType: InvalidSignatureException",
                                "Date: " + DateTimeFormatter.RFC_1123_DATE_TIME.format(now.atOffset(ZoneOffset.UTC)))));
            } else {
                connection.write(FaultyServer.response(200, "{\"MessageId\":\"1-2\"}", FaultyServer.ofSes()));
            }
        });
        SesMailer mailer = mailer(way, server, PLENTY);
        assertThat(send(way, mailer, "n1").attemptIds()).hasSize(2);
        SendOutcome second = send(way, mailer, "n2");
        assertThat(second).isInstanceOf(SendOutcome.Sent.class);
        assertThat(second.attemptIds()).as("the clock stays right").hasSize(1);
        assertThat(server.requests()).isEqualTo(3);
    }

    private static String header(String head, String name) {
        return head.lines()
                .filter(line -> line.toLowerCase(java.util.Locale.ROOT).startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @EnumSource
    void asksForCredentialsAgainOnceTheTokenHasExpired(Way way) throws Exception {
        FaultyServer server = server(refused(403, "ExpiredTokenException", "The security token is expired."));
        AtomicInteger asked = new AtomicInteger();
        SesV2Client client = SesV2Client.builder()
                .region(Region.EU_WEST_1)
                .endpointOverride(server.endpoint())
                .credentialsProvider(() -> session(asked.incrementAndGet()))
                .build();
        open.add(client);
        SesMailer mailer =
                mailer(way, SesMailer.builder(SesApiTransport.using(client)).quota(PLENTY));
        assertThat(send(way, mailer, "n1")).isInstanceOf(SendOutcome.Sent.class);
        assertThat(asked).hasValue(2);
    }

    private static AwsCredentials session(int count) {
        return AwsSessionCredentials.create("AKID", "secret", "token-" + count);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "BULK")
    void neverSendsWhatIsTooLateInTheQueue(Way way) throws Exception {
        FaultyServer server = server();
        SesMailer mailer = mailer(
                way,
                Fault.of(ANY, ANY).mailer(server.endpoint()).quota(ONE_A_MINUTE).deadline(Duration.ofSeconds(20)));
        assertThat(send(way, mailer, "n1")).isInstanceOf(SendOutcome.Sent.class);
        assertReason(send(way, mailer, "n2"), Reason.DEADLINE);
        assertThat(server.requests()).isOne();
    }

    @Test
    void aBulkNeverSendsWhatIsTooLateInTheQueue() throws Exception {
        FaultyServer server = server();
        SesMailer mailer = mailer(
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
        FaultyServer server = server();
        SesMailer mailer = mailer(
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
        FaultyServer server = server(tookThenSilence(""));
        Interrupted send = new Interrupted(mailer(Way.SYNC, server, PLENTY), "n1");
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
        FaultyServer server = server();
        SesMailer mailer = mailer(
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
        FaultyServer server = server(tookThenSilence(""));
        PendingSend send = mailer(way, server, PLENTY).sendAsync(Fault.message("n1", 10));
        server.awaitRequest();
        send.cancel();
        assertThat(send.join()).isInstanceOf(SendOutcome.Unknown.class);
        server.ledger().holdAgainst("n1", send.join());
    }

    @Test
    void closingCancelsTheQueueAndLeavesWhatIsOnTheWireUnknown() throws Exception {
        FaultyServer server = server(tookThenSilence(""));
        SesMailer mailer = mailer(
                Way.SYNC,
                Fault.of(ANY, ANY).mailer(server.endpoint()).quota(ONE_A_MINUTE).deadline(Duration.ofHours(1)));
        ExecutorService senders = executor(Executors.newFixedThreadPool(5));
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
        FaultyServer server = server(sent(), tookThen(""));
        SesMailer mailer = mailer(way, server, PLENTY);
        assertThat(send(way, mailer, "n1")).isInstanceOf(SendOutcome.Sent.class);
        SendOutcome second = send(way, mailer, "n2");
        assertThat(second).isInstanceOf(SendOutcome.Unknown.class);
        server.ledger().holdAgainst("n2", second);
        assertThat(server.requests()).isEqualTo(2);
    }

    @Test
    void aSecondMessageDoesNotDieWithTheConnectionOfTheFirst() throws Exception {
        FaultyServer server = server(connection -> {
            sent().on(connection);
            connection.end();
        });
        SesMailer mailer = mailer(Way.SYNC, server, PLENTY);
        assertThat(send(Way.SYNC, mailer, "n1")).isInstanceOf(SendOutcome.Sent.class);
        while (server.connections() > 0) {
            Thread.onSpinWait();
        }
        SendOutcome second = send(Way.SYNC, mailer, "n2");
        server.ledger().holdAgainst("n2", second);
        assertThat(second).as(Ledger.describe(second)).isNotInstanceOf(NotSent.class);
    }

    @Test
    void oneGuardIsSlowedDownForAllItsMailers() throws Exception {
        FaultyServer server = server(refused(429, "TooManyRequestsException", "Maximum sending rate exceeded."));
        VirtualTime time = VirtualTime.start();
        QuotaGuard guard = QuotaGuard.of(SendingQuota.of(10, 1_000_000), time);
        SesMailer throttled = mailer(
                Way.SYNC,
                Fault.of(ANY, ANY).mailer(server.endpoint()).quota(guard).time(time));
        SesMailer other = mailer(
                Way.SYNC,
                Fault.of(ANY, ANY).mailer(server.endpoint()).quota(guard).time(time));
        assertThat(throttled.trySend(Fault.message("n1", 10), SendOptions.defaults()))
                .isInstanceOf(SendOutcome.Sent.class);
        Duration start = time.elapsed();
        assertThat(send(Way.SYNC, other, "n2")).isInstanceOf(SendOutcome.Sent.class);
        assertThat(time.elapsed().minus(start)).isGreaterThan(Duration.ofMillis(115));
    }
}
