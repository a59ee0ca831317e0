package io.github.sesquill.api;

import static io.github.sesquill.api.ScriptedServer.answer;
import static io.github.sesquill.api.ScriptedServer.error;
import static io.github.sesquill.api.ScriptedServer.fin;
import static io.github.sesquill.api.ScriptedServer.raw;
import static io.github.sesquill.api.ScriptedServer.reset;
import static io.github.sesquill.api.ScriptedServer.resetAfter;
import static io.github.sesquill.api.ScriptedServer.resetAtOnce;
import static io.github.sesquill.api.ScriptedServer.response;
import static io.github.sesquill.api.ScriptedServer.ses;
import static io.github.sesquill.api.ScriptedServer.silence;
import static io.github.sesquill.api.ScriptedServer.stallAfter;
import static io.github.sesquill.api.ScriptedServer.thenSilence;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sesquill.api.ApiTestBed.Kind;
import io.github.sesquill.api.ScriptedServer.Step;
import io.github.sesquill.message.EmailMessage;
import io.github.sesquill.transport.EmailTransport.Attempt;
import io.github.sesquill.transport.SendOutcome;
import io.github.sesquill.transport.SendOutcome.Reason;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What every fault of a network, a proxy or SES comes out as, through a client of ours and through a lent one. */
class ApiFaultsTest {

    private static final Duration SHORT = Duration.ofMillis(400);
    private static final Duration LONG = Duration.ofSeconds(10);

    private ScriptedServer server;

    @BeforeEach
    void start() throws IOException {
        System.setProperty("aws.maxAttempts", "5");
        server = ScriptedServer.start();
    }

    @AfterEach
    void stop() throws IOException {
        System.clearProperty("aws.maxAttempts");
        server.close();
    }

    private SendOutcome send(Kind kind, Duration read, Duration total, EmailMessage message, TestAttempt attempt) {
        try (SesApiTransport transport = kind.transport(server.endpoint(), read, total)) {
            return transport.send(message, attempt);
        }
    }

    private SendOutcome send(Kind kind) {
        return send(kind, LONG, LONG, ApiTestBed.message(), new TestAttempt());
    }

    static Stream<Arguments> unknowns() {
        String sent = response(200, ScriptedServer.SENT, "x-amzn-RequestId: 1");
        return bothKinds(
                named("FIN after the last byte", fin()),
                named("reset after the last byte", reset()),
                named("200 HTML of a captive proxy", answer(200, "<html>log in</html>", "Content-Type: text/html")),
                named("200 empty and of nobody", answer(200, "")),
                named("201", ses(201, ScriptedServer.SENT)),
                named("204", raw("HTTP/1.1 204 X\r\nx-amzn-RequestId: 1\r\n\r\n")),
                named("206", ses(206, ScriptedServer.SENT)),
                named("302", ses(302, "", "Location: http://localhost/")),
                named("500", error(500, "InternalServiceErrorException", "x")),
                named("500 HTML", answer(500, "<html>", "Content-Type: text/html")),
                named("502", answer(502, "<html>")),
                named("503", error(503, "ServiceUnavailable", "x")),
                named("504", answer(504, "")),
                named("garbage", raw("\u0000\u0001not http at all\r\n\r\n")),
                named("headers beyond 64 KiB", ses(200, ScriptedServer.SENT, "X-Long: " + "x".repeat(70_000))),
                named("compressed", ses(200, ScriptedServer.SENT, "Content-Encoding: gzip")),
                named("body beyond 1 MiB", ses(200, "{\"MessageId\":\"" + "x".repeat(1_100_000) + "\"}")),
                named("truncated 200", raw(sent.substring(0, sent.length() - 4))),
                named(
                        "broken chunks",
                        raw("HTTP/1.1 200 X\r\nx-amzn-RequestId: 1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{\"")));
    }

    static Stream<Arguments> acceptances() {
        return bothKinds(
                named("malformed JSON", ses(200, "{\"MessageId\": oops")),
                named("empty body", ses(200, "")),
                named("no MessageId", ses(200, "{}")),
                named("MessageId is null", ses(200, "{\"MessageId\":null}")),
                named("MessageId is a number", ses(200, "{\"MessageId\":5}")),
                named("MessageId is an object", ses(200, "{\"MessageId\":{\"a\":1}}")),
                named("MessageId is no id", ses(200, "{\"MessageId\":\"<script>\"}")));
    }

    static Stream<Arguments> refusals() {
        return bothKinds(
                refusal(400, "BadRequestException", "x", Reason.REJECTED, false),
                refusal(400, "MessageRejected", "Email address is on a list", Reason.REJECTED, false),
                refusal(
                        400,
                        "MessageRejected",
                        "Email address is not verified. The following identities failed the check in region"
                                + " EU-WEST-1: jane@example.com",
                        Reason.UNVERIFIED,
                        false),
                refusal(400, "MailFromDomainNotVerifiedException", "x", Reason.UNVERIFIED, false),
                refusal(400, "AccountSuspendedException", "x", Reason.SENDING_PAUSED, false),
                refusal(400, "SendingPausedException", "x", Reason.SENDING_PAUSED, false),
                refusal(400, "LimitExceededException", "Daily message quota exceeded.", Reason.DAILY_QUOTA, true),
                refusal(400, "LimitExceededException", "Maximum sending rate exceeded.", Reason.THROTTLED, true),
                refusal(400, "LimitExceededException", "too many instances", Reason.REJECTED, false),
                refusal(403, "InvalidSignatureException", "Signature expired: x", Reason.AUTHENTICATION, true),
                refusal(403, "InvalidSignatureException", "does not match", Reason.AUTHENTICATION, false),
                refusal(403, "RequestExpired", "x", Reason.AUTHENTICATION, true),
                refusal(403, "ExpiredTokenException", "x", Reason.AUTHENTICATION, true),
                refusal(403, "AccessDeniedException", "x", Reason.AUTHENTICATION, false),
                refusal(403, "UnrecognizedClientException", "x", Reason.AUTHENTICATION, false),
                refusal(404, "NotFoundException", "Template t does not exist", Reason.REJECTED, false),
                refusal(409, "ConflictException", "x", Reason.REJECTED, false),
                refusal(413, "RequestEntityTooLarge", "x", Reason.INVALID, false),
                refusal(429, "TooManyRequestsException", "Maximum sending rate exceeded.", Reason.THROTTLED, true),
                refusal(429, "TooManyRequestsException", "Daily message quota exceeded.", Reason.DAILY_QUOTA, true));
    }

    private static Object[] refusal(int status, String code, String text, Reason reason, boolean retryable) {
        return new Object[] {code + ' ' + text, error(status, code, text), code, text, reason, retryable};
    }

    private static Object[] named(String name, Step step) {
        return new Object[] {name, step};
    }

    private static Stream<Arguments> bothKinds(Object[]... cases) {
        return Stream.of(Kind.values())
                .flatMap(kind -> Stream.of(cases).map(each -> {
                    Object[] all = new Object[each.length + 1];
                    all[0] = kind;
                    System.arraycopy(each, 0, all, 1, each.length);
                    return Arguments.of(all);
                }));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("unknowns")
    void isUnknownWhereSesMayHaveIt(Kind kind, String name, Step step) {
        server.then(step);
        assertThat(send(kind)).isInstanceOfSatisfying(SendOutcome.Unknown.class, unknown -> {
            assertThat(unknown.accepted()).isFalse();
            assertThat(unknown.detail()).isNotEmpty();
        });
        assertThat(server.requestsBegun()).isEqualTo(1);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("acceptances")
    void isAcceptedWhereOnlyTheIdIsMissing(Kind kind, String name, Step step) {
        server.then(step);
        assertThat(send(kind))
                .isInstanceOfSatisfying(
                        SendOutcome.Unknown.class,
                        unknown -> assertThat(unknown.accepted()).isTrue());
        assertThat(server.requestsBegun()).isEqualTo(1);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("refusals")
    void isNotSentWhereSesRefuses(
            Kind kind, String name, Step step, String code, String text, Reason reason, boolean retryable) {
        server.then(step);
        assertThat(send(kind)).isInstanceOfSatisfying(SendOutcome.NotSent.class, refused -> {
            assertThat(refused.reason()).isEqualTo(reason);
            assertThat(refused.code()).hasValue(code);
            assertThat(refused.detail()).isEqualTo(text);
            assertThat(refused.isRetryable()).isEqualTo(retryable);
        });
        assertThat(server.requestsBegun()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void takesARefusalForOneWithoutUnpackingIt(Kind kind) {
        server.then(ses(400, "{}", "Content-Encoding: gzip"));
        assertThat(send(kind)).isInstanceOfSatisfying(SendOutcome.NotSent.class, refused -> {
            assertThat(refused.reason()).isEqualTo(Reason.REJECTED);
            assertThat(refused.code()).hasValue("400");
        });
    }

    @ParameterizedTest
    @EnumSource
    void givesTheConnectionOfARefusedAnswerBack(Kind kind) {
        Step endless = connection -> {
            connection.readRequest();
            connection.write("HTTP/1.1 200 X\r\nX-Long: " + "x".repeat(70_000) + "\r\nContent-Length: 900000\r\n\r\n");
            connection.awaitEnd();
        };
        server.then(endless, ses(200, ScriptedServer.SENT, "Content-Encoding: gzip"));
        try (SesApiTransport transport = kind.narrow(server.endpoint())) {
            assertThat(transport.send(ApiTestBed.message(), new TestAttempt())).isInstanceOf(SendOutcome.Unknown.class);
            assertThat(transport.send(ApiTestBed.message(), new TestAttempt())).isInstanceOf(SendOutcome.Unknown.class);
            assertThat(transport.send(ApiTestBed.message(), new TestAttempt())).isInstanceOf(SendOutcome.Sent.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void isUnknownWhenAHeaderNeverEnds(Kind kind) {
        AtomicLong written = new AtomicLong();
        server.then(connection -> {
            connection.readRequest();
            connection.write("HTTP/1.1 200 X\r\nX-Endless: ");
            String chunk = "x".repeat(64 * 1024);
            while (written.get() < 100_000_000) {
                connection.write(chunk);
                written.addAndGet(chunk.length());
            }
        });
        assertUnknown(send(kind, LONG, SHORT, ApiTestBed.message(), new TestAttempt()));
        assertThat(written).hasValueLessThan(50_000_000);
    }

    @ParameterizedTest
    @EnumSource
    void isSentWhenSesSaysSo(Kind kind) {
        assertThat(send(kind)).isInstanceOfSatisfying(SendOutcome.Sent.class, sent -> {
            assertThat(sent.messageId()).isEqualTo("0100018f-id");
            assertThat(sent.wireMessageId())
                    .isEqualTo(
                            kind == Kind.OWN
                                    ? "<0100018f-id@eu-west-1.amazonses.com>"
                                    : "<0100018f-id@email.amazonses.com>");
        });
    }

    @ParameterizedTest
    @EnumSource
    void waitsAsLongAsTheServerAsks(Kind kind) {
        server.then(error(429, "TooManyRequestsException", "Maximum sending rate exceeded.", "Retry-After: 30"));
        Instant before = Instant.now();
        assertThat(send(kind)).isInstanceOfSatisfying(SendOutcome.NotSent.class, refused -> {
            assertThat(refused.reason()).isEqualTo(Reason.THROTTLED);
            assertThat(refused.retryAt().orElseThrow())
                    .isCloseTo(before.plusSeconds(30), within(10, ChronoUnit.SECONDS));
        });
    }

    @ParameterizedTest
    @EnumSource
    void waitsUntilTheDateTheServerNames(Kind kind) {
        server.then(error(429, "TooManyRequestsException", "x", "Retry-After: Sun, 06 Nov 2016 08:49:37 GMT"));
        assertThat(((SendOutcome.NotSent) send(kind)).retryAt()).hasValue(Instant.parse("2016-11-06T08:49:37Z"));
    }

    @ParameterizedTest
    @EnumSource
    void ignoresARetryAfterThatIsNoTime(Kind kind) {
        server.then(error(429, "TooManyRequestsException", "x", "Retry-After: soon"));
        SendOutcome.NotSent refused = (SendOutcome.NotSent) send(kind);
        assertThat(refused.isRetryable()).isTrue();
        assertThat(refused.retryAt()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void isUnknownWhenSesStaysSilent(Kind kind) {
        server.then(silence());
        assertUnknown(send(kind, SHORT, LONG, ApiTestBed.message(), new TestAttempt()));
    }

    @ParameterizedTest
    @EnumSource
    void isUnknownAtTheTotalTimeoutWhenAnAnswerNeverEnds(Kind kind) {
        server.then(thenSilence("HTTP/1.1 200 OK\r\n"));
        assertUnknown(send(kind, LONG, SHORT, ApiTestBed.message(), new TestAttempt()));
    }

    @ParameterizedTest
    @EnumSource
    void isUnknownAtTheDeadlineWhenAnAnswerNeverEnds(Kind kind) {
        server.then(thenSilence("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{"));
        TestAttempt attempt = new TestAttempt();
        attempt.remaining = SHORT;
        assertUnknown(send(kind, LONG, LONG, ApiTestBed.message(), attempt));
    }

    @ParameterizedTest
    @EnumSource
    void isUnknownWhenAKeptConnectionDies(Kind kind) {
        server.then(ses(200, ScriptedServer.SENT), fin());
        try (SesApiTransport transport = kind.transport(server.endpoint())) {
            assertThat(transport.send(ApiTestBed.message(), new TestAttempt())).isInstanceOf(SendOutcome.Sent.class);
            assertThat(transport.send(ApiTestBed.message(), new TestAttempt())).isInstanceOf(SendOutcome.Unknown.class);
        }
        assertThat(server.requestsBegun()).isEqualTo(2);
    }

    private void assertUnknown(SendOutcome outcome) {
        assertThat(outcome).isInstanceOf(SendOutcome.Unknown.class);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(server.requestsBegun()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void isUnavailableWhenTheConnectionBreaksBeforeTheRequest(Kind kind) {
        server.then(resetAtOnce());
        assertUnavailable(send(kind, LONG, LONG, ApiTestBed.large(), new TestAttempt()));
    }

    @ParameterizedTest
    @EnumSource
    void isUnavailableWhenTheConnectionBreaksInTheBody(Kind kind) {
        server.then(resetAfter(1000));
        assertUnavailable(send(kind, LONG, LONG, ApiTestBed.large(), new TestAttempt()));
        assertThat(server.requestsBegun()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void isUnavailableWhenSesStopsReadingUntilTheTotalTimeout(Kind kind) {
        server.then(stallAfter(1000));
        assertUnavailable(send(kind, LONG, SHORT, huge(), new TestAttempt()));
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void isUnavailableWhenSesStopsReadingUntilTheWriteTimeout() {
        server.then(stallAfter(1000));
        try (SesApiTransport transport = ApiTestBed.own(server.endpoint())
                .writeTimeout(Duration.ofMillis(200))
                .build()) {
            assertUnavailable(transport.send(huge(), new TestAttempt()));
        }
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    /** More than the socket buffers of both sides hold. */
    private static EmailMessage huge() {
        return ApiTestBed.builder().text("Thank you.\n".repeat(3_000_000)).build();
    }

    @ParameterizedTest
    @EnumSource
    void isTooLateWhenTheDeadlinePassesInTheBody(Kind kind) {
        server.then(stallAfter(1000));
        TestAttempt attempt = new TestAttempt();
        SendOutcome outcome;
        try (SesApiTransport transport = kind.transport(server.endpoint())) {
            outcome = transport.send(huge(), shrinking(attempt));
        }
        assertThat(((SendOutcome.NotSent) outcome).reason()).isEqualTo(Reason.DEADLINE);
    }

    private static Attempt shrinking(TestAttempt attempt) {
        long deadline = System.nanoTime() + SHORT.toNanos();
        return new Attempt() {
            @Override
            public String id() {
                return attempt.id();
            }

            @Override
            public Duration remaining() {
                return Duration.ofNanos(deadline - System.nanoTime());
            }

            @Override
            public boolean handOff() {
                return attempt.handOff();
            }

            @Override
            public void onAbort(Runnable breakOff) {
                attempt.onAbort(breakOff);
            }
        };
    }

    @ParameterizedTest
    @EnumSource
    void isUnavailableWhenNobodyListens(Kind kind) throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        try (SesApiTransport transport = kind.transport(URI.create("http://localhost:" + port))) {
            assertUnavailable(transport.send(ApiTestBed.message(), new TestAttempt()));
        }
    }

    @ParameterizedTest
    @EnumSource
    void isUnavailableWhenTheHostIsUnknown(Kind kind) {
        try (SesApiTransport transport = kind.transport(URI.create("http://nobody.invalid:80"))) {
            assertUnavailable(transport.send(ApiTestBed.message(), new TestAttempt()));
        }
    }

    private static void assertUnavailable(SendOutcome outcome) {
        assertThat(outcome).isInstanceOfSatisfying(SendOutcome.NotSent.class, notSent -> {
            assertThat(notSent.reason()).isEqualTo(Reason.UNAVAILABLE);
            assertThat(notSent.isRetryable()).isTrue();
        });
    }
}
