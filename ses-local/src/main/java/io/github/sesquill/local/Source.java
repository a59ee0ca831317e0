package io.github.sesquill.local;

import io.github.sesquill.message.MessageHeader;
import io.github.sesquill.test.engine.Accepted;
import io.github.sesquill.test.engine.Body;
import jakarta.activation.DataHandler;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimeUtility;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Writes what the recipient gets: MIME that came as it came but for the headers that SES takes out or overwrites, and
 * parts as SES puts them together, which does so with Jakarta Mail as well.
 */
final class Source {

    /** What SES overwrites, and what is for SES alone (SES Developer Guide, "Header fields in Amazon SES"). */
    private static final Set<String> TAKEN_OUT = Set.of(
            "message-id",
            "date",
            "return-path",
            "bcc",
            "x-ses-configuration-set",
            "x-ses-message-tags",
            "x-ses-list-management-options",
            "x-ses-source-arn",
            "x-ses-from-arn",
            "x-ses-return-path-arn",
            "x-ses-tenant");

    private static final Set<String> OF_THE_BODY = Set.of("mime-version", "content-type", "content-transfer-encoding");

    private static final String FORGOTTEN = "What was in it had to make room for newer messages.";

    private Source() {}

    static byte[] of(Accepted sent) {
        Incoming incoming = (Incoming) sent.submission();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(ascii("Message-ID: " + sent.wireMessageId() + "\r\nDate: "
                + DateTimeFormatter.RFC_1123_DATE_TIME.format(sent.at().atOffset(ZoneOffset.UTC)) + "\r\n"));
        if (incoming.content() instanceof Incoming.Mime mime) {
            writeFiltered(mime.bytes(), out);
        } else if (incoming.content() instanceof Incoming.Parts parts) {
            out.writeBytes(written(sent, parts));
        } else {
            out.writeBytes(ascii("\r\n" + FORGOTTEN + "\r\n"));
        }
        return out.toByteArray();
    }

    /** Copies MIME without the header fields that do not reach the recipient. */
    private static void writeFiltered(byte[] mime, ByteArrayOutputStream out) {
        boolean keep = true;
        int line = 0;
        while (line < mime.length) {
            int next = line;
            while (next < mime.length && mime[next] != '\n') {
                next++;
            }
            next = Math.min(mime.length, next + 1);
            if (mime[line] == '\n' || mime[line] == '\r') {
                break;
            }
            if (mime[line] != ' ' && mime[line] != '\t') {
                keep = !TAKEN_OUT.contains(name(new String(mime, line, next - line, StandardCharsets.ISO_8859_1)));
            }
            if (keep) {
                out.write(mime, line, next - line);
            }
            line = next;
        }
        out.write(mime, line, mime.length - line);
    }

    private static String name(String line) {
        int colon = line.indexOf(':');
        return colon < 0 ? "" : line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
    }

    private static byte[] written(Accepted sent, Incoming.Parts parts) {
        Body body = sent.rendered().orElseGet(() -> parts.body() == null ? new Body("", "", null) : parts.body());
        try {
            MimeMessage message = new NamedElsewhere();
            for (MessageHeader header : parts.headers()) {
                String name = header.name().toLowerCase(Locale.ROOT);
                if (!OF_THE_BODY.contains(name) && !TAKEN_OUT.contains(name) && !name.equals("subject")) {
                    message.addHeader(header.name(), line(header.value()));
                }
            }
            message.setHeader("Subject", MimeUtility.encodeText(line(body.subject()), "UTF-8", null));
            fill(message, body, parts.files());
            message.saveChanges();
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            message.writeTo(out);
            return out.toByteArray();
        } catch (MessagingException | IOException e) {
            return ascii("\r\nThis message cannot be shown as MIME.\r\n");
        }
    }

    /** Writes a template that was filled, as {@code TestRenderEmailTemplate} shows it. */
    static String of(Body body) {
        try {
            MimeMessage message = new NamedElsewhere();
            message.setHeader("Subject", MimeUtility.encodeText(line(body.subject()), "UTF-8", null));
            fill(message, body, List.of());
            message.saveChanges();
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            message.writeTo(out);
            return out.toString(StandardCharsets.UTF_8);
        } catch (MessagingException | IOException e) {
            throw new IllegalStateException("Text cannot be written as MIME.", e);
        }
    }

    private static void fill(MimeMessage message, Body body, List<Incoming.FilePart> files)
            throws MessagingException, IOException {
        if (files.isEmpty() && (body.text() == null || body.html() == null)) {
            fill(message::setContent, body);
            return;
        }
        MimeMultipart alternatives = alternatives(body);
        if (files.isEmpty()) {
            message.setContent(alternatives);
            return;
        }
        MimeMultipart mixed = new MimeMultipart("mixed");
        MimeBodyPart bodies = new MimeBodyPart();
        bodies.setContent(alternatives);
        mixed.addBodyPart(bodies);
        for (Incoming.FilePart file : files) {
            mixed.addBodyPart(part(file));
        }
        message.setContent(mixed);
    }

    private interface Setter {

        void set(Object content, String type) throws MessagingException;
    }

    private static void fill(Setter part, Body body) throws MessagingException {
        if (body.html() == null) {
            part.set(Optional.ofNullable(body.text()).orElse(""), "text/plain; charset=UTF-8");
        } else {
            part.set(body.html(), "text/html; charset=UTF-8");
        }
    }

    private static MimeMultipart alternatives(Body body) throws MessagingException {
        MimeMultipart alternatives = new MimeMultipart("alternative");
        for (Body one : List.of(new Body("", body.text(), null), new Body("", null, body.html()))) {
            if (one.text() != null || one.html() != null) {
                MimeBodyPart part = new MimeBodyPart();
                fill(part::setContent, one);
                alternatives.addBodyPart(part);
            }
        }
        return alternatives;
    }

    private static MimeBodyPart part(Incoming.FilePart file) throws MessagingException, IOException {
        MimeBodyPart part = new MimeBodyPart();
        part.setDataHandler(new DataHandler(new ByteArrayDataSource(file.bytes(), line(file.contentType()))));
        part.setHeader("Content-Type", line(file.contentType()));
        part.setHeader("Content-Transfer-Encoding", "base64");
        part.setDisposition(file.isInline() ? "inline" : "attachment");
        part.setFileName(MimeUtility.encodeText(line(file.fileName()), "UTF-8", null));
        if (file.contentId() != null) {
            part.setHeader("Content-ID", "<" + line(file.contentId()) + ">");
        }
        return part;
    }

    /** Jakarta Mail would take a line break for the beginning of another header. */
    private static String line(String text) {
        return text.replaceAll("[\\r\\n]+", " ");
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** A message whose id is SES's, so that nobody asks for the name of this machine to make one. */
    private static final class NamedElsewhere extends MimeMessage {

        NamedElsewhere() {
            super((jakarta.mail.Session) null);
        }

        @Override
        protected void updateMessageID() {
            // SES has written it.
        }
    }
}
