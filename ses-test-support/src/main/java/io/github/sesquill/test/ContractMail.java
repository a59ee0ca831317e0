package io.github.sesquill.test;

import io.github.sesquill.message.Attachment;
import io.github.sesquill.message.EmailMessage;
import io.github.sesquill.message.ListUnsubscribe;
import io.github.sesquill.message.TemplateData;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The messages of the contract: plain, full of everything that is hard to carry, raw, and a template. */
final class ContractMail {

    static final String SUBJECT =
            "Grüße aus Zürich, 你好, שלום, \uD83D\uDE00 and so many words that no line holds them all";

    /** Dots at line starts, a line longer than SMTP takes, spaces at line ends, and many scripts. */
    static final String TEXT = "Hello Jane,\n.\n..two dots\nspaces at the end   \nа и б, 你好 \uD83D\uDE00\n"
            + "long ".repeat(600) + "\n=3D is no escape\nFrom the start of a line\n";

    static final String HTML = "<p>Grüße <img src=\"cid:logo\"> 你好 \uD83D\uDE00</p>";

    static final byte[] RAW = """
            From: Acme <hello@acme.example>
            To: jane@example.com
            Subject: As it is
            X-Own: kept as it is
            X-SES-MESSAGE-TAGS: kind=letter, batch=7
            MIME-Version: 1.0
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: quoted-printable

            Gr=C3=BC=C3=9Fe,
            .a dot, and trailing=20
            the end
            """.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII);

    private ContractMail() {}

    private static EmailMessage.Builder draft() {
        return EmailMessage.from("Acme <hello@acme.example>")
                .to("jane@example.com")
                .subject("Welcome")
                .text("Hello Jane");
    }

    static EmailMessage plain() {
        return draft().build();
    }

    static EmailMessage with(Attachment attachment) {
        return draft().attach(attachment).build();
    }

    static EmailMessage full() {
        return EmailMessage.from("Acmé GmbH <hello@acme.example>")
                .to("Jane Doe <jane@example.com>", "\"Doe, Joe\" <joe@example.org>")
                .cc("Ann Ümlaut <ann@example.net>")
                .bcc("bob@example.net")
                .replyTo("help@acme.example")
                .subject(SUBJECT)
                .text(TEXT)
                .html(HTML)
                .attach(Attachment.of("logo.png", bytes("logo.png")).inline("logo"))
                .attach(Attachment.of("Überblick 2026.pdf", bytes("Überblick 2026.pdf")))
                .attach(Attachment.of("list.csv", bytes("list.csv")))
                .header("X-Campaign", "Frühling")
                .listUnsubscribe(ListUnsubscribe.oneClick(URI.create("https://acme.example/u/8Zk1")))
                .tag("kind", "receipt")
                .tag("batch", "7")
                .configurationSet("transactional")
                .build();
    }

    static EmailMessage raw() {
        return EmailMessage.from("Acme <hello@acme.example>")
                .to("jane@example.com")
                .raw(RAW)
                .tag("batch", "8")
                .build();
    }

    static EmailMessage template() {
        return draft().templateData(TemplateData.of(Map.of("name", "Jane"))).build();
    }

    /** Returns the content of a part: lines of text for the list, and every byte there is for the others. */
    static byte[] bytes(String fileName) {
        if (fileName.equals("list.csv")) {
            return "a,b\n1,2\r\n.,\r\n".getBytes(StandardCharsets.US_ASCII);
        }
        byte[] bytes = new byte[5_000 + fileName.length()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 31);
        }
        return bytes;
    }

    static InputStream zeros(int count) {
        return new ByteArrayInputStream(new byte[count]);
    }

    /** Returns what follows the header section, lines ended alike. */
    static String body(byte[] mime) {
        String text = new String(mime, StandardCharsets.UTF_8).replace("\r\n", "\n");
        return text.substring(text.indexOf("\n\n") + 2).stripTrailing();
    }
}
