package io.github.sesquill.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.sesquill.message.Attachment;
import io.github.sesquill.message.EmailAddress;
import io.github.sesquill.message.EmailMessage;
import io.github.sesquill.message.ListManagement;
import io.github.sesquill.message.ListUnsubscribe;
import io.github.sesquill.smtp.SmtpCredentials;
import io.github.sesquill.smtp.SmtpTransport;
import io.github.sesquill.transport.EmailTransport.Attempt;
import io.github.sesquill.transport.SendOutcome;
import io.github.sesquill.transport.SendOutcome.Reason;
import jakarta.mail.Header;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every hostile string in every field: refused before a connection, or carried as data and read back equal, by a reader
 * that is not ours, from the bytes that an SMTP server received.
 */
class HostileBySmtpTest {

    private static final Pattern BARE = Pattern.compile("\\r(?!\\n)|(?<!\\r)\\n");

    /** What a message of these tests may have; one more is one that a string has added. */
    private static final Set<String> HEADERS = lower(
            "X-SES-MESSAGE-TAGS",
            "X-SES-CONFIGURATION-SET",
            "X-SES-LIST-MANAGEMENT-OPTIONS",
            "X-SES-TENANT",
            "X-SES-SOURCE-ARN",
            "X-SES-FROM-ARN",
            "Date",
            "From",
            "To",
            "Cc",
            "Reply-To",
            "Subject",
            "Message-ID",
            "X-Hostile",
            "References",
            "List-Unsubscribe",
            "List-Unsubscribe-Post",
            "MIME-Version",
            "Content-Type",
            "Content-Transfer-Encoding");

    private static SmtpSink sink;
    private static SmtpTransport transport;

    /** How a field is filled, and how what arrived of it is read. */
    private record Field(
            BiFunction<EmailMessage.Builder, String, EmailMessage.Builder> fill, Function<ReceivedMail, String> read) {}

    private static final Map<String, Field> FIELDS = new TreeMap<>(Map.ofEntries(
            field("subject", EmailMessage.Builder::subject, mail -> only(mail.headers("Subject"))),
            field("display name", (b, s) -> b.to(EmailAddress.of(s, "x@example.com")), mail -> name(mail, "To", 1)),
            field(
                    "from name",
                    (b, s) -> filled(EmailMessage.from(EmailAddress.of(s, "x@example.com"))),
                    mail -> name(mail, "From", 0)),
            field("header value", (b, s) -> b.header("X-Hostile", s), mail -> only(mail.headers("X-Hostile"))),
            field("References", (b, s) -> b.header("References", s), mail -> only(mail.headers("References"))),
            field("header name", (b, s) -> b.header(s, "found"), HostileBySmtpTest::headerNamed),
            field(
                    "tag name",
                    (b, s) -> b.tag(s, "v"),
                    mail -> first(mail.tags()).getKey()),
            field(
                    "tag value",
                    (b, s) -> b.tag("t", s),
                    mail -> first(mail.tags()).getValue()),
            field(
                    "configuration set",
                    EmailMessage.Builder::configurationSet,
                    mail -> mail.configurationSet().orElseThrow()),
            field("tenant", EmailMessage.Builder::tenant, mail -> only(mail.headers("X-SES-TENANT"))),
            field(
                    "contact list",
                    (b, s) -> b.listManagement(ListManagement.of(s)),
                    mail -> only(mail.headers("X-SES-LIST-MANAGEMENT-OPTIONS"))),
            field(
                    "identity ARN",
                    EmailMessage.Builder::fromIdentityArn,
                    mail -> only(mail.headers("X-SES-SOURCE-ARN"))),
            field(
                    "file name",
                    (b, s) -> b.attach(Attachment.of(s, new byte[] {1})),
                    mail -> mail.parts().get(0).fileName()),
            field(
                    "content type",
                    (b, s) -> b.attach(Attachment.of("a", new byte[] {1}).contentType(s)),
                    mail -> mail.parts().get(0).contentType()),
            field(
                    "content id",
                    (b, s) -> b.html("<p>")
                            .attach(Attachment.of("a", new byte[] {1}).inline(s)),
                    mail -> mail.parts().get(0).contentId().orElseThrow()),
            field("text", EmailMessage.Builder::text, mail -> mail.text().orElseThrow()),
            field("html", (b, s) -> b.html(s), mail -> mail.html().orElseThrow()),
            field(
                    "raw",
                    (b, s) -> EmailMessage.from("a@example.com")
                            .to("b@example.com")
                            .raw(mime(s)),
                    mail -> mail.text().orElseThrow()),
            field("to", (b, s) -> b.to(s), mail -> mail.recipients().get(1)),
            field("cc", (b, s) -> b.cc(s), mail -> mail.recipients().get(1)),
            field("bcc", (b, s) -> b.bcc(s), mail -> mail.recipients().get(1)),
            field("reply-to", (b, s) -> b.replyTo(s), mail -> only(mail.headers("Reply-To"))),
            field("from", (b, s) -> filled(EmailMessage.from(s)), ReceivedMail::from),
            field("feedback", EmailMessage.Builder::feedbackTo, mail -> mail.sender()),
            field(
                    "unsubscribe page",
                    (b, s) -> b.listUnsubscribe(ListUnsubscribe.oneClick(URI.create("https://acme.example/" + s))),
                    mail -> only(mail.headers("List-Unsubscribe")).replaceFirst("<https://acme.example/(.*)>", "$1"))));

    private static Map.Entry<String, Field> field(
            String name,
            BiFunction<EmailMessage.Builder, String, EmailMessage.Builder> fill,
            Function<ReceivedMail, String> read) {
        return Map.entry(name, new Field(fill, read));
    }

    private static Set<String> lower(String... names) {
        Set<String> lower = new TreeSet<>();
        for (String name : names) {
            lower.add(name.toLowerCase(Locale.ROOT));
        }
        return lower;
    }

    private static EmailMessage.Builder filled(EmailMessage.Builder draft) {
        return draft.to("a@example.com").subject("Hello").text("Hi.");
    }

    private static byte[] mime(String body) {
        return ("From: a@example.com\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
                        + "Content-Transfer-Encoding: 8bit\r\n\r\n" + body)
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String only(List<String> values) {
        assertThat(values).hasSize(1);
        return values.get(0);
    }

    private static Map.Entry<String, String> first(Map<String, String> tags) {
        return tags.entrySet().iterator().next();
    }

    private static String name(ReceivedMail mail, String header, int index) {
        try {
            InternetAddress[] all = InternetAddress.parseHeader(mail.mime().getHeader(header, ", "), true);
            return String.valueOf(all[index].getPersonal());
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Header> headers(ReceivedMail mail) {
        try {
            return Collections.list(mail.mime().getAllHeaders());
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String headerNamed(ReceivedMail mail) {
        return headers(mail).stream()
                .filter(header -> header.getValue().equals("found"))
                .map(Header::getName)
                .findFirst()
                .orElseThrow();
    }

    @BeforeAll
    static void listen() throws IOException {
        sink = new SmtpSink();
        transport = SmtpTransport.host("localhost")
                .port(sink.port())
                .withoutTls()
                .credentials(SmtpCredentials.of("user", "password"))
                .build();
    }

    @AfterAll
    static void stop() throws IOException {
        transport.close();
        sink.close();
    }

    private record Always(String id) implements Attempt {

        @Override
        public Duration remaining() {
            return Duration.ofMinutes(1);
        }

        @Override
        public boolean handOff() {
            return true;
        }

        @Override
        public void onAbort(Runnable breakOff) {}
    }

    @Test
    void areRefusedOrCarriedAsDataInEveryField() {
        int carried = 0;
        int refused = 0;
        for (Map.Entry<String, Field> field : FIELDS.entrySet()) {
            for (String hostile : HostileStrings.all()) {
                if (isCarried(field.getKey(), field.getValue(), hostile)) {
                    carried++;
                } else {
                    refused++;
                }
            }
        }
        System.out.printf("Over SMTP: %d strings in fields carried as data, %d refused.%n", carried, refused);
        assertThat(carried).isGreaterThan(400);
        assertThat(refused).isGreaterThan(400);
    }

    private static boolean isCarried(String name, Field field, String hostile) {
        EmailMessage message;
        try {
            message = field.fill
                    .apply(filled(EmailMessage.from("acme@acme.example")), hostile)
                    .build();
        } catch (IllegalArgumentException e) {
            return false;
        }
        SendOutcome outcome = transport.send(message, new Always("attempt-1"));
        List<String> commands = List.copyOf(sink.commands());
        List<SmtpSink.Received> received = sink.drain();
        String what = name + ": " + hostile.substring(0, Math.min(60, hostile.length()));
        if (outcome instanceof SendOutcome.NotSent not) {
            assertThat(not.reason()).as(what + " " + not.detail()).isEqualTo(Reason.INVALID);
            assertThat(commands).as(what).noneMatch(command -> command.startsWith("MAIL"));
            assertThat(received).isEmpty();
            return false;
        }
        assertThat(outcome).as(what).isInstanceOf(SendOutcome.Sent.class);
        assertThat(received).as(what).hasSize(1);
        checkEnvelope(what, message, commands, received.get(0));
        checkWire(what, received.get(0));
        checkHeaders(what, name, hostile, new ReceivedMail(received.get(0)));
        String read = field.read.apply(new ReceivedMail(received.get(0)));
        assertThat(comparable(name, read)).as(what).isEqualTo(comparable(name, hostile));
        return true;
    }

    private static void checkEnvelope(
            String what, EmailMessage message, List<String> commands, SmtpSink.Received received) {
        assertThat(received.recipients())
                .as(what)
                .isEqualTo(
                        message.recipients().stream().map(EmailAddress::address).toList());
        assertThat(commands.stream().filter(command -> !command.matches("(EHLO|AUTH) .*|QUIT|NOOP")))
                .as(what)
                .hasSize(2 + message.recipients().size());
    }

    private static void checkWire(String what, SmtpSink.Received received) {
        String wire = new String(received.wire(), StandardCharsets.ISO_8859_1);
        assertThat(BARE.matcher(wire).find()).as(what).isFalse();
        // One more where a dot at the beginning was doubled on the way.
        assertThat(wire.split("\r\n", -1))
                .as(what)
                .allMatch(line -> line.length() <= (line.startsWith("..") ? 999 : 998));
        assertThat(wire).as(what).endsWith("\r\n");
    }

    private static void checkHeaders(String what, String field, String hostile, ReceivedMail mail) {
        assertThat(headers(mail))
                .as(what)
                .extracting(header -> header.getName().toLowerCase(Locale.ROOT))
                .filteredOn(name -> !field.equals("header name") || !name.equalsIgnoreCase(hostile))
                .doesNotHaveDuplicates()
                .isSubsetOf(HEADERS);
    }

    /** Line ends of bodies are those of mail, and the last line has one. */
    private static String comparable(String field, String value) {
        if (List.of("text", "html", "raw").contains(field)) {
            // Half a surrogate pair is no byte of raw MIME.
            String bytes = new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
            String lines = bytes.replace("\r\n", "\n").replace("\r", "\n");
            return lines.endsWith("\n") ? lines : lines + "\n";
        }
        // The file name follows the type in the same header.
        return field.equals("content type") ? value.replaceFirst(";\\s*name=.*", "") : value;
    }

    @ParameterizedTest
    @ValueSource(strings = {"smtp.example.com\r\nRSET", "a b", "", "a@b", "-x", "host\u0000", "a\u010d\u010ab"})
    void hostsAndEhloNamesAreRefusedWhenTheyAreSaid(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> SmtpTransport.host(name));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SmtpTransport.region("eu-west-1").ehloName(name));
        assertThatIllegalArgumentException().isThrownBy(() -> SmtpTransport.region(name));
    }
}
