package io.github.sesquill.smtp;

import static io.github.sesquill.smtp.ScriptedFault.DAY;
import static io.github.sesquill.smtp.ScriptedFault.RATE;
import static io.github.sesquill.smtp.ScriptedFault.hang;
import static io.github.sesquill.smtp.ScriptedFault.reply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.sesquill.message.Attachment;
import io.github.sesquill.message.EmailAddress;
import io.github.sesquill.message.EmailMessage;
import io.github.sesquill.smtp.ScriptedSmtp.Verb;
import io.github.sesquill.transport.SendOutcome;
import io.github.sesquill.transport.SendOutcome.NotSent;
import io.github.sesquill.transport.SendOutcome.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of a message that is refused, or not answered to, before its first byte. */
class EnvelopeFaultsTest {

    private static EmailMessage toThree() {
        return Sending.draft().to("b@example.com").cc("c@example.com").build();
    }

    @TestFactory
    Stream<DynamicTest> beforeTheMessage() {
        return Stream.of(
                        new ScriptedFault("MAIL rate", Verb.MAIL, reply(RATE), Sending.forNow(Reason.THROTTLED)),
                        new ScriptedFault("MAIL day", Verb.MAIL, reply(DAY), Sending.forNow(Reason.DAILY_QUOTA)),
                        new ScriptedFault(
                                "MAIL 553",
                                Verb.MAIL,
                                reply("553 <acme@acme.example> Invalid email address"),
                                Sending.forGood(Reason.REJECTED)),
                        new ScriptedFault(
                                "MAIL not verified",
                                Verb.MAIL,
                                reply("554 Message rejected: Email address is not verified. The following identities"
                                        + " failed the check in region EU-WEST-1: acme@acme.example"),
                                Sending.forGood(Reason.UNVERIFIED)),
                        new ScriptedFault(
                                "MAIL not allowed",
                                Verb.MAIL,
                                reply("554 Access denied: User `x' is not authorized to perform `ses:SendRawEmail'"),
                                Sending.forGood(Reason.AUTHENTICATION)),
                        new ScriptedFault("silence after MAIL", Verb.MAIL, hang(), Sending.forNow(Reason.UNAVAILABLE))
                                .impatient(),
                        new ScriptedFault("RCPT rate", Verb.RCPT, reply(RATE), Sending.forNow(Reason.THROTTLED)),
                        new ScriptedFault(
                                "RCPT 421 in the middle",
                                server -> server.at(Verb.RCPT, 1, 9, ScriptedSmtp.replyAndClose("421 leaving")),
                                to -> to,
                                toThree(),
                                Sending.forNow(Reason.UNAVAILABLE)),
                        new ScriptedFault(
                                        "too many recipients",
                                        Verb.RCPT,
                                        reply("452 Too many recipients"),
                                        Sending.forGood(Reason.REJECTED))
                                .with(toThree()),
                        new ScriptedFault(
                                "DATA 421",
                                Verb.DATA,
                                ScriptedSmtp.replyAndClose("421 leaving"),
                                Sending.forNow(Reason.UNAVAILABLE)),
                        new ScriptedFault(
                                "DATA 451", Verb.DATA, reply("451 later"), Sending.forNow(Reason.UNAVAILABLE)),
                        new ScriptedFault(
                                "DATA 503", Verb.DATA, reply("503 not now"), Sending.forGood(Reason.REJECTED)),
                        new ScriptedFault("DATA 554", Verb.DATA, reply("554 no"), Sending.forGood(Reason.REJECTED)),
                        new ScriptedFault("silence after DATA", Verb.DATA, hang(), Sending.forNow(Reason.UNAVAILABLE))
                                .impatient())
                .map(ScriptedFault::test);
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
    void whatTheServerLeftInTheMiddleOfGoesToAllTheNextTime() throws IOException {
        try (ScriptedSmtp server = ScriptedSmtp.start().at(Verb.RCPT, 1, 1, ScriptedSmtp.replyAndClose("421 leaving"));
                SmtpTransport transport = Sending.to(server).build()) {
            Sending.forNow(Reason.UNAVAILABLE).accept(transport.send(toThree(), new TestAttempt()));
            server.commands().clear();
            Sending.sent().accept(transport.send(toThree(), new TestAttempt()));
            assertThat(server.commands().stream().filter(command -> command.startsWith("RCPT")))
                    .containsExactly("RCPT TO:<a@example.com>", "RCPT TO:<b@example.com>", "RCPT TO:<c@example.com>");
            assertThat(server.messages()).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MAIL", "RCPT", "DOT"})
    void aFullDayIsAskedAboutAgainInFiveMinutes(Verb verb) throws IOException {
        try (ScriptedSmtp server = ScriptedSmtp.start().at(verb, reply(DAY));
                SmtpTransport transport =
                        Sending.to(server).time(new TestTime()).build()) {
            SendOutcome outcome = transport.send(Sending.message(), new TestAttempt());
            Sending.forNow(Reason.DAILY_QUOTA).accept(outcome);
            assertThat(((NotSent) outcome).retryAt()).hasValue(TestTime.NOW.plus(Duration.ofMinutes(5)));
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
    void eightBitsGoNowhereUnasked() throws IOException {
        EmailMessage message = Sending.draft()
                .text("a quiet caf\u00e9 by the sea")
                .html("<p>caf\u00e9")
                .attach(Attachment.of("eight.bin", new byte[] {(byte) 0x80, (byte) 0xff, 0}))
                .build();
        try (ScriptedSmtp server = ScriptedSmtp.start().offering("AUTH PLAIN");
                SmtpTransport transport = Sending.to(server).build()) {
            Sending.sent().accept(transport.send(message, new TestAttempt()));
            assertThat(server.message(0)).matches("[\\x00-\\x7f]*").contains("caf=C3=A9", "\r\ngP8A\r\n");
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
}
