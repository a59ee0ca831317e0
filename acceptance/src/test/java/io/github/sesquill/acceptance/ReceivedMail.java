package io.github.sesquill.acceptance;

import io.github.sesquill.test.ArrivedMessage;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A message as it came over SMTP, read by Angus. */
final class ReceivedMail implements ArrivedMessage {

    private final SmtpSink.Received received;
    private final MimeMessage mime;
    private final List<ArrivedMessage.Part> files = new ArrayList<>();
    private @Nullable String text;
    private @Nullable String html;

    ReceivedMail(SmtpSink.Received received) {
        this.received = received;
        try {
            mime = new MimeMessage(null, new ByteArrayInputStream(received.message()));
            read(mime);
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read(jakarta.mail.Part part) throws MessagingException, IOException {
        if (part.isMimeType("multipart/*")) {
            Multipart parts = (Multipart) part.getContent();
            for (int i = 0; i < parts.getCount(); i++) {
                BodyPart one = parts.getBodyPart(i);
                read(one);
            }
        } else if (part.getDisposition() != null) {
            files.add(file((MimeBodyPart) part));
        } else if (part.isMimeType("text/html")) {
            html = decoded(part);
        } else {
            text = decoded(part);
        }
    }

    private static String decoded(jakarta.mail.Part part) throws MessagingException, IOException {
        try (InputStream in = part.getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static ArrivedMessage.Part file(MimeBodyPart part) throws MessagingException, IOException {
        try (InputStream in = part.getInputStream()) {
            String id = part.getContentID();
            return new ArrivedMessage.Part(
                    part.getFileName(),
                    part.getContentType(),
                    id == null ? Optional.empty() : Optional.of(id.substring(1, id.length() - 1)),
                    in.readAllBytes());
        }
    }

    MimeMessage mime() {
        return mime;
    }

    @Override
    public String from() {
        return raw("From").findFirst().orElseThrow();
    }

    /** Returns whom the envelope names as its sender. */
    String sender() {
        return received.sender();
    }

    @Override
    public List<String> recipients() {
        return received.recipients();
    }

    /** Returns the values of a header as they came, unfolded. */
    private Stream<String> raw(String name) {
        try {
            String[] values = mime.getHeader(name);
            return values == null ? Stream.empty() : Stream.of(values).map(MimeUtility::unfold);
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public List<String> headers(String name) {
        return raw(name).map(ReceivedMail::decoded).toList();
    }

    private static String decoded(String value) {
        try {
            return MimeUtility.decodeText(value);
        } catch (UnsupportedEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Optional<String> text() {
        return Optional.ofNullable(text);
    }

    @Override
    public Optional<String> html() {
        return Optional.ofNullable(html);
    }

    @Override
    public List<ArrivedMessage.Part> parts() {
        return files;
    }

    @Override
    public Map<String, String> tags() {
        Map<String, String> tags = new LinkedHashMap<>();
        raw("X-SES-MESSAGE-TAGS")
                .flatMap(list -> Stream.of(list.split(", ")))
                .map(tag -> tag.split("=", 2))
                .forEach(tag -> tags.put(tag[0], tag[1]));
        return tags;
    }

    @Override
    public Optional<String> configurationSet() {
        return raw("X-SES-CONFIGURATION-SET").findFirst();
    }

    @Override
    public Optional<byte[]> raw() {
        return Optional.of(received.message());
    }
}
