package io.github.sesquill.local;

import io.github.sesquill.message.MessageHeader;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.ContentDisposition;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.MimeUtility;
import jakarta.mail.internet.ParameterList;
import jakarta.mail.internet.ParseException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A part of a MIME message and where its content is in the bytes of the whole.
 *
 * <p>Whatever is malformed is read as what it most likely meant; nothing here throws.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record MimePart(byte[] whole, List<MessageHeader> headers, int from, int to, List<MimePart> parts) {

    private static final ContentType PLAIN = new ContentType("text", "plain", new ParameterList());

    /** Returns the type without its parameters, in lower case. */
    String type() {
        return contentType().getBaseType().toLowerCase(Locale.ROOT);
    }

    boolean isMultipart() {
        return type().startsWith("multipart/");
    }

    Optional<String> boundary() {
        return Optional.ofNullable(contentType().getParameter("boundary"));
    }

    private ContentType contentType() {
        String text = header("Content-Type").orElse("text/plain");
        try {
            return new ContentType(text);
        } catch (ParseException e) {
            return PLAIN;
        }
    }

    private Optional<ContentDisposition> disposition() {
        return header("Content-Disposition").map(text -> {
            try {
                return new ContentDisposition(text);
            } catch (ParseException e) {
                return null;
            }
        });
    }

    /** Returns the first header of a name. */
    Optional<String> header(String name) {
        return headers.stream()
                .filter(header -> header.name().equalsIgnoreCase(name))
                .map(MessageHeader::value)
                .findFirst();
    }

    /** Tells whether it is for keeping rather than for reading where it stands. */
    boolean isAttachment() {
        return disposition()
                .map(ContentDisposition::getDisposition)
                .filter("attachment"::equalsIgnoreCase)
                .isPresent();
    }

    /** Returns the id by which HTML shows it. */
    Optional<String> contentId() {
        return header("Content-ID")
                .map(String::strip)
                .map(id -> id.startsWith("<") && id.endsWith(">") ? id.substring(1, id.length() - 1) : id)
                .filter(id -> !id.isEmpty());
    }

    /** Returns the name of the file as its sender wrote it: a text to show, never one to open. */
    Optional<String> fileName() {
        return disposition()
                .map(disposition -> disposition.getParameter("filename"))
                .or(() -> Optional.ofNullable(contentType().getParameter("name")))
                .map(MimePart::decoded);
    }

    /** Returns the parts that hold something, this one if it has none within, in the order of the message. */
    Stream<MimePart> leaves() {
        return isMultipart() && !parts.isEmpty() ? parts.stream().flatMap(MimePart::leaves) : Stream.of(this);
    }

    /** Returns the content, decoded as far as it can be. */
    byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (InputStream in = decoder()) {
            in.transferTo(bytes);
        } catch (IOException | MessagingException e) {
            // What could be decoded until here is what there is.
        }
        return bytes.toByteArray();
    }

    private InputStream decoder() throws MessagingException {
        InputStream raw = new ByteArrayInputStream(whole, from, to - from);
        String encoding = header("Content-Transfer-Encoding")
                .map(text -> text.strip().toLowerCase(Locale.ROOT))
                .orElse("7bit");
        return switch (encoding) {
            case "base64", "quoted-printable" -> MimeUtility.decode(raw, encoding);
            default -> raw;
        };
    }

    /** Returns the content as text; in ISO 8859-1 if nobody knows its character set. */
    String text() {
        return new String(bytes(), charset());
    }

    private Charset charset() {
        String name = contentType().getParameter("charset");
        return name == null ? StandardCharsets.UTF_8 : charset(name);
    }

    private static Charset charset(String name) {
        try {
            return Charset.forName(MimeUtility.javaCharset(name));
        } catch (IllegalArgumentException e) {
            return StandardCharsets.ISO_8859_1;
        }
    }

    /** Decodes the encoded words of a header. */
    static String decoded(String text) {
        try {
            return MimeUtility.decodeText(text);
        } catch (IOException | RuntimeException e) {
            return text;
        }
    }

    /** Decodes the encoded words of a header that may be missing. */
    static @Nullable String decodedOrNull(Optional<String> text) {
        return text.map(MimePart::decoded).orElse(null);
    }

    @Override
    public String toString() {
        return "MimePart[" + (to - from) + " bytes, " + parts.size() + " parts]";
    }
}
