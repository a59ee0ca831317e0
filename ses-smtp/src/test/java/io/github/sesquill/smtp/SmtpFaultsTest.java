package io.github.sesquill.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.sesquill.message.EmailAddress;
import io.github.sesquill.message.EmailMessage;
import io.github.sesquill.smtp.ScriptedSmtp.Step;
import io.github.sesquill.smtp.ScriptedSmtp.Verb;
import io.github.sesquill.transport.SendOutcome;
import io.github.sesquill.transport.SendOutcome.NotSent;
import io.github.sesquill.transport.SendOutcome.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What became of a message, fault by fault, in the order of a conversation. */
class SmtpFaultsTest {

    private static final String NAMES = "dns:localhost";
    private static final String RATE = "454 Throttling failure: Maximum sending rate exceeded.";
    private static final String DAY = "454 Throttling failure: Daily message quota exceeded.";

    private static EmailMessage toThree() {
        return Sending.draft().to("b@example.com").cc("c@example.com").build();
    }

    /** One fault of the server, seen by a transport that speaks in clear. */
    private record Fault(
            String name,
            UnaryOperator<ScriptedSmtp> script,
            UnaryOperator<SmtpTransport.Builder> transport,
            EmailMessage message,
            Consumer<SendOutcome> expected) {

        Fault(String name, Verb verb, Step step, Consumer<SendOutcome> expected) {
            this(name, server -> server.at(verb, step), to -> to, Sending.message(), expected);
        }

        Fault impatient() {
            return new Fault(name, script, to -> to.readTimeout(Sending.SOON), message, expected);
        }

        Fault with(EmailMessage other) {
            return new Fault(name, script, transport, other, expected);
        }

        private void check() throws IOException {
            try (ScriptedSmtp server = script.apply(ScriptedSmtp.start());
                    SmtpTransport to = transport.apply(Sending.to(server)).build()) {
                TestAttempt attempt = new TestAttempt();
                SendOutcome outcome = to.send(message, attempt);
                expected.accept(outcome);
                assertThat(server.messages().size()).isLessThanOrEqualTo(1);
                assertThat(attempt.handOffs.get()).isEqualTo(server.messages().size());
            }
        }

        DynamicTest test() {
            return DynamicTest.dynamicTest(name, this::check);
        }
    }

    private static Step reply(String line) {
        return ScriptedSmtp.reply(line);
    }

    private static Step bytes(byte[] bytes) {
        return (peer, good) -> peer.write(bytes);
    }

    private static Step endless() {
        return (peer, good) -> {
            byte[] line = "220-and on it goes\r\n".getBytes(StandardCharsets.US_ASCII);
            while (true) {
                peer.write(line);
            }
        };
    }

    private static Step hang() {
        return (peer, good) -> peer.hang();
    }

    @TestFactory
    Stream<DynamicTest> atTheBeginning() {
        return Stream.of(
                        new Fault("no banner", Verb.BANNER, hang(), Sending.forNow(Reason.UNAVAILABLE)).impatient(),
                        new Fault("banner 554", Verb.BANNER, reply("554 go away"), Sending.forGood(Reason.REJECTED)),
                        new Fault("endless banner", Verb.BANNER, endless(), Sending.forGood(Reason.PROTOCOL)),
                        new Fault(
                                "banner of 10 MB on one line",
                                Verb.BANNER,
                                bytes(("220 " + "x".repeat(10_000_000) + "\r\n").getBytes(StandardCharsets.US_ASCII)),
                                Sending.forGood(Reason.PROTOCOL)),
                        new Fault("no EHLO", Verb.EHLO, reply("502 what"), Sending.forGood(Reason.PROTOCOL)),
                        new Fault("no AUTH", Verb.EHLO, reply("250 scripted"), Sending.forGood(Reason.AUTHENTICATION)),
                        new Fault(
                                "AUTH 535",
                                Verb.AUTH,
                                reply("535 Authentication Credentials Invalid"),
                                Sending.forGood(Reason.AUTHENTICATION)),
                        new Fault(
                                "not subscribed",
                                Verb.AUTH,
                                reply("535 Account not subscribed to SES"),
                                Sending.forGood(Reason.AUTHENTICATION)),
                        new Fault(
                                "AUTH 530",
                                Verb.AUTH,
                                reply("530 Authentication required"),
                                Sending.forGood(Reason.AUTHENTICATION)),
                        new Fault(
                                "AUTH 538",
                                Verb.AUTH,
                                reply("538 encrypt first"),
                                Sending.forGood(Reason.AUTHENTICATION)),
                        new Fault(
                                "AUTH 454",
                                Verb.AUTH,
                                reply("454 Temporary authentication failure"),
                                Sending.forNow(Reason.UNAVAILABLE)),
                        new Fault(
                                "AUTH throttled",
                                Verb.AUTH,
                                reply("454 Throttling failure: Maximum SigV2 SMTP sending rate exceeded"),
                                Sending.forNow(Reason.THROTTLED)),
                        new Fault("silence after AUTH", Verb.AUTH, hang(), Sending.forNow(Reason.UNAVAILABLE))
                                .impatient(),
                        new Fault(
                                "drop after AUTH", Verb.AUTH, ScriptedSmtp.drop(), Sending.forNow(Reason.UNAVAILABLE)))
                .map(Fault::test);
    }

    @TestFactory
    Stream<DynamicTest> beforeTheMessage() {
        return Stream.of(
                        new Fault("MAIL rate", Verb.MAIL, reply(RATE), Sending.forNow(Reason.THROTTLED)),
                        new Fault("MAIL day", Verb.MAIL, reply(DAY), Sending.forNow(Reason.DAILY_QUOTA)),
                        new Fault(
                                "MAIL 553",
                                Verb.MAIL,
                                reply("553 <acme@acme.example> Invalid email address"),
                                Sending.forGood(Reason.REJECTED)),
                        new Fault(
                                "MAIL not verified",
                                Verb.MAIL,
                                reply("554 Message rejected: Email address is not verified. The following identities"
                                        + " failed the check in region EU-WEST-1: acme@acme.example"),
                                Sending.forGood(Reason.UNVERIFIED)),
                        new Fault(
                                "MAIL not allowed",
                                Verb.MAIL,
                                reply("554 Access denied: User `x' is not authorized to perform `ses:SendRawEmail'"),
                                Sending.forGood(Reason.AUTHENTICATION)),
                        new Fault("silence after MAIL", Verb.MAIL, hang(), Sending.forNow(Reason.UNAVAILABLE))
                                .impatient(),
                        new Fault("RCPT rate", Verb.RCPT, reply(RATE), Sending.forNow(Reason.THROTTLED)),
                        new Fault(
                                "RCPT 421 in the middle",
                                server -> server.at(Verb.RCPT, 1, 9, ScriptedSmtp.replyAndClose("421 leaving")),
                                to -> to,
                                toThree(),
                                Sending.forNow(Reason.UNAVAILABLE)),
                        new Fault(
                                        "too many recipients",
                                        Verb.RCPT,
                                        reply("452 Too many recipients"),
                                        Sending.forGood(Reason.REJECTED))
                                .with(toThree()),
                        new Fault(
                                "DATA 421",
                                Verb.DATA,
                                ScriptedSmtp.replyAndClose("421 leaving"),
                                Sending.forNow(Reason.UNAVAILABLE)),
                        new Fault("DATA 451", Verb.DATA, reply("451 later"), Sending.forNow(Reason.UNAVAILABLE)),
                        new Fault("DATA 503", Verb.DATA, reply("503 not now"), Sending.forGood(Reason.REJECTED)),
                        new Fault("DATA 554", Verb.DATA, reply("554 no"), Sending.forGood(Reason.REJECTED)),
                        new Fault("silence after DATA", Verb.DATA, hang(), Sending.forNow(Reason.UNAVAILABLE))
                                .impatient())
                .map(Fault::test);
    }

    @TestFactory
    Stream<DynamicTest> afterTheDot() {
        return Stream.of(
                        new Fault("250 with id", Verb.DOT, reply("250 Ok 0102018f"), Sending.sentAs("0102018f")),
                        new Fault(
                                "250 queued as",
                                Verb.DOT,
                                reply("250 2.0.0 Ok: queued as 4XyZ12"),
                                Sending.sentAs("4XyZ12")),
                        new Fault("250 without id", Verb.DOT, reply("250 2.0.0 Ok"), Sending.acceptedWithoutId()),
                        new Fault("250 done", Verb.DOT, reply("250 Ok done"), Sending.acceptedWithoutId()),
                        new Fault(
                                "250 on several lines",
                                Verb.DOT,
                                ScriptedSmtp.reply("250-fine", "250 Ok 0102018f-4"),
                                Sending.sentAs("0102018f-4")),
                        new Fault("FIN", Verb.DOT, ScriptedSmtp.drop(), Sending.unknown()),
                        new Fault("silence", Verb.DOT, hang(), Sending.unknown()).impatient(),
                        new Fault(
                                "421 and FIN",
                                Verb.DOT,
                                ScriptedSmtp.replyAndClose("421 leaving"),
                                Sending.forNow(Reason.UNAVAILABLE)),
                        new Fault(
                                "451",
                                Verb.DOT,
                                reply("451 Temporary service failure"),
                                Sending.forNow(Reason.UNAVAILABLE)),
                        new Fault("454 rate", Verb.DOT, reply(RATE), Sending.forNow(Reason.THROTTLED)),
                        new Fault("454 day", Verb.DOT, reply(DAY), Sending.forNow(Reason.DAILY_QUOTA)),
                        new Fault("552", Verb.DOT, reply("552 Message is too long."), Sending.forGood(Reason.REJECTED)),
                        new Fault(
                                "554 not verified",
                                Verb.DOT,
                                reply("554 Message rejected: Email address is not verified."),
                                Sending.forGood(Reason.UNVERIFIED)),
                        new Fault("garbage", Verb.DOT, reply("@@@"), Sending.unknown()),
                        new Fault(
                                "half a code",
                                Verb.DOT,
                                (peer, good) -> {
                                    peer.write(new byte[] {'2', '5'});
                                    peer.close();
                                },
                                Sending.unknown()),
                        new Fault("354 again", Verb.DOT, reply("354 more"), Sending.unknown()),
                        new Fault("999", Verb.DOT, reply("999 odd"), Sending.unknown()),
                        new Fault(
                                "different codes", Verb.DOT, ScriptedSmtp.reply("250-Ok", "550 no"), Sending.unknown()))
                .map(Fault::test);
    }

    @Test
    void anUnknownNameIsUnavailable() {
        try (SmtpTransport transport = SmtpTransport.host("no-such-host.invalid")
                .credentials(SmtpCredentials.of("a", "canary"))
                .build()) {
            Sending.forNow(Reason.UNAVAILABLE).accept(transport.send(Sending.message(), new TestAttempt()));
        }
    }

    @Test
    void aClosedPortIsUnavailable() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        try (SmtpTransport transport = SmtpTransport.host("localhost")
                .port(port)
                .credentials(SmtpCredentials.of("a", "canary"))
                .build()) {
            Sending.forNow(Reason.UNAVAILABLE).accept(transport.send(Sending.message(), new TestAttempt()));
        }
    }

    @Test
    void aHostThatNeverAcceptsIsUnavailable() throws IOException {
        // A full backlog leaves SYNs unanswered, as a host does that is not there.
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            List<Socket> waiting = new ArrayList<>();
            try (SmtpTransport transport = SmtpTransport.host("127.0.0.1")
                    .port(full.getLocalPort())
                    .withoutTls()
                    .readTimeout(Sending.SOON)
                    .connectTimeout(Sending.SOON)
                    .build()) {
                for (int i = 0; i < 2; i++) {
                    waiting.add(new Socket(full.getInetAddress(), full.getLocalPort()));
                }
                Sending.forNow(Reason.UNAVAILABLE).accept(transport.send(Sending.message(), new TestAttempt()));
            } finally {
                for (Socket socket : waiting) {
                    socket.close();
                }
            }
        }
    }

    @Test
    void withoutStartTlsNoCredentialLeaves() throws IOException {
        try (ScriptedSmtp server = ScriptedSmtp.start();
                SmtpTransport transport =
                        Sending.overStartTls(server, TestKeys.trusting(NAMES)).build()) {
            Sending.forGood(Reason.TLS).accept(transport.send(Sending.message(), new TestAttempt()));
            assertThat(server.commands()).allMatch(command -> command.startsWith("EHLO"));
        }
    }

    @Test
    void whatIsSaidInClearAfterStartTlsIsAForgery() throws IOException {
        try (ScriptedSmtp server = ScriptedSmtp.startTls(TestKeys.serving(NAMES))
                        .at(
                                Verb.STARTTLS,
                                (peer, good) ->
                                        peer.write("220 go\r\n250 forged\r\n".getBytes(StandardCharsets.US_ASCII)));
                SmtpTransport transport =
                        Sending.overStartTls(server, TestKeys.trusting(NAMES)).build()) {
            Sending.forGood(Reason.TLS).accept(transport.send(Sending.message(), new TestAttempt()));
            assertThat(server.commands()).hasSize(2);
        }
    }

    @Test
    void aServerThatIsNotTrustedGetsNothing() throws IOException {
        try (ScriptedSmtp server = ScriptedSmtp.implicitTls(TestKeys.serving(NAMES));
                SmtpTransport transport = Sending.overTls(server, TestKeys.trusting("dns:other.example"))
                        .build()) {
            Sending.forGood(Reason.TLS).accept(transport.send(Sending.message(), new TestAttempt()));
            assertThat(server.commands()).isEmpty();
        }
    }

    @Test
    void aServerOfAnotherNameGetsNothing() throws IOException {
        String other = "dns:other.example";
        try (ScriptedSmtp server = ScriptedSmtp.implicitTls(TestKeys.serving(other));
                SmtpTransport transport =
                        Sending.overTls(server, TestKeys.trusting(other)).build()) {
            Sending.forGood(Reason.TLS).accept(transport.send(Sending.message(), new TestAttempt()));
            assertThat(server.commands()).isEmpty();
        }
    }

    @Test
    void aTrustedServerGetsTheMessageOverImplicitTls() throws IOException {
        try (ScriptedSmtp server = ScriptedSmtp.implicitTls(TestKeys.serving(NAMES));
                SmtpTransport transport =
                        Sending.overTls(server, TestKeys.trusting(NAMES)).build()) {
            Sending.sent().accept(transport.send(Sending.message(), new TestAttempt()));
        }
    }

    @Test
    void withoutAuthAfterTlsNothingIsSent() throws IOException {
        try (ScriptedSmtp server =
                        ScriptedSmtp.startTls(TestKeys.serving(NAMES)).offeringAfterTls("8BITMIME");
                SmtpTransport transport =
                        Sending.overStartTls(server, TestKeys.trusting(NAMES)).build()) {
            Sending.forGood(Reason.AUTHENTICATION).accept(transport.send(Sending.message(), new TestAttempt()));
            assertThat(server.commands()).noneMatch(command -> command.startsWith("MAIL"));
        }
    }

    @Test
    void refusedCredentialsAreNotTriedAgainForAMinute() throws IOException {
        TestTime time = new TestTime();
        try (ScriptedSmtp server =
                        ScriptedSmtp.start().once(Verb.AUTH, reply("535 Authentication Credentials Invalid"));
                SmtpTransport transport = Sending.to(server).time(time).build()) {
            for (int i = 0; i < 3; i++) {
                Sending.forGood(Reason.AUTHENTICATION).accept(transport.send(Sending.message(), new TestAttempt()));
            }
            assertThat(server.connections()).isEqualTo(1);
            time.pass(Duration.ofSeconds(61));
            Sending.sent().accept(transport.send(Sending.message(), new TestAttempt()));
        }
    }

    @Test
    void maximumOfASessionIsSeenByNobody() throws IOException {
        try (ScriptedSmtp server = ScriptedSmtp.start()
                        .at(
                                Verb.MAIL,
                                3,
                                1,
                                ScriptedSmtp.replyAndClose("421 Maximum message count per session reached"));
                SmtpTransport transport = Sending.to(server).build()) {
            for (int i = 0; i < 6; i++) {
                Sending.sent().accept(transport.send(Sending.message(), new TestAttempt()));
            }
            assertThat(server.messages()).hasSize(6);
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    void oneRefusedRecipientRefusesTheMessageToAll() throws IOException {
        for (String[] words : new String[][] {{"AUTH PLAIN"}, {"AUTH PLAIN", "PIPELINING"}}) {
            try (ScriptedSmtp server =
                            ScriptedSmtp.start().offering(words).at(Verb.RCPT, 1, 1, reply("550 5.1.1 unknown"));
                    SmtpTransport transport = Sending.to(server).build()) {
                SendOutcome outcome = transport.send(toThree(), new TestAttempt());
                Sending.forGood(Reason.REJECTED).accept(outcome);
                NotSent notSent = (NotSent) outcome;
                assertThat(notSent.code()).contains("550 5.1.1");
                assertThat(notSent.detail()).contains("b@example.com").doesNotContain("a@example.com", "c@example");
                assertThat(server.messages()).isEmpty();
                assertThat(server.commands().contains("RSET")).isEqualTo(words.length == 1);
                Sending.sent().accept(transport.send(toThree(), new TestAttempt()));
                assertThat(server.connections()).isEqualTo(words.length);
            }
        }
    }

    @Test
    void fiftyOneRecipientsAreRefusedBeforeThereIsAMessage() {
        String[] many = Stream.iterate(1, i -> i + 1)
                .limit(51)
                .map(i -> i + "@example.com")
                .toArray(String[]::new);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EmailMessage.from("a@acme.example")
                        .to(many)
                        .subject("x")
                        .text("x")
                        .build());
    }

    @Test
    void localPartsOutsideAsciiAreRefusedBeforeThereIsAMessage() {
        assertThatIllegalArgumentException().isThrownBy(() -> EmailAddress.of("j\u00fcrgen@example.com"));
    }

    @Test
    void aLateAnswerBelongsToNoOtherMessage() throws IOException {
        CountDownLatch reported = new CountDownLatch(1);
        Step late = (peer, good) -> {
            try {
                reported.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            peer.say("250 Ok late-1");
        };
        try (ScriptedSmtp server = ScriptedSmtp.start().once(Verb.DOT, late);
                SmtpTransport transport =
                        Sending.to(server).readTimeout(Sending.SOON).build()) {
            Sending.unknown().accept(transport.send(Sending.message(), new TestAttempt()));
            reported.countDown();
            SendOutcome second = transport.send(Sending.message(), new TestAttempt());
            assertThat(second)
                    .isInstanceOfSatisfying(
                            SendOutcome.Sent.class,
                            sent -> assertThat(sent.messageId()).doesNotContain("late"));
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    void tlsThatIsCutOffAfterTheDotIsUnknown() throws IOException {
        try (ScriptedSmtp server =
                        ScriptedSmtp.implicitTls(TestKeys.serving(NAMES)).at(Verb.DOT, ScriptedSmtp.drop());
                SmtpTransport transport =
                        Sending.overTls(server, TestKeys.trusting(NAMES)).build()) {
            Sending.unknown().accept(transport.send(Sending.message(), new TestAttempt()));
        }
    }

    @Test
    void eightBitsGoNowhereUnasked() throws IOException {
        EmailMessage message = Sending.draft()
                .text("a quiet caf\u00e9 by the sea")
                .html("<p>caf\u00e9")
                .build();
        try (ScriptedSmtp server = ScriptedSmtp.start().offering("AUTH PLAIN");
                SmtpTransport transport = Sending.to(server).build()) {
            Sending.sent().accept(transport.send(message, new TestAttempt()));
            assertThat(server.message(0)).matches("[\\x00-\\x7f]*").contains("caf=C3=A9");
        }
    }

    @Test
    void eightBitsOfRawMimeGoWhereTheyAreTakenOnly() throws IOException {
        EmailMessage message = EmailMessage.from("acme@acme.example")
                .to("a@example.com")
                .raw("Subject: x\r\n\r\ncaf\u00e9".getBytes(StandardCharsets.UTF_8))
                .build();
        for (boolean taken : new boolean[] {true, false}) {
            try (ScriptedSmtp server = ScriptedSmtp.start().offering("AUTH PLAIN", taken ? "8BITMIME" : "HELP");
                    SmtpTransport transport = Sending.to(server).build()) {
                (taken ? Sending.sent() : Sending.forGood(Reason.INVALID))
                        .accept(transport.send(message, new TestAttempt()));
                assertThat(server.commands().contains("MAIL FROM:<acme@acme.example> BODY=8BITMIME"))
                        .isEqualTo(taken);
            }
        }
    }

    @Test
    void aMessageTooLargeForTheServerIsNotBegun() throws IOException {
        EmailMessage message = Sending.draft().text("x".repeat(300_000)).build();
        try (ScriptedSmtp server = ScriptedSmtp.start().offering("SIZE 100000", "AUTH PLAIN");
                SmtpTransport transport = Sending.to(server).build()) {
            Sending.forGood(Reason.INVALID).accept(transport.send(message, new TestAttempt()));
            assertThat(server.commands()).noneMatch(command -> command.startsWith("MAIL"));
            Sending.sent().accept(transport.send(Sending.message(), new TestAttempt()));
        }
    }

    @Test
    void deadConnectionsCostNoMessage() throws Exception {
        try (ScriptedSmtp server = ScriptedSmtp.start();
                SmtpTransport transport = Sending.to(server).maxConnections(4).build()) {
            sendAtOnce(transport, 4);
            server.dropAll();
            sendAtOnce(transport, 4);
            assertThat(server.messages()).hasSize(8);
        }
    }

    private static void sendAtOnce(SmtpTransport transport, int number) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(number);
        try {
            List<Future<SendOutcome>> outcomes = new ArrayList<>();
            for (int i = 0; i < number; i++) {
                outcomes.add(threads.submit(() -> transport.send(Sending.message(), new TestAttempt())));
            }
            for (Future<SendOutcome> outcome : outcomes) {
                Sending.sent().accept(outcome.get());
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aConnectionThatRestedForSixSecondsIsReplaced() throws IOException {
        TestTime time = new TestTime();
        try (ScriptedSmtp server = ScriptedSmtp.start();
                SmtpTransport transport = Sending.to(server).time(time).build()) {
            Sending.sent().accept(transport.send(Sending.message(), new TestAttempt()));
            time.pass(Duration.ofSeconds(6));
            Sending.sent().accept(transport.send(Sending.message(), new TestAttempt()));
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    void afterGarbageNothingMoreGoesOverTheConnection() throws IOException {
        for (Verb verb : new Verb[] {Verb.MAIL, Verb.RCPT, Verb.DATA, Verb.DOT}) {
            for (String garbage : new String[] {"@@@", "999 odd", "354 more"}) {
                if (verb == Verb.DATA && garbage.startsWith("354")) {
                    continue;
                }
                try (ScriptedSmtp server = ScriptedSmtp.start().once(verb, reply(garbage));
                        SmtpTransport transport = Sending.to(server).build()) {
                    SendOutcome first = transport.send(Sending.message(), new TestAttempt());
                    (verb == Verb.DOT ? Sending.unknown() : Sending.forGood(Reason.PROTOCOL)).accept(first);
                    Sending.sent().accept(transport.send(Sending.message(), new TestAttempt()));
                    assertThat(server.connections()).as(verb + ": " + garbage).isEqualTo(2);
                }
            }
        }
    }

    /** More than the buffers of a connection hold cannot be written to a client that has stopped reading. */
    @Test
    void aReplyLineWithoutEndIsNotReadToItsEnd() throws Exception {
        long far = 200_000_000;
        CompletableFuture<Long> written = new CompletableFuture<>();
        Step endlessLine = (peer, good) -> {
            byte[] some = "x".repeat(8192).getBytes(StandardCharsets.US_ASCII);
            long count = 0;
            try {
                while (count < far) {
                    peer.write(some);
                    count += some.length;
                }
            } finally {
                written.complete(count);
            }
        };
        try (ScriptedSmtp server = ScriptedSmtp.start().at(Verb.BANNER, endlessLine);
                SmtpTransport transport = Sending.to(server).build()) {
            Sending.forGood(Reason.PROTOCOL).accept(transport.send(Sending.message(), new TestAttempt()));
            assertThat(written.get()).isLessThan(32_000_000);
        }
    }

    @Test
    void closingWaitsForTheDotAndThenSaysUnknown() throws Exception {
        CountDownLatch atTheDot = new CountDownLatch(1);
        Step hang = (peer, good) -> {
            atTheDot.countDown();
            peer.hang();
        };
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try (ScriptedSmtp server = ScriptedSmtp.start().at(Verb.DOT, hang)) {
            SmtpTransport transport =
                    Sending.to(server).drainLimit(Duration.ofMillis(50)).build();
            Future<SendOutcome> outcome = thread.submit(() -> transport.send(Sending.message(), new TestAttempt()));
            atTheDot.await();
            transport.close();
            Sending.unknown().accept(outcome.get());
            Sending.forGood(Reason.CANCELLED).accept(transport.send(Sending.message(), new TestAttempt()));
        } finally {
            thread.shutdownNow();
        }
    }

    @Test
    void closingLetsAMessageUnderWayArrive() throws Exception {
        CountDownLatch atTheDot = new CountDownLatch(1);
        CountDownLatch closing = new CountDownLatch(1);
        Step slow = (peer, good) -> {
            atTheDot.countDown();
            try {
                closing.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            peer.say(good);
        };
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try (ScriptedSmtp server = ScriptedSmtp.start().at(Verb.DOT, slow)) {
            SmtpTransport transport =
                    Sending.to(server).drainLimit(Duration.ofSeconds(20)).build();
            Future<SendOutcome> outcome = threads.submit(() -> transport.send(Sending.message(), new TestAttempt()));
            atTheDot.await();
            Future<?> closed = threads.submit(transport::close);
            closing.countDown();
            Sending.sent().accept(outcome.get());
            closed.get();
        } finally {
            threads.shutdownNow();
        }
    }
}
