package io.github.sesquill.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sesquill.message.Attachment;
import io.github.sesquill.message.EmailMessage;
import io.github.sesquill.smtp.ScriptedSmtp.Step;
import io.github.sesquill.smtp.ScriptedSmtp.Verb;
import io.github.sesquill.transport.SendOutcome;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A message over SMTP when nothing goes wrong. */
class SmtpTransportTest {

    private static EmailMessage.Builder draft() {
        return EmailMessage.from("Acme <acme@acme.example>")
                .to("jane@example.com")
                .cc("joe@example.com")
                .bcc("hidden@example.com")
                .subject("Hello")
                .text("Hi\n.\n");
    }

    private static SmtpTransport.Builder to(ScriptedSmtp server) {
        return SmtpTransport.host("localhost")
                .port(server.port())
                .withoutTls()
                .readTimeout(Duration.ofSeconds(5))
                .credentials(SmtpCredentials.of("user", "canary"));
    }

    @Test
    void sendsOneMessageToAllRecipientsAndAnswersWithTheId() throws IOException {
        try (ScriptedSmtp server = ScriptedSmtp.start();
                SmtpTransport transport = to(server).region("eu-west-1").build()) {
            SendOutcome outcome = transport.send(
                    draft().tag("kind", "hello").configurationSet("set").build(), new TestAttempt());
            assertThat(outcome).isEqualTo(SendOutcome.sent("0102018f-1", "<0102018f-1@eu-west-1.amazonses.com>"));
            assertThat(server.commands().subList(2, 7))
                    .containsExactly(
                            "MAIL FROM:<acme@acme.example>",
                            "RCPT TO:<jane@example.com>",
                            "RCPT TO:<joe@example.com>",
                            "RCPT TO:<hidden@example.com>",
                            "DATA");
            assertThat(server.message(0))
                    .contains("X-SES-CONFIGURATION-SET: set\r\n")
                    .contains("X-SES-MESSAGE-TAGS: kind=hello, sesquill-attempt=attempt-1\r\n")
                    .contains("Message-ID: <attempt-1@acme.example>\r\n")
                    .doesNotContain("hidden")
                    .endsWith("\r\n\r\nHi\r\n.\r\n");
        }
    }

    @Test
    void greetsWithItsAddressAndLooksNothingUp() throws IOException {
        try (ScriptedSmtp server = ScriptedSmtp.start();
                SmtpTransport transport = to(server).build()) {
            transport.send(draft().build(), new TestAttempt());
            assertThat(server.commands().get(0)).isEqualTo("EHLO [127.0.0.1]");
        }
    }

    @Test
    void usesAConnectionForManyMessages() throws IOException {
        try (ScriptedSmtp server = ScriptedSmtp.start();
                SmtpTransport transport = to(server).build()) {
            for (int i = 0; i < 220; i++) {
                assertThat(transport.send(draft().build(), new TestAttempt())).isInstanceOf(SendOutcome.Sent.class);
            }
            assertThat(server.messages()).hasSize(220);
            assertThat(server.connections()).as("100 messages each").isEqualTo(3);
        }
    }

    @Test
    void saysAllInOnePacketWhereThatIsOffered() throws IOException {
        assertThat(saidAhead("PIPELINING", "AUTH LOGIN"))
                .allMatch(ahead -> ahead > 0)
                .hasSize(4);
    }

    @Test
    void waitsForEachReplyWhereThatIsNotOffered() throws IOException {
        assertThat(saidAhead("AUTH LOGIN")).allMatch(ahead -> ahead == 0).hasSize(4);
    }

    /** Returns how much more had come by the time that MAIL and each RCPT were read; the message must be sent. */
    private static List<Integer> saidAhead(String... extensions) throws IOException {
        List<Integer> ahead = new CopyOnWriteArrayList<>();
        Step noting = (peer, good) -> {
            ahead.add(peer.in.available());
            peer.say(good);
        };
        try (ScriptedSmtp server = ScriptedSmtp.start()
                        .offering(extensions)
                        .at(Verb.MAIL, noting)
                        .at(Verb.RCPT, noting);
                SmtpTransport transport = to(server).build()) {
            assertThat(transport.send(draft().build(), new TestAttempt())).isInstanceOf(SendOutcome.Sent.class);
            return ahead;
        }
    }

    @Test
    void keepsToTheGate() throws IOException {
        try (ScriptedSmtp server = ScriptedSmtp.start();
                SmtpTransport transport = to(server).build()) {
            TestAttempt attempt = new TestAttempt(() -> false);
            assertThat(transport.send(draft().build(), attempt)).isInstanceOf(SendOutcome.NotSent.class);
            assertThat(attempt.handOffs).hasValue(1);
            assertThat(server.messages()).isEmpty();
        }
    }

    /** By then the attachment has been read to its end, and the server has no message yet. */
    @Test
    void passesTheGateRightBeforeTheDot() throws IOException {
        AtomicInteger unread = new AtomicInteger(1_000_000);
        Attachment counted = Attachment.of("counted.bin", () -> new InputStream() {
            @Override
            public int read() {
                return unread.get() == 0 ? -1 : unread.decrementAndGet() & 0xff;
            }

            @Override
            public int read(byte[] into, int from, int length) {
                int some = Math.min(length, unread.get());
                unread.addAndGet(-some);
                return some == 0 && length > 0 ? -1 : some;
            }
        });
        try (ScriptedSmtp server = ScriptedSmtp.start();
                SmtpTransport transport = to(server).build()) {
            TestAttempt attempt = new TestAttempt(() -> {
                assertThat(unread).hasValue(0);
                assertThat(server.messages()).isEmpty();
                return true;
            });
            assertThat(transport.send(draft().attach(counted).build(), attempt)).isInstanceOf(SendOutcome.Sent.class);
            assertThat(attempt.handOffs).hasValue(1);
            assertThat(server.messages()).hasSize(1);
        }
    }

    @Test
    void doesNotPassTheGateWhenTheServerWantsNoMessage() throws IOException {
        try (ScriptedSmtp server = ScriptedSmtp.start().at(Verb.DATA, ScriptedSmtp.reply("554 no"));
                SmtpTransport transport = to(server).build()) {
            TestAttempt attempt = new TestAttempt();
            transport.send(draft().build(), attempt);
            assertThat(attempt.handOffs).hasValue(0);
        }
    }
}
