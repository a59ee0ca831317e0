package io.github.sesquill.mime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.sesquill.message.Attachment;
import io.github.sesquill.message.EmailMessage;
import io.github.sesquill.message.ListManagement;
import io.github.sesquill.message.MessageContent;
import io.github.sesquill.message.TemplateData;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A message as bytes. */
class MimeWriterTest {

    private static final Instant NOON = Instant.parse("2026-11-04T12:00:09Z");

    private static EmailMessage.Builder draft() {
        return EmailMessage.from("Acme <acme@acme.example>")
                .to("jane@example.com")
                .subject("Hello");
    }

    private static String written(EmailMessage.Builder draft) {
        return written(MimeWriter.of(draft.build(), "<1@acme.example>").date(NOON));
    }

    private static String written(MimeWriter writer) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            writer.writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assertThat(writer.size()).as("size that was foretold").isEqualTo(out.size());
        String text = out.toString(StandardCharsets.ISO_8859_1);
        assertThat(text.split("\r\n", -1)).allMatch(line -> line.length() <= 998);
        assertThat(text.replace("\r\n", "")).doesNotContain("\r", "\n");
        assertThat(text).endsWith("\r\n");
        return text;
    }

    private static String bodyOf(String message) {
        return message.substring(message.indexOf("\r\n\r\n") + 4);
    }

    @Test
    void writesPlainTextAsItIs() {
        assertThat(written(draft().text("Hi Jane,\n\nthank you.\r\n"))).isEqualTo("""
                Date: Wed, 4 Nov 2026 12:00:09 +0000
                From: Acme <acme@acme.example>
                To: jane@example.com
                Subject: Hello
                Message-ID: <1@acme.example>
                MIME-Version: 1.0
                Content-Type: text/plain; charset=UTF-8
                Content-Transfer-Encoding: 7bit

                Hi Jane,

                thank you.
                """.replace("\n", "\r\n"));
    }

    @Test
    void nestsAlternativesWhatIsShownAndWhatIsAttached() {
        String message = written(draft().text("plain")
                .html("<img src=\"cid:logo\">")
                .attach(Attachment.of("logo.png", new byte[] {1}).inline("logo"))
                .attach(Attachment.of("a.pdf", new byte[] {2})));
        assertThat(message.lines().filter(line -> line.startsWith("Content-Type")))
                .containsExactly(
                        "Content-Type: multipart/mixed;",
                        "Content-Type: multipart/alternative;",
                        "Content-Type: text/plain; charset=UTF-8",
                        "Content-Type: multipart/related; type=\"text/html\";",
                        "Content-Type: text/html; charset=UTF-8",
                        "Content-Type: image/png; name=\"logo.png\"",
                        "Content-Type: application/pdf; name=\"a.pdf\"");
        assertThat(message)
                .contains("Content-ID: <logo>\r\n")
                .contains("Content-Disposition: inline; filename=\"logo.png\"\r\n")
                .contains("Content-Disposition: attachment; filename=\"a.pdf\"\r\n");
    }

    @Test
    void namesNobodyOfTheBcc() {
        assertThat(written(draft().bcc("hidden@example.com").text("x"))).doesNotContainIgnoringCase("hidden", "bcc");
    }

    @Test
    void saysTheParametersOfTheApiInHeaders() {
        EmailMessage message = draft().text("x")
                .configurationSet("set")
                .tag("a", "1")
                .fromIdentityArn("arn:aws:ses:eu-west-1:111122223333:identity/acme.example")
                .feedbackIdentityArn("arn:aws:ses:eu-west-1:111122223333:identity/back.example")
                .listManagement(ListManagement.of("list", "topic"))
                .tenant("tenant")
                .build();
        assertThat(written(MimeWriter.of(message).withSesHeaders(Map.of("b", "2"))))
                .startsWith("""
                        X-SES-CONFIGURATION-SET: set
                        X-SES-MESSAGE-TAGS: a=1, b=2
                        X-SES-SOURCE-ARN: arn:aws:ses:eu-west-1:111122223333:identity/acme.example
                        X-SES-FROM-ARN: arn:aws:ses:eu-west-1:111122223333:identity/acme.example
                        X-SES-RETURN-PATH-ARN:
                         arn:aws:ses:eu-west-1:111122223333:identity/back.example
                        X-SES-LIST-MANAGEMENT-OPTIONS: list; topic=topic
                        X-SES-TENANT: tenant
                        """.replace("\n", "\r\n").replace("ARN:\r\n arn", "ARN: arn"));
        assertThat(written(MimeWriter.of(message))).doesNotContain("X-SES");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "caf\u00e9 = 1 \nline \n\ttab\t\nend",
                "\u65e5\u672c\u8a9e\u306e\u6587\u7ae0",
                "a\u0085.\u0085b",
                "\u2028.\u2028",
                ".\r\n..\r\n.",
                "form\ffeed",
                ""
            })
    void writesAnyTextSoThatItReadsTheSame(String text) {
        String message = written(draft().text(text));
        String body = bodyOf(message);
        String expected = text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\r\n");
        String decoded = message.contains("quoted-printable")
                ? unquoted(body)
                : message.contains(": base64")
                        ? new String(Base64.getMimeDecoder().decode(body), StandardCharsets.UTF_8) + "\r\n"
                        : body;
        assertThat(decoded).isEqualTo(expected.endsWith("\r\n") ? expected : expected + "\r\n");
    }

    private static String unquoted(String body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        String joined = body.replace("=\r\n", "");
        for (int i = 0; i < joined.length(); i++) {
            if (joined.charAt(i) == '=') {
                bytes.write(Integer.parseInt(joined, i + 1, i + 3, 16));
                i += 2;
            } else {
                bytes.write(joined.charAt(i));
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(ints = {76, 77, 998, 999, 1_000, 100_000})
    void breaksLongLinesOnlyWhereMailMust(int length) {
        String message = written(draft().text("a".repeat(length)));
        assertThat(message.contains("7bit")).isEqualTo(length <= 998);
        assertThat(bodyOf(message).replace("=\r\n", "")).isEqualTo("a".repeat(length) + "\r\n");
    }

    @Test
    void foldsHeadersAtSpacesAndLosesNone() {
        String value = "word  two ".repeat(100).strip();
        String message = written(draft().text("x").header("X-Long", value).subject("b".repeat(3_000)));
        assertThat(message.replace("\r\n ", " ")).contains("X-Long: " + value + "\r\n");
        assertThat(message.split("\r\n\r\n", 2)[0].lines()).allMatch(line -> line.length() <= 78 && !line.isBlank());
    }

    @Test
    void refusesWhatCannotBeBroken() {
        EmailMessage message =
                draft().text("x").header("X-Long", "a".repeat(1_000)).build();
        assertThat(MimeWriter.refusal(message)).get().asString().contains("'X-Long'", "998");
        assertThatIllegalArgumentException().isThrownBy(() -> MimeWriter.of(message));
    }

    @Test
    void refusesTemplates() {
        EmailMessage template = draft().text("{{a}}")
                .templateData(TemplateData.of(Map.of("a", "1")))
                .build();
        assertThat(MimeWriter.refusal(template)).get().asString().contains("template");
    }

    @Test
    void writesNamesInEveryScript() {
        String message = written(draft().text("x")
                .attach(Attachment.of("\u65e5\u672c \u00fc\"ber\" \ud83d\ude00 and more.pdf", new byte[0]))
                .attach(Attachment.of("quo\"te.pdf", new byte[0])));
        assertThat(message)
                .contains("name=\"=?UTF-8?B?")
                .contains("filename*0*=UTF-8''%E6%97%A5%E6%9C%AC%20%C3%BC%22ber%22%20%F0%9F%98%80;")
                .contains("filename*1*=%20and%20more.pdf\r\n")
                .contains("filename=\"quo\\\"te.pdf\"");
    }

    @Test
    void drawsAnotherBoundaryIfATextHoldsIt() throws IOException {
        EmailMessage message = draft().text("--=_taken.0\r\n").html("x").build();
        Iterator<String> boundaries = List.of("=_taken", "=_free").iterator();
        Part part = PartTree.of(message, (MessageContent.Simple) message.content(), boundaries::next);
        assertThat(((Multipart) part).boundary()).isEqualTo("=_free.0");
    }

    @Test
    void readsAttachmentsInSmallPieces() throws IOException {
        int size = 3_000_000;
        Attachment large =
                Attachment.of("a.bin", () -> new FilterInputStream(new ByteArrayInputStream(new byte[size])) {
                    @Override
                    public int read(byte[] into, int from, int length) throws IOException {
                        assertThat(length).isLessThan(10_000);
                        return super.read(into, from, length);
                    }
                });
        long[] count = {0};
        MimeWriter.of(draft().text("x").attach(large).build()).writeTo(new OutputStream() {
            @Override
            public void write(int b) {
                throw new AssertionError("one by one");
            }

            @Override
            public void write(byte[] bytes, int from, int length) {
                assertThat(length).isLessThan(10_000);
                count[0] += length;
            }
        });
        assertThat(count[0]).isBetween(4_100_000L, 4_200_000L);
    }

    @Test
    void saysWhichAttachmentCouldNotBeRead() {
        EmailMessage message = draft().text("x")
                .attach(Attachment.of("gone.bin", () -> {
                    throw new IOException("no disk");
                }))
                .build();
        assertThatExceptionOfType(AttachmentUnreadableException.class)
                .isThrownBy(() -> MimeWriter.of(message).writeTo(OutputStream.nullOutputStream()))
                .withMessageContaining("gone.bin")
                .withMessageContaining("no disk");
    }

    @Test
    void keepsRawMimeAndAddsWhatItLacks() {
        EmailMessage message = EmailMessage.from("a@acme.example")
                .to("b@example.com")
                .tag("said", "1")
                .raw("Subject: x\nX-SES-MESSAGE-TAGS: own=2\nMIME-Version: 1.0\n\nbody\n.\nlast"
                        .getBytes(StandardCharsets.US_ASCII))
                .build();
        assertThat(written(MimeWriter.of(message, "<1@acme.example>").date(NOON).withSesHeaders(Map.of())))
                .isEqualTo("""
                        X-SES-MESSAGE-TAGS: own=2, said=1
                        Date: Wed, 4 Nov 2026 12:00:09 +0000
                        Message-ID: <1@acme.example>
                        Subject: x
                        MIME-Version: 1.0

                        body
                        .
                        last
                        """.replace("\n", "\r\n"));
    }

    @Test
    void keepsTheMessageIdOfRawMime() {
        EmailMessage message = EmailMessage.from("a@acme.example")
                .to("b@example.com")
                .raw("Message-Id: <own@x>\r\nDate: today\r\n\r\nbody\rbody".getBytes(StandardCharsets.US_ASCII))
                .build();
        MimeWriter writer = MimeWriter.of(message, "<1@acme.example>");
        assertThat(writer.messageId()).isEqualTo("<own@x>");
        assertThat(written(writer)).isEqualTo("Message-Id: <own@x>\r\nDate: today\r\n\r\nbody\r\nbody\r\n");
    }

    @Test
    void refusesRawMimeWhoseTagsWouldBeLost() {
        EmailMessage message = EmailMessage.from("a@acme.example")
                .to("b@example.com")
                .raw("X-SES-MESSAGE-TAGS: a b\n\nx".getBytes(StandardCharsets.US_ASCII))
                .build();
        assertThat(MimeWriter.refusal(message)).get().asString().contains("X-SES-MESSAGE-TAGS");
    }
}
