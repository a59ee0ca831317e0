package io.github.sesquill.smtp;

import static io.github.sesquill.smtp.ScriptedFault.hang;
import static io.github.sesquill.smtp.ScriptedFault.reply;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sesquill.smtp.ScriptedSmtp.Step;
import io.github.sesquill.smtp.ScriptedSmtp.Verb;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a message whose connection cannot be opened, secured or authenticated. */
class OpeningFaultsTest {

    private static final String NAMES = "dns:localhost";

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

    @TestFactory
    Stream<DynamicTest> atTheBeginning() {
        return Stream.of(
                        new ScriptedFault("no banner", Verb.BANNER, hang(), Sending.forNow(Reason.UNAVAILABLE))
                                .impatient(),
                        new ScriptedFault(
                                "banner 554", Verb.BANNER, reply("554 go away"), Sending.forGood(Reason.REJECTED)),
                        new ScriptedFault("endless banner", Verb.BANNER, endless(), Sending.forGood(Reason.PROTOCOL)),
                        new ScriptedFault(
                                "banner of 10 MB on one line",
                                Verb.BANNER,
                                bytes(("220 " + "x".repeat(10_000_000) + "\r\n").getBytes(StandardCharsets.US_ASCII)),
                                Sending.forGood(Reason.PROTOCOL)),
                        new ScriptedFault("no EHLO", Verb.EHLO, reply("502 what"), Sending.forGood(Reason.PROTOCOL)),
                        new ScriptedFault(
                                "no AUTH", Verb.EHLO, reply("250 scripted"), Sending.forGood(Reason.AUTHENTICATION)),
                        new ScriptedFault(
                                "AUTH 535",
                                Verb.AUTH,
                                reply("535 Authentication Credentials Invalid"),
                                Sending.forGood(Reason.AUTHENTICATION)),
                        new ScriptedFault(
                                "not subscribed",
                                Verb.AUTH,
                                reply("535 Account not subscribed to SES"),
                                Sending.forGood(Reason.AUTHENTICATION)),
                        new ScriptedFault(
                                "AUTH 530",
                                Verb.AUTH,
                                reply("530 Authentication required"),
                                Sending.forGood(Reason.AUTHENTICATION)),
                        new ScriptedFault(
                                "AUTH 538",
                                Verb.AUTH,
                                reply("538 encrypt first"),
                                Sending.forGood(Reason.AUTHENTICATION)),
                        new ScriptedFault(
                                "AUTH 454",
                                Verb.AUTH,
                                reply("454 Temporary authentication failure"),
                                Sending.forNow(Reason.UNAVAILABLE)),
                        new ScriptedFault(
                                "AUTH throttled",
                                Verb.AUTH,
                                reply("454 Throttling failure: Maximum SigV2 SMTP sending rate exceeded"),
                                Sending.forNow(Reason.THROTTLED)),
                        new ScriptedFault("silence after AUTH", Verb.AUTH, hang(), Sending.forNow(Reason.UNAVAILABLE))
                                .impatient(),
                        new ScriptedFault(
                                "drop after AUTH", Verb.AUTH, ScriptedSmtp.drop(), Sending.forNow(Reason.UNAVAILABLE)))
                .map(ScriptedFault::test);
    }

    @Test
    void nothingElseIsTriedInPlaceOfEhlo() throws IOException {
        try (ScriptedSmtp server = ScriptedSmtp.start().at(Verb.EHLO, reply("502 what"));
                SmtpTransport transport = Sending.to(server).build()) {
            Sending.forGood(Reason.PROTOCOL).accept(transport.send(Sending.message(), new TestAttempt()));
            assertThat(server.commands()).containsExactly("EHLO [127.0.0.1]");
        }
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
        assertGetsNothing(NAMES, "dns:other.example");
    }

    @Test
    void aServerOfAnotherNameGetsNothing() throws IOException {
        assertGetsNothing("dns:other.example", "dns:other.example");
    }

    /** Neither from the first byte on nor after STARTTLS. */
    private static void assertGetsNothing(String shown, String trusted) throws IOException {
        try (ScriptedSmtp server = ScriptedSmtp.implicitTls(TestKeys.serving(shown));
                SmtpTransport transport =
                        Sending.overTls(server, TestKeys.trusting(trusted)).build()) {
            Sending.forGood(Reason.TLS).accept(transport.send(Sending.message(), new TestAttempt()));
            assertThat(server.commands()).isEmpty();
        }
        try (ScriptedSmtp server = ScriptedSmtp.startTls(TestKeys.serving(shown));
                SmtpTransport transport =
                        Sending.overStartTls(server, TestKeys.trusting(trusted)).build()) {
            Sending.forGood(Reason.TLS).accept(transport.send(Sending.message(), new TestAttempt()));
            assertThat(server.commands()).containsExactly("EHLO [127.0.0.1]", "STARTTLS");
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

    /** More than the buffers of a connection hold cannot be written to a client that has stopped reading. */
    @ParameterizedTest
    @ValueSource(strings = {"x", "220-and on it goes\r\n"})
    void aReplyWithoutEndIsNotReadToItsEnd(String unit) throws Exception {
        long far = 200_000_000;
        CompletableFuture<Long> written = new CompletableFuture<>();
        Step endless = (peer, good) -> {
            byte[] some = unit.repeat(8192 / unit.length()).getBytes(StandardCharsets.US_ASCII);
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
        try (ScriptedSmtp server = ScriptedSmtp.start().at(Verb.BANNER, endless);
                SmtpTransport transport = Sending.to(server).build()) {
            Sending.forGood(Reason.PROTOCOL).accept(transport.send(Sending.message(), new TestAttempt()));
            assertThat(written.get()).isLessThan(32_000_000);
        }
    }
}
