package io.github.sesquill.acceptance.faults;

import static io.github.sesquill.acceptance.faults.Fault.ACCEPTED;
import static io.github.sesquill.acceptance.faults.Fault.SENT;
import static io.github.sesquill.acceptance.faults.Fault.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sesquill.RetryPolicy;
import io.github.sesquill.SendListener;
import io.github.sesquill.SesMailer;
import io.github.sesquill.quota.SendingQuota;
import io.github.sesquill.smtp.SmtpCredentials;
import io.github.sesquill.smtp.SmtpTransport;
import io.github.sesquill.test.VirtualTime;
import io.github.sesquill.transport.SendOutcome;
import io.github.sesquill.transport.SendOutcome.NotSent;
import io.github.sesquill.transport.SendOutcome.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every fault of an SMTP server, once, in every way to send, against the server's ledger. */
@Execution(ExecutionMode.CONCURRENT)
class SmtpFaultTableTest {

    private static final String RATE = "454 Throttling failure: Maximum sending rate exceeded.";
    private static final String DAY = "454 Throttling failure: Daily message quota exceeded.";

    /** More than the buffers of a connection on loopback. */
    private static final int LARGE = 8_000_000;

    private static final int SMALL = 10;

    /** Short enough to wait for, long enough for a busy machine to answer in. */
    private static final Duration SOON = Duration.ofSeconds(1);

    private static final Duration LATER = Duration.ofSeconds(60);

    private static final RetryPolicy QUICK = RetryPolicy.defaults().pauses(Duration.ofMillis(1), Duration.ofMillis(1));

    /** What a server says or does at a place, once, and what must come of it: the outcome alone, and whether it is tried again. */
    private record Case(String place, String said, String outcome, boolean repeated, int bytes) {

        static Case now(String place, String said, String outcome) {
            return new Case(place, said, outcome, true, SMALL);
        }

        static Case forGood(String place, String said, String outcome) {
            return new Case(place, said, outcome, false, SMALL);
        }

        /** Says it, and counts that. */
        String said(AtomicInteger times) {
            times.incrementAndGet();
            return said;
        }

        boolean isSilent() {
            return said.equals(FaultySmtp.SILENCE);
        }

        boolean isOfStartTls() {
            return place.equals("STARTTLS");
        }

        @Override
        public String toString() {
            return place + (bytes == SMALL ? "" : " of a large message") + ": " + said;
        }
    }

    static Stream<Case> cases() {
        return Stream.of(opening(), envelope(), message()).flatMap(all -> all);
    }

    private static Stream<Case> opening() {
        return Stream.of(
                Case.now("BANNER", "421 too busy", "UNAVAILABLE"),
                Case.now("BANNER", FaultySmtp.DROP, "UNAVAILABLE"),
                Case.now("BANNER", FaultySmtp.SILENCE, "UNAVAILABLE"),
                Case.forGood("BANNER", "554 go away", "REJECTED"),
                Case.forGood("BANNER", "what is this", "PROTOCOL"),
                Case.now("EHLO", "421 too busy", "UNAVAILABLE"),
                Case.now("EHLO", FaultySmtp.DROP, "UNAVAILABLE"),
                Case.forGood("EHLO", "502 what", "PROTOCOL"),
                Case.forGood("STARTTLS", "554 no", "TLS"),
                Case.forGood("AUTH", "535 Authentication Credentials Invalid", "AUTHENTICATION"),
                Case.forGood("AUTH", "530 Authentication required", "AUTHENTICATION"),
                Case.now("AUTH", "454 Temporary authentication failure", "UNAVAILABLE"),
                Case.now("AUTH", FaultySmtp.DROP, "UNAVAILABLE"),
                Case.now("AUTH", FaultySmtp.SILENCE, "UNAVAILABLE"));
    }

    private static Stream<Case> envelope() {
        return Stream.of(
                Case.now("MAIL", "451 4.3.0 later", "UNAVAILABLE"),
                Case.now("MAIL", "421 leaving", "UNAVAILABLE"),
                Case.now("MAIL", RATE, "THROTTLED"),
                Case.forGood("MAIL", DAY, "DAILY_QUOTA"),
                Case.forGood("MAIL", "553 Invalid email address", "REJECTED"),
                Case.forGood("MAIL", "554 Message rejected: Email address is not verified.", "UNVERIFIED"),
                Case.now("MAIL", FaultySmtp.DROP, "UNAVAILABLE"),
                Case.now("MAIL", FaultySmtp.SILENCE, "UNAVAILABLE"),
                Case.now("RCPT", "451 4.3.0 later", "UNAVAILABLE"),
                Case.now("RCPT", "421 leaving", "UNAVAILABLE"),
                Case.now("RCPT", RATE, "THROTTLED"),
                Case.forGood("RCPT", "550 5.1.1 unknown", "REJECTED"),
                Case.now("RCPT", FaultySmtp.DROP, "UNAVAILABLE"),
                Case.now("DATA", "451 later", "UNAVAILABLE"),
                Case.now("DATA", "421 leaving", "UNAVAILABLE"),
                Case.forGood("DATA", "554 no", "REJECTED"),
                Case.now("DATA", FaultySmtp.DROP, "UNAVAILABLE"),
                Case.now("DATA", FaultySmtp.SILENCE, "UNAVAILABLE"));
    }

    private static Stream<Case> message() {
        return Stream.of(
                new Case("BODY", FaultySmtp.DROP, "UNAVAILABLE", true, LARGE),
                // The dot of a small message is on its way before the client can learn of it.
                Case.forGood("BODY", FaultySmtp.DROP, UNKNOWN),
                Case.now("DOT", "451 Temporary service failure", "UNAVAILABLE"),
                Case.now("DOT", "421 leaving", "UNAVAILABLE"),
                Case.now("DOT", RATE, "THROTTLED"),
                Case.forGood("DOT", DAY, "DAILY_QUOTA"),
                Case.forGood("DOT", "552 Message is too long.", "REJECTED"),
                Case.forGood("DOT", "554 Message rejected: Email address is not verified.", "UNVERIFIED"),
                Case.forGood("DOT", FaultySmtp.DROP, UNKNOWN),
                Case.forGood("DOT", FaultySmtp.SILENCE, UNKNOWN),
                Case.forGood("DOT", "@@@", UNKNOWN),
                Case.forGood("DOT", "354 more", UNKNOWN),
                Case.forGood("DOT", "250 2.0.0 Ok", ACCEPTED));
    }

    static Stream<Arguments> waysAndCases() {
        return cases().flatMap(one -> Stream.of(Way.values())
                .filter(way -> !(way.waitsForTheDay() && one.outcome.equals("DAILY_QUOTA")))
                .map(way -> Arguments.of(way, one)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("waysAndCases")
    void comesOutAsOneOutcomeThatTheLedgerBears(Way way, Case one) throws Exception {
        SendOutcome outcome = outcome(way, one, 1, RetryPolicy.none());
        assertThat(Fault.name(outcome)).as(Ledger.describe(outcome)).isEqualTo(one.outcome);
        assertThat(outcome.attemptIds()).hasSize(1);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("waysAndCases")
    void isTriedAgainOnceWhereItIsSafeAndElseNever(Way way, Case one) throws Exception {
        SendOutcome outcome = outcome(way, one, 1, QUICK);
        assertThat(Fault.name(outcome)).as(Ledger.describe(outcome)).isEqualTo(one.repeated ? SENT : one.outcome);
        assertThat(outcome.attemptIds()).hasSize(one.repeated ? 2 : 1);
    }

    static Stream<Case> repeatedCases() {
        return cases().filter(Case::repeated);
    }

    @ParameterizedTest
    @MethodSource("repeatedCases")
    void isTriedAsOftenAsThePolicySaysWhileItLasts(Case one) throws Exception {
        SendOutcome outcome = outcome(Way.SYNC, one, QUICK.attempts(), QUICK);
        assertThat(Fault.name(outcome)).as(Ledger.describe(outcome)).isEqualTo(one.outcome);
        assertThat(outcome.attemptIds()).hasSize(QUICK.attempts());
    }

    /** Sends one message into a fault and holds what became of it against the ledger. */
    private static SendOutcome outcome(Way way, Case one, int times, RetryPolicy retry) throws Exception {
        Ledger ledger = new Ledger();
        AtomicInteger faults = new AtomicInteger();
        AtomicInteger finished = new AtomicInteger();
        FaultySmtp.Answers answers = place -> place.equals(one.place) && faults.get() < times ? one.said(faults) : null;
        String offered = "250-PIPELINING\r\n250-8BITMIME\r\n"
                + (one.isOfStartTls() ? "250-STARTTLS\r\n" : "")
                + "250 AUTH PLAIN LOGIN";
        try (FaultySmtp server = FaultySmtp.start(ledger::take, moment -> false).answering(answers, offered);
                SesMailer mailer = way.prepare(
                                SesMailer.builder(transport(one, server.port()).build()))
                        .quota(SendingQuota.of(1000, 1_000_000))
                        .retry(retry)
                        .drainLimit(Duration.ZERO)
                        .listener(new SendListener() {
                            @Override
                            public void finished(SendOutcome outcome, Duration took) {
                                finished.incrementAndGet();
                            }
                        })
                        .build()) {
            SendOutcome outcome = way.send(mailer, Fault.message("n1", one.bytes));
            assertThat(faults).as("times the fault happened").hasValue(times);
            ledger.holdAgainst("n1", outcome);
            assertThat(finished).hasValue(1);
            return outcome;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"MAIL", "DOT"})
    void asksNoMoreOnceTheDayIsFull(String place) throws Exception {
        AtomicInteger asked = new AtomicInteger();
        Case full = Case.forGood(place, DAY, "DAILY_QUOTA");
        FaultySmtp.Answers answers = at -> at.equals(place) ? full.said(asked) : null;
        try (FaultySmtp server = FaultySmtp.start((subject, attempt) -> {}, moment -> false)
                        .answering(answers, "250 AUTH PLAIN LOGIN");
                SesMailer mailer = SesMailer.builder(
                                transport(full, server.port()).build())
                        .quota(SendingQuota.of(1000, 1_000_000))
                        .build()) {
            for (int i = 0; i < 20; i++) {
                assertThat(mailer.trySend(Fault.message("n" + i, SMALL)))
                        .isInstanceOfSatisfying(NotSent.class, notSent -> {
                            assertThat(notSent.reason()).isEqualTo(Reason.DAILY_QUOTA);
                            assertThat(notSent.retryAt().orElseThrow())
                                    .isAfter(Instant.now().plusSeconds(60));
                        });
            }
            assertThat(asked).hasValue(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"MAIL", "DOT"})
    void aBulkWaitsWhileTheDayIsFull(String place) throws Exception {
        AtomicInteger asked = new AtomicInteger();
        Case full = Case.forGood(place, DAY, "DAILY_QUOTA");
        FaultySmtp.Answers answers = at -> at.equals(place) && asked.get() == 0 ? full.said(asked) : null;
        VirtualTime time = VirtualTime.start();
        try (FaultySmtp server = FaultySmtp.start((subject, attempt) -> {}, moment -> false)
                        .answering(answers, "250 AUTH PLAIN LOGIN");
                SesMailer mailer = SesMailer.builder(
                                transport(full, server.port()).time(time).build())
                        .quota(SendingQuota.of(1000, 1_000_000))
                        .time(time)
                        .build()) {
            assertThat(Way.BULK.send(mailer, Fault.message("n1", SMALL))).isInstanceOf(SendOutcome.Sent.class);
            assertThat(time.elapsed()).isGreaterThanOrEqualTo(Duration.ofMinutes(5));
        }
    }

    private static SmtpTransport.Builder transport(Case one, int port) {
        SmtpTransport.Builder builder = SmtpTransport.host("127.0.0.1")
                .port(port)
                .readTimeout(one.isSilent() ? SOON : LATER)
                .drainLimit(Duration.ZERO)
                .credentials(SmtpCredentials.of("user", "canary"));
        return one.isOfStartTls() ? builder.startTls() : builder.withoutTls();
    }
}
