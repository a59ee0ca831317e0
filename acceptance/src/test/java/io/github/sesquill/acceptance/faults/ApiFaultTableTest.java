package io.github.sesquill.acceptance.faults;

import static io.github.sesquill.acceptance.faults.Fault.ACCEPTED;
import static io.github.sesquill.acceptance.faults.Fault.SENT;
import static io.github.sesquill.acceptance.faults.Fault.UNKNOWN;
import static io.github.sesquill.acceptance.faults.FaultyServer.answered;
import static io.github.sesquill.acceptance.faults.FaultyServer.refused;
import static io.github.sesquill.acceptance.faults.FaultyServer.resetAfter;
import static io.github.sesquill.acceptance.faults.FaultyServer.resetAtOnce;
import static io.github.sesquill.acceptance.faults.FaultyServer.sent;
import static io.github.sesquill.acceptance.faults.FaultyServer.stallAfter;
import static io.github.sesquill.acceptance.faults.FaultyServer.took;
import static io.github.sesquill.acceptance.faults.FaultyServer.tookAsSes;
import static io.github.sesquill.acceptance.faults.FaultyServer.tookThen;
import static io.github.sesquill.acceptance.faults.FaultyServer.tookThenBytes;
import static io.github.sesquill.acceptance.faults.FaultyServer.tookThenReset;
import static io.github.sesquill.acceptance.faults.FaultyServer.tookThenSilence;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sesquill.RetryPolicy;
import io.github.sesquill.SendListener;
import io.github.sesquill.SesMailer;
import io.github.sesquill.acceptance.faults.FaultyServer.Step;
import io.github.sesquill.quota.SendingQuota;
import io.github.sesquill.transport.SendOutcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every fault of a network, a proxy or SES, in every way to send, against the server's ledger. */
@Execution(ExecutionMode.CONCURRENT)
class ApiFaultTableTest {

    private static final Duration SHORT = Duration.ofMillis(200);

    /** Long enough for a message to be handed over on any machine. */
    private static final Duration TOTAL = Duration.ofSeconds(2);

    /** More than the buffers of a connection on loopback. */
    private static final int LARGE = 8_000_000;

    static Stream<Fault> faults() {
        return Stream.of(beforeTheLine(), silences(), brokenAnswers(), strangeAnswers(), refusals())
                .flatMap(all -> all);
    }

    private static Stream<Fault> beforeTheLine() {
        return Stream.of(
                Fault.of("reset before the request", "UNAVAILABLE", resetAtOnce())
                        .large(LARGE)
                        .thenSent(),
                Fault.of("reset in the body", "UNAVAILABLE", resetAfter(1000))
                        .large(LARGE)
                        .thenSent(),
                Fault.of("reads no more, until the write timeout", "UNAVAILABLE", stallAfter(1000))
                        .large(LARGE)
                        .tuned(transport -> transport.writeTimeout(SHORT))
                        .thenSent(),
                Fault.of("reads no more, until the total timeout", "UNAVAILABLE", stallAfter(1000))
                        .large(LARGE)
                        .tuned(transport -> transport.totalTimeout(TOTAL.multipliedBy(2)))
                        .thenSent());
    }

    private static Stream<Fault> silences() {
        return Stream.of(
                Fault.of("FIN after the last byte", UNKNOWN, tookThen("")),
                Fault.of("reset after the last byte", UNKNOWN, tookThenReset()),
                Fault.of("a kept connection ends", SENT, sent("Connection: close")),
                Fault.of("silence after the last byte", UNKNOWN, tookThenSilence(""))
                        .tuned(transport -> transport.readTimeout(SHORT)),
                Fault.of("status line, then silence", UNKNOWN, tookThenSilence("HTTP/1.1 200 OK\r\n"))
                        .tuned(transport -> transport.totalTimeout(TOTAL)),
                Fault.of(
                                "headers, then silence",
                                UNKNOWN,
                                tookThenSilence("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n"))
                        .tuned(transport -> transport.readTimeout(SHORT)),
                Fault.of("half an answer, then silence", UNKNOWN, tookThenSilence(half()))
                        .tuned(transport -> transport.totalTimeout(TOTAL)),
                Fault.of("one byte at a time for ever", UNKNOWN, dribble())
                        .tuned(transport -> transport.totalTimeout(TOTAL)));
    }

    private static String half() {
        String answer = FaultyServer.response(200, "{\"MessageId\":\"0102018f\"}", FaultyServer.ofSes());
        return answer.substring(0, answer.length() - 5);
    }

    private static Step dribble() {
        return connection -> {
            connection.take();
            connection.write("HTTP/1.1 200 OK\r\n");
            while (true) {
                connection.write("X-Dribble: 1\r\n");
                Thread.onSpinWait();
            }
        };
    }

    private static Stream<Fault> brokenAnswers() {
        return Stream.of(
                Fault.of("malformed JSON", ACCEPTED, tookAsSes(200, "{\"MessageId\": oops")),
                Fault.of("empty body", ACCEPTED, tookAsSes(200, "")),
                Fault.of("no MessageId", ACCEPTED, tookAsSes(200, "{}")),
                Fault.of("MessageId is null", ACCEPTED, tookAsSes(200, "{\"MessageId\":null}")),
                Fault.of("MessageId is a number", ACCEPTED, tookAsSes(200, "{\"MessageId\":17}")),
                Fault.of("MessageId is a list", ACCEPTED, tookAsSes(200, "{\"MessageId\":[\"a\"]}")),
                Fault.of("MessageId is no id", ACCEPTED, tookAsSes(200, "{\"MessageId\":\"a b\\r\\n\"}")),
                Fault.of("truncated 200", UNKNOWN, tookThen(half())),
                Fault.of("garbage", UNKNOWN, tookThen("\u0000\u0001not http\r\n\r\n")),
                Fault.of("SMTP", UNKNOWN, tookThen("220 mail.example ESMTP\r\n")),
                Fault.of("headers beyond 64 KiB", UNKNOWN, tookAsSes(200, "{}", "X-Long: " + "x".repeat(70_000))),
                Fault.of(
                        "body beyond 1 MiB",
                        UNKNOWN,
                        tookAsSes(200, "{\"MessageId\":\"" + "x".repeat(1_100_000) + "\"}")),
                Fault.of("body without end", UNKNOWN, endless()),
                Fault.of("gzip bomb", UNKNOWN, tookThenBytes(bomb())),
                Fault.of(
                        "broken chunks",
                        UNKNOWN,
                        tookThen(
                                "HTTP/1.1 200 X\r\nx-amzn-RequestId: 1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{\"")),
                Fault.of(
                        "chunks without end",
                        UNKNOWN,
                        tookThen(
                                "HTTP/1.1 200 X\r\nx-amzn-RequestId: 1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"Mes")));
    }

    private static Step endless() {
        return connection -> {
            connection.take();
            connection.write("HTTP/1.1 200 X\r\nx-amzn-RequestId: 1\r\n\r\n{\"MessageId\":\"");
            String more = "x".repeat(8192);
            while (true) {
                connection.write(more);
            }
        };
    }

    /** One MiB that unpacks to a GiB. */
    private static byte[] bomb() {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream zeros = new GZIPOutputStream(packed)) {
            byte[] chunk = new byte[1024 * 1024];
            for (int i = 0; i < 200; i++) {
                zeros.write(chunk);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        answer.writeBytes(("HTTP/1.1 200 X\r\nx-amzn-RequestId: 1\r\nContent-Encoding: gzip\r\nContent-Length: "
                        + packed.size() + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        answer.writeBytes(packed.toByteArray());
        return answer.toByteArray();
    }

    private static Stream<Fault> strangeAnswers() {
        String id = "{\"MessageId\":\"0102018f\"}";
        return Stream.of(
                Fault.of(
                        "200 HTML of a captive proxy",
                        UNKNOWN,
                        took(200, "<html>log in</html>", "Content-Type: text/html")),
                Fault.of(
                        "200 HTML of one that passed it on",
                        UNKNOWN,
                        answered(200, "<html>", "Content-Type: text/html")),
                Fault.of("200 of nobody", UNKNOWN, took(200, "")),
                Fault.of("201", UNKNOWN, tookAsSes(201, id)),
                Fault.of("204", UNKNOWN, tookThen("HTTP/1.1 204 X\r\nx-amzn-RequestId: 1\r\n\r\n")),
                Fault.of("206", UNKNOWN, tookAsSes(206, id)),
                Fault.of("302", UNKNOWN, tookAsSes(302, "", "Location: http://127.0.0.1:1/")),
                Fault.of("500", UNKNOWN, tookAsSes(500, "{}", "x-amzn-ErrorType: InternalServiceErrorException")),
                Fault.of("500 HTML", UNKNOWN, took(500, "<html>", "Content-Type: text/html")),
                Fault.of("502", UNKNOWN, took(502, "<html>")),
                Fault.of("503", UNKNOWN, tookAsSes(503, "{}", "x-amzn-ErrorType: ServiceUnavailable")),
                Fault.of("503 that did not take it", UNKNOWN, answered(503, "")),
                Fault.of("504", UNKNOWN, took(504, "")),
                Fault.of("599", UNKNOWN, took(599, "")));
    }

    private static Stream<Fault> refusals() {
        return Stream.of(
                Fault.of("400 BadRequest", "REJECTED", refused(400, "BadRequestException", "x")),
                Fault.of("400 MessageRejected", "REJECTED", refused(400, "MessageRejected", "on a list")),
                Fault.of(
                        "400 not verified",
                        "UNVERIFIED",
                        refused(400, "MessageRejected", "Email address is not verified.")),
                Fault.of("400 MailFrom", "UNVERIFIED", refused(400, "MailFromDomainNotVerifiedException", "x")),
                Fault.of("400 suspended", "SENDING_PAUSED", refused(400, "AccountSuspendedException", "x")),
                Fault.of("400 paused", "SENDING_PAUSED", refused(400, "SendingPausedException", "x")),
                Fault.of(
                                "403 clock",
                                "AUTHENTICATION",
                                refused(403, "InvalidSignatureException", "Signature expired: x"))
                        .thenSent(),
                Fault.of("403 request expired", "AUTHENTICATION", refused(403, "RequestExpired", "x"))
                        .thenSent(),
                Fault.of("403 token expired", "AUTHENTICATION", refused(403, "ExpiredTokenException", "x"))
                        .thenSent(),
                Fault.of(
                        "403 token expired twice",
                        "AUTHENTICATION",
                        refused(403, "ExpiredTokenException", "x"),
                        refused(403, "ExpiredTokenException", "x")),
                Fault.of("403 denied", "AUTHENTICATION", refused(403, "AccessDeniedException", "x")),
                Fault.of(
                        "403 wrong key", "AUTHENTICATION", refused(403, "InvalidSignatureException", "does not match")),
                Fault.of("404", "REJECTED", refused(404, "NotFoundException", "Template t does not exist")),
                Fault.of("413", "INVALID", answered(413, "")),
                Fault.of(
                                "429 rate",
                                "THROTTLED",
                                refused(429, "TooManyRequestsException", "Maximum sending rate exceeded."))
                        .thenSent(),
                Fault.of(
                        "429 day",
                        "DAILY_QUOTA",
                        refused(429, "TooManyRequestsException", "Daily message quota exceeded.")),
                Fault.of("429 HTML", "THROTTLED", answered(429, "<html>", "Content-Type: text/html"))
                        .thenSent());
    }

    static Stream<Arguments> waysAndFaults() {
        return faults().flatMap(fault -> Stream.of(Way.values())
                .filter(way -> !(way.waitsForTheDay() && fault.outcome().equals("DAILY_QUOTA")))
                .map(way -> Arguments.of(way, fault)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("waysAndFaults")
    void comesOutAsOneOutcomeThatTheLedgerBears(Way way, Fault fault) throws Exception {
        try (Attempted once = Attempted.at(fault, way, RetryPolicy.none())) {
            assertThat(Fault.name(once.outcome())).as(once.toString()).isEqualTo(fault.outcome());
            assertThat(once.outcome().attemptIds()).hasSize(1);
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("waysAndFaults")
    void isRepeatedOnlyWhereItIsSafe(Way way, Fault fault) throws Exception {
        RetryPolicy quick = RetryPolicy.defaults().pauses(Duration.ofMillis(1), Duration.ofMillis(1));
        try (Attempted often = Attempted.at(fault, way, quick)) {
            assertThat(Fault.name(often.outcome()))
                    .as(often.toString())
                    .isEqualTo(fault.repeated() ? SENT : fault.outcome());
            if (!fault.repeated()) {
                assertThat(often.server.requests())
                        .isLessThanOrEqualTo(fault.script().size());
            }
        }
    }

    /** One message sent into a fault, its outcome checked against the ledger. */
    private record Attempted(FaultyServer server, SesMailer mailer, SendOutcome outcome, AtomicInteger finished)
            implements AutoCloseable {

        static Attempted at(Fault fault, Way way, RetryPolicy retry) throws Exception {
            FaultyServer server = FaultyServer.start(fault.script().toArray(Step[]::new));
            AtomicInteger finished = new AtomicInteger();
            SesMailer mailer = way.prepare(fault.mailer(server.endpoint()))
                    .quota(SendingQuota.of(1000, 1_000_000))
                    .retry(retry)
                    .listener(new SendListener() {
                        @Override
                        public void finished(SendOutcome outcome, Duration took) {
                            finished.incrementAndGet();
                        }
                    })
                    .build();
            SendOutcome outcome = way.send(mailer, fault.message("n1"));
            Attempted attempted = new Attempted(server, mailer, outcome, finished);
            attempted.hold();
            return attempted;
        }

        private void hold() {
            server.ledger().holdAgainst("n1", outcome);
            assertThat(finished).hasValue(1);
        }

        @Override
        public String toString() {
            return Ledger.describe(outcome);
        }

        /** Nothing may come after the outcome either. */
        @Override
        public void close() throws IOException {
            mailer.close();
            server.close();
            hold();
        }
    }
}
