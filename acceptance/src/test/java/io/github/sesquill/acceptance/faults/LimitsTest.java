package io.github.sesquill.acceptance.faults;

import static io.github.sesquill.acceptance.faults.FaultyServer.refused;
import static io.github.sesquill.acceptance.faults.Workbench.ANY;
import static io.github.sesquill.acceptance.faults.Workbench.ONE_A_MINUTE;
import static io.github.sesquill.acceptance.faults.Workbench.PLENTY;
import static io.github.sesquill.acceptance.faults.Workbench.assertReason;
import static io.github.sesquill.acceptance.faults.Workbench.send;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sesquill.SendOptions;
import io.github.sesquill.SesMailer;
import io.github.sesquill.api.SesApiTransport;
import io.github.sesquill.quota.QuotaGuard;
import io.github.sesquill.quota.SendingQuota;
import io.github.sesquill.test.VirtualTime;
import io.github.sesquill.transport.SendOutcome;
import io.github.sesquill.transport.SendOutcome.NotSent;
import io.github.sesquill.transport.SendOutcome.Reason;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
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

/** What SES says of the account: throttles, full days, pauses, its clock, expired credentials. */
@Execution(ExecutionMode.CONCURRENT)
@TestInstance(TestInstance.Lifecycle.PER_METHOD)
class LimitsTest {

    @AutoClose
    private final Workbench bench = new Workbench();

    @ParameterizedTest
    @EnumSource
    void waitsAsLongAsTheAnswerAsks(Way way) throws Exception {
        FaultyServer server = bench.server(
                refused(429, "TooManyRequestsException", "Maximum sending rate exceeded.", "Retry-After: 3"));
        VirtualTime time = VirtualTime.startAt(Instant.now());
        SesMailer mailer = bench.mailer(
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
        FaultyServer server = bench.server(refused(429, "TooManyRequestsException", "Maximum sending rate exceeded."));
        VirtualTime time = VirtualTime.start();
        SesMailer mailer = bench.mailer(
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
        for (int i = 11; i <= 50; i++) {
            assertThat(send(way, mailer, "n" + i)).isInstanceOf(SendOutcome.Sent.class);
        }
        Duration full = time.elapsed();
        for (int i = 51; i <= 70; i++) {
            assertThat(send(way, mailer, "n" + i)).isInstanceOf(SendOutcome.Sent.class);
        }
        assertThat(time.elapsed().minus(full)).isBetween(Duration.ofMillis(1900), Duration.ofMillis(2100));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "BULK")
    void asksNoMoreOnceTheDayIsFull(Way way) throws Exception {
        FaultyServer server = bench.server(refused(429, "TooManyRequestsException", "Daily message quota exceeded."));
        SesMailer mailer = bench.mailer(way, server, PLENTY);
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
        FaultyServer server = bench.server(refused(429, "TooManyRequestsException", "Daily message quota exceeded."));
        VirtualTime time = VirtualTime.start();
        SesMailer mailer = bench.mailer(
                Way.BULK,
                Fault.of(ANY, ANY).mailer(server.endpoint()).quota(PLENTY).time(time));
        assertThat(send(Way.BULK, mailer, "n1")).isInstanceOf(SendOutcome.Sent.class);
        assertThat(time.elapsed()).isGreaterThan(Duration.ofMinutes(1));
        assertThat(server.requests()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void stopsTheWholeQueueOfAPausedAccount(Way way) throws Exception {
        CompletableFuture<Void> queueIsThere = new CompletableFuture<>();
        FaultyServer server = bench.server(refused(queueIsThere, 400, "SendingPausedException", "Sending is paused."));
        Senders senders = new Senders();
        SesMailer mailer = bench.mailer(
                way,
                Fault.of(ANY, ANY)
                        .mailer(server.endpoint())
                        .quota(ONE_A_MINUTE)
                        .deadline(Duration.ofHours(1))
                        .intercept(senders)
                        .listener(senders));
        List<Future<SendOutcome>> sends = bench.sendingBehind(server, senders, way, mailer, 19);
        queueIsThere.complete(null);
        for (Future<SendOutcome> send : sends) {
            assertReason(send.get(), Reason.SENDING_PAUSED);
        }
        assertThat(server.requests()).isOne();
    }

    @ParameterizedTest
    @EnumSource
    void rightsTheClockOnce(Way way) throws Exception {
        // The SDK keeps the difference for the whole JVM, so each way needs a difference of its own.
        Duration difference = Duration.ofHours(2 + List.of(Way.values()).indexOf(way));
        FaultyServer server = bench.server().otherwise(connection -> {
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
        SesMailer mailer = bench.mailer(way, server, PLENTY);
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
        FaultyServer server = bench.server(refused(403, "ExpiredTokenException", "The security token is expired."));
        AtomicInteger asked = new AtomicInteger();
        SesV2Client client = SesV2Client.builder()
                .region(Region.EU_WEST_1)
                .endpointOverride(server.endpoint())
                .credentialsProvider(() -> session(asked.incrementAndGet()))
                .build();
        bench.closing(client);
        SesMailer mailer = bench.mailer(
                way, SesMailer.builder(SesApiTransport.using(client)).quota(PLENTY));
        assertThat(send(way, mailer, "n1")).isInstanceOf(SendOutcome.Sent.class);
        assertThat(asked).hasValue(2);
    }

    private static AwsCredentials session(int count) {
        return AwsSessionCredentials.create("AKID", "secret", "token-" + count);
    }

    @Test
    void oneGuardIsSlowedDownForAllItsMailers() throws Exception {
        FaultyServer server = bench.server(refused(429, "TooManyRequestsException", "Maximum sending rate exceeded."));
        VirtualTime time = VirtualTime.start();
        QuotaGuard guard = QuotaGuard.of(SendingQuota.of(10, 1_000_000), time);
        SesMailer throttled = bench.mailer(
                Way.SYNC,
                Fault.of(ANY, ANY).mailer(server.endpoint()).quota(guard).time(time));
        SesMailer other = bench.mailer(
                Way.SYNC,
                Fault.of(ANY, ANY).mailer(server.endpoint()).quota(guard).time(time));
        assertThat(throttled.trySend(Fault.message("n1", 10), SendOptions.defaults()))
                .isInstanceOf(SendOutcome.Sent.class);
        Duration start = time.elapsed();
        assertThat(send(Way.SYNC, other, "n2")).isInstanceOf(SendOutcome.Sent.class);
        assertThat(time.elapsed().minus(start)).isGreaterThan(Duration.ofMillis(115));
    }
}
