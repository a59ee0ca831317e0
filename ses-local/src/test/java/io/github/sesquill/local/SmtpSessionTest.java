package io.github.sesquill.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SmtpSessionTest {

    private static LocalSes ses;

    @BeforeAll
    static void start() {
        ses = LocalSes.builder().verify("acme.example").start();
    }

    @AfterAll
    static void close() {
        ses.close();
    }

    private static int count() throws IOException, InterruptedException {
        return new Browser(ses).json("/inbox/messages").path("total").asInt();
    }

    @Test
    void announcesWhatSesAnnounces() throws Exception {
        try (SmtpClient client = new SmtpClient(ses)) {
            assertThat(client.say("EHLO test"))
                    .isEqualTo(
                            "250-email-smtp.amazonaws.com\n250-8BITMIME\n250-STARTTLS\n250-AUTH PLAIN LOGIN\n250 Ok");
            client.startTls();
            assertThat(client.say("EHLO test"))
                    .isEqualTo("250-email-smtp.amazonaws.com\n250-8BITMIME\n250-AUTH PLAIN LOGIN\n250 Ok");
        }
    }

    @Test
    void wantsTlsBeforeAnythingThatMatters() throws Exception {
        try (SmtpClient client = new SmtpClient(ses)) {
            client.say("EHLO test");
            assertThat(client.say("AUTH PLAIN " + client.credentials())).startsWith("530 Must issue a STARTTLS");
            assertThat(client.say("MAIL FROM:<jane@acme.example>")).startsWith("530 Must issue a STARTTLS");
        }
    }

    @Test
    void takesNothingThatWasSaidBeforeTheHandshakeForSaidAfterIt() throws Exception {
        try (SmtpClient client = new SmtpClient(ses)) {
            client.say("EHLO test");
            client.write("STARTTLS\r\nMAIL FROM:<mallory@acme.example>\r\n");
            assertThat(client.reply()).startsWith("554");
            assertThat(client.reply()).isEqualTo("null");
        }
    }

    @Test
    void wantsTheDerivedPassword() throws Exception {
        try (SmtpClient client = new SmtpClient(ses)) {
            client.startTls();
            client.say("EHLO test");
            assertThat(client.say("MAIL FROM:<jane@acme.example>")).isEqualTo("530 Authentication required");
            assertThat(client.say("AUTH CRAM-MD5")).startsWith("504");
            assertThat(client.say("AUTH PLAIN !!!")).startsWith("501");
            assertThat(client.say("AUTH LOGIN")).isEqualTo("334 VXNlcm5hbWU6");
            assertThat(client.say("*")).startsWith("501");
            String wrong = Base64.getEncoder().encodeToString("\0user\0wrong".getBytes(StandardCharsets.US_ASCII));
            assertThat(client.say("AUTH PLAIN " + wrong)).isEqualTo("535 Authentication Credentials Invalid");
            assertThat(client.say("AUTH PLAIN " + client.credentials())).isEqualTo("235 Authentication successful.");
            assertThat(client.say("AUTH PLAIN " + client.credentials())).startsWith("503");
        }
    }

    @Test
    void hangsUpAfterThreeWrongPasswords() throws Exception {
        try (SmtpClient client = new SmtpClient(ses)) {
            client.startTls();
            client.say("EHLO test");
            String wrong = Base64.getEncoder().encodeToString("\0user\0wrong".getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < 3; i++) {
                assertThat(client.say("AUTH PLAIN " + wrong)).startsWith("535");
            }
            assertThat(client.reply()).isEqualTo("null");
        }
    }

    @Test
    void takesTheDotAfterCrLfAloneForTheEnd() throws Exception {
        int before = count();
        try (SmtpClient client = SmtpClient.loggedIn(ses)) {
            client.say("MAIL FROM:<jane@acme.example> SIZE=100 BODY=8BITMIME");
            client.say("RCPT TO:<bob@example.com>");
            assertThat(client.say("DATA")).startsWith("354");
            client.write("Subject: one\r\n\r\na\n.\nb\r\n.\rc\r\n..d\r\n.\nMAIL FROM:<mallory@acme.example>\r\n");
            assertThat(client.say(".")).startsWith("250 Ok ");
        }
        assertThat(count()).isEqualTo(before + 1);
        var newest =
                new Browser(ses).json("/inbox/messages").at("/messages/0/id").asText();
        assertThat(new Browser(ses)
                        .send("GET", "/inbox/messages/" + newest + "/source", "")
                        .body())
                .endsWith("\r\n\r\na\n.\nb\r\n\rc\r\n.d\r\n\nMAIL FROM:<mallory@acme.example>\r\n");
    }

    @Test
    void refusesTheFiftyFirstRecipientAndKeepsTheOthers() throws Exception {
        try (SmtpClient client = SmtpClient.loggedIn(ses)) {
            client.say("MAIL FROM:<jane@acme.example>");
            for (int i = 0; i < 50; i++) {
                assertThat(client.say("RCPT TO:<r" + i + "@example.com>")).isEqualTo("250 Ok");
            }
            assertThat(client.say("RCPT TO:<r50@example.com>")).startsWith("452");
            assertThat(client.say("RSET")).isEqualTo("250 Ok");
            assertThat(client.say("DATA")).startsWith("503");
        }
    }

    @Test
    void refusesWhatIsTooLongBeforeAndAfterItIsSent() throws Exception {
        try (SmtpClient client = SmtpClient.loggedIn(ses)) {
            assertThat(client.say("MAIL FROM:<jane@acme.example> SIZE=41943041"))
                    .startsWith("552");
            client.say("MAIL FROM:<jane@acme.example>");
            client.say("RCPT TO:<bob@example.com>");
            client.say("DATA");
            String line = "x".repeat(1022) + "\r\n";
            for (int i = 0; i < 41 * 1024; i++) {
                client.write(line);
            }
            assertThat(client.say(".")).startsWith("552 Message is too long");
            assertThat(client.say("NOOP")).isEqualTo("250 Ok");
        }
    }

    @Test
    void refusesInTheWordsOfSes() throws Exception {
        try (SmtpClient client = SmtpClient.loggedIn(ses)) {
            client.say("MAIL FROM:<jane@other.example>");
            client.say("RCPT TO:<bob@example.com>");
            client.say("DATA");
            assertThat(client.say("Subject: x\r\n\r\nx\r\n."))
                    .startsWith("554 Message rejected: Email address is not verified.")
                    .endsWith("jane@other.example");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MAIL FROM:<>",
                "MAIL FROM:jane@acme.example",
                "MAIL FROM:<jane@acme.example> SMTPUTF8",
                "MAIL FROM:<j\u00e4ne@acme.example>",
                "MAIL FROM:<jane@acme.example> <bob@example.com>",
                "MAIL TO:<jane@acme.example>",
                "RCPT TO:<bob@example.com>",
                "BDAT 3",
                "VRFY root",
                "EHLO",
                "",
            })
    void refusesWhatItDoesNotSpeak(String line) throws Exception {
        try (SmtpClient client = SmtpClient.loggedIn(ses)) {
            assertThat(client.say(line)).startsWith("5");
            assertThat(client.say("NOOP")).isEqualTo("250 Ok");
        }
    }

    @Test
    void hangsUpOnALineWithoutEnd() throws Exception {
        try (SmtpClient client = new SmtpClient(ses)) {
            client.write("x".repeat(13_000));
            assertThat(client.reply()).isEqualTo("500 Line too long.");
        }
    }
}
