package io.github.sesquill.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sesquill.message.Attachment;
import io.github.sesquill.message.EmailAddress;
import io.github.sesquill.message.EmailMessage;
import io.github.sesquill.message.MessageContent;
import io.github.sesquill.mime.MimeWriter;
import jakarta.mail.Address;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.apache.james.mime4j.dom.Entity;
import org.apache.james.mime4j.dom.SingleBody;
import org.apache.james.mime4j.dom.address.AddressList;
import org.apache.james.mime4j.dom.address.MailboxList;
import org.apache.james.mime4j.message.DefaultMessageBuilder;
import org.apache.james.mime4j.stream.MimeConfig;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Ten thousand messages, written by us and read by three who know nothing of us, say the same to all. */
@Tag("interop")
class MimeReadersTest {

    private static final int MESSAGES = 10_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void threeReadersReadWhatWasWritten() throws Exception {
        long seed = Long.getLong("sesquill.seed", new Random().nextLong());
        Random random = new Random(seed);
        Process python = new ProcessBuilder(
                        "python3",
                        Path.of("src/test/resources/readers/read_mail.py").toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (DataOutputStream toPython = new DataOutputStream(python.getOutputStream());
                BufferedReader fromPython = python.inputReader(StandardCharsets.US_ASCII)) {
            for (int i = 0; i < MESSAGES; i++) {
                EmailMessage message = new MessageGenerator(random).message();
                byte[] mime = written(message);
                toPython.writeInt(mime.length);
                toPython.write(mime);
                toPython.flush();
                JsonNode expected = expected(message);
                String what = "message " + i + " of seed " + seed;
                JsonNode byAngus = byAngus(mime);
                same(what + ", read by Angus", withoutTree(byAngus), expected);
                same(what + ", read by mime4j", byMime4j(mime), byAngus);
                same(what + ", read by Python", JSON.readTree(fromPython.readLine()), byAngus);
            }
        } finally {
            python.destroy();
        }
        System.out.printf("%d messages read equal by Angus, mime4j and Python (seed %d).%n", MESSAGES, seed);
    }

    private static void same(String what, JsonNode found, JsonNode expected) {
        if (!found.equals(expected)) {
            expected.fieldNames()
                    .forEachRemaining(name ->
                            assertThat(found.path(name)).as(what + ": " + name).isEqualTo(expected.path(name)));
            assertThat(found).as(what).isEqualTo(expected);
        }
    }

    private static byte[] written(EmailMessage message) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        MimeWriter.of(message).writeTo(out);
        return out.toByteArray();
    }

    private static ObjectNode withoutTree(JsonNode found) {
        ObjectNode copy = found.deepCopy();
        copy.remove("tree");
        return copy;
    }

    private static ObjectNode expected(EmailMessage message) throws Exception {
        MessageContent.Simple content = (MessageContent.Simple) message.content();
        ObjectNode found = JSON.createObjectNode().put("subject", content.subject());
        given(found.putArray("from"), List.of(message.from()));
        given(found.putArray("to"), message.to());
        given(found.putArray("cc"), message.cc());
        found.put("text", content.text().map(MimeReadersTest::lines).orElse(null));
        found.put("html", content.html().map(MimeReadersTest::lines).orElse(null));
        ArrayNode files = found.putArray("files");
        // What is shown stands within the HTML's part, before what is attached.
        for (boolean shown : new boolean[] {true, false}) {
            for (Attachment file : message.attachments()) {
                if (file.isInline() == shown) {
                    try (InputStream in = file.open()) {
                        file(
                                files,
                                file.fileName(),
                                file.contentType(),
                                file.contentId().orElse(null),
                                shown,
                                in.readAllBytes());
                    }
                }
            }
        }
        return found;
    }

    private static void given(ArrayNode list, List<EmailAddress> addresses) {
        addresses.forEach(one -> mailbox(list, one.displayName().orElse(null), one.address()));
    }

    private static void mailbox(ArrayNode list, @Nullable String name, String address) {
        list.addObject().put("name", name == null ? "" : name).put("address", address);
    }

    private static void file(
            ArrayNode files, String name, String type, @Nullable String id, boolean shown, byte[] bytes) {
        files.addObject()
                .put("name", name)
                .put("type", type)
                .put("id", id == null ? "" : id.replaceAll("[<>]", ""))
                .put("shows", shown)
                .put("hash", hash(bytes));
    }

    private static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String lines(String text) {
        String lines = text.replace("\r\n", "\n").replace("\r", "\n");
        return lines.endsWith("\n") ? lines.substring(0, lines.length() - 1) : lines;
    }

    private static JsonNode byAngus(byte[] mime) throws Exception {
        MimeMessage message = new MimeMessage(null, new ByteArrayInputStream(mime));
        ObjectNode found = JSON.createObjectNode().put("subject", message.getSubject());
        angus(found.putArray("from"), message.getFrom());
        angus(found.putArray("to"), message.getRecipients(RecipientType.TO));
        angus(found.putArray("cc"), message.getRecipients(RecipientType.CC));
        found.putNull("text").putNull("html").putArray("files");
        found.putArray("tree");
        angus(found, message);
        return found;
    }

    private static void angus(ArrayNode list, Address @Nullable [] addresses) {
        for (Address address : addresses == null ? new Address[0] : addresses) {
            InternetAddress one = (InternetAddress) address;
            mailbox(list, one.getPersonal(), one.getAddress());
        }
    }

    private static void angus(ObjectNode found, Part part) throws Exception {
        String type = new ContentType(part.getContentType()).getBaseType();
        found.withArray("/tree").add(type);
        if (part.getContent() instanceof Multipart parts) {
            for (int i = 0; i < parts.getCount(); i++) {
                angus(found, parts.getBodyPart(i));
            }
            return;
        }
        byte[] bytes;
        try (InputStream in = part.getInputStream()) {
            bytes = in.readAllBytes();
        }
        String[] ids = part.getHeader("Content-ID");
        piece(found, type, part.getDisposition(), part.getFileName(), ids == null ? null : ids[0], bytes);
    }

    private static void piece(
            ObjectNode found,
            String type,
            @Nullable String disposition,
            @Nullable String name,
            @Nullable String id,
            byte[] bytes) {
        if (disposition != null) {
            boolean shown = disposition.equalsIgnoreCase("inline");
            file(found.withArray("/files"), Objects.requireNonNull(name), type, id, shown, bytes);
        } else {
            found.put(type.equals("text/html") ? "html" : "text", lines(new String(bytes, StandardCharsets.UTF_8)));
        }
    }

    private static JsonNode byMime4j(byte[] mime) throws Exception {
        DefaultMessageBuilder builder = new DefaultMessageBuilder();
        builder.setMimeEntityConfig(MimeConfig.PERMISSIVE);
        org.apache.james.mime4j.dom.Message message = builder.parseMessage(new ByteArrayInputStream(mime));
        ObjectNode found = JSON.createObjectNode().put("subject", message.getSubject());
        mime4j(found.putArray("from"), message.getFrom());
        mime4j(found.putArray("to"), message.getTo());
        mime4j(found.putArray("cc"), message.getCc());
        found.putNull("text").putNull("html").putArray("files");
        found.putArray("tree");
        mime4j(found, message);
        return found;
    }

    private static void mime4j(ArrayNode list, @Nullable MailboxList boxes) {
        if (boxes != null) {
            boxes.forEach(one -> mailbox(list, one.getName(), one.getAddress()));
        }
    }

    private static void mime4j(ArrayNode list, @Nullable AddressList addresses) {
        mime4j(list, addresses == null ? null : addresses.flatten());
    }

    private static void mime4j(ObjectNode found, Entity entity) throws Exception {
        found.withArray("/tree").add(entity.getMimeType());
        if (entity.getBody() instanceof org.apache.james.mime4j.dom.Multipart parts) {
            for (Entity part : parts.getBodyParts()) {
                mime4j(found, part);
            }
            return;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ((SingleBody) entity.getBody()).writeTo(bytes);
        var id = entity.getHeader().getField("Content-ID");
        piece(
                found,
                entity.getMimeType(),
                entity.getDispositionType(),
                entity.getFilename(),
                id == null ? null : id.getBody(),
                bytes.toByteArray());
    }
}
