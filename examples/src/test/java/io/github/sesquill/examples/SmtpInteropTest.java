package io.github.sesquill.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same mailing over SMTP and over the API: what arrived by one equals what arrived by the other, part by part. */
@Tag("interop")
class SmtpInteropTest {

    private static final String LOGIN =
            Base64.getEncoder().encodeToString("\0user\0pass word".getBytes(StandardCharsets.US_ASCII));

    @TempDir
    static Path folder;

    private static JsonNode byApi;
    private static List<byte[]> bySmtp;
    private static String said;

    @BeforeAll
    static void sendTheMailingBothWays() throws Exception {
        try (Emulator emulator = Emulator.start()) {
            assertThat(Run.with("--endpoint", emulator.endpoint().toString()).status())
                    .isZero();
            byApi = emulator.emails();
        }
        try (MailServer server = new MailServer(folder, LOGIN)) {
            String port = "localhost:" + server.port();
            said = job(
                    0, "pass word", "--smtp", port, "--ca", server.certificate().toString(), "--rate", "100");
            bySmtp = List.copyOf(server.messages());
        }
    }

    /** Runs the job as its users do, for its credentials come from the environment of the process. */
    private static String job(int status, String password, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Mailing.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder job = new ProcessBuilder(command).redirectErrorStream(true);
        job.environment().put(SmtpSes.USERNAME, "user");
        job.environment().put(SmtpSes.PASSWORD, password);
        Process process = job.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isEqualTo(status);
        return output;
    }

    /** A text, HTML or file of a message, with what its headers say of it. */
    private record Piece(
            String type, Optional<String> disposition, Optional<String> name, Optional<String> id, String content) {}

    private static List<Piece> pieces(Part part) throws MessagingException, IOException {
        List<Piece> pieces = new ArrayList<>();
        if (part.getContent() instanceof Multipart parts) {
            for (int i = 0; i < parts.getCount(); i++) {
                pieces.addAll(pieces(parts.getBodyPart(i)));
            }
            return pieces;
        }
        String[] ids = part.getHeader("Content-ID");
        byte[] content;
        try (InputStream in = part.getInputStream()) {
            content = in.readAllBytes();
        }
        String type = part.getContentType().replaceFirst(";.*", "");
        boolean file = part.getDisposition() != null;
        pieces.add(new Piece(
                type,
                Optional.ofNullable(part.getDisposition()).map(String::toUpperCase),
                Optional.ofNullable(part.getFileName()),
                ids == null ? Optional.empty() : Optional.of(ids[0].replaceAll("[<>]", "")),
                file
                        ? Base64.getEncoder().encodeToString(content)
                        : text(new String(content, StandardCharsets.UTF_8))));
        return pieces;
    }

    private static List<Piece> pieces(JsonNode email) {
        List<Piece> pieces = new ArrayList<>();
        pieces.add(piece("text/plain", email.at("/body/text").asText()));
        pieces.add(piece("text/html", email.at("/body/html").asText()));
        for (JsonNode file : email.path("attachments")) {
            pieces.add(new Piece(
                    file.path("contentType").asText(),
                    Optional.of(file.path("contentDisposition").asText()),
                    Optional.of(file.path("filename").asText()),
                    Optional.ofNullable(file.path("contentId").textValue()),
                    file.path("content").asText()));
        }
        return pieces;
    }

    private static Piece piece(String type, String content) {
        return new Piece(type, Optional.empty(), Optional.empty(), Optional.empty(), text(content));
    }

    /** A line ends in CRLF in mail, and in whatever it was written with before. */
    private static String text(String body) {
        return body.replace("\r\n", "\n");
    }

    private static MimeMessage message(int index) throws MessagingException {
        return new MimeMessage(null, new ByteArrayInputStream(bySmtp.get(index)));
    }

    @Test
    void sendsEverythingOnce() {
        assertThat(said).contains("first mailing 48 sent, 0 not sent, 0 unknown");
        assertThat(bySmtp).hasSize(48);
        assertThat(byApi).hasSize(48);
    }

    @Test
    void deliversEveryPartAsTheApiDoes() throws Exception {
        for (int i = 0; i < bySmtp.size(); i++) {
            assertThat(pieces(message(i)))
                    .as("message %d", i)
                    .containsExactlyInAnyOrderElementsOf(pieces(byApi.get(i)));
            assertThat(pieces(message(i))).hasSize(4);
        }
    }

    @Test
    void deliversEveryHeaderAsTheApiDoes() throws Exception {
        for (int i = 0; i < bySmtp.size(); i++) {
            MimeMessage message = message(i);
            JsonNode email = byApi.get(i);
            assertThat(message.getSubject()).isEqualTo(email.path("subject").asText());
            assertThat(MimeUtility.unfold(message.getHeader("From", null)))
                    .isEqualTo(email.path("from").asText());
            assertThat(MimeUtility.unfold(message.getHeader("To", null)))
                    .isEqualTo(email.at("/destination/to/0").asText());
            for (JsonNode header : email.path("headers")) {
                assertThat(MimeUtility.unfold(
                                message.getHeader(header.path("name").asText(), null)))
                        .isEqualTo(header.path("value").asText());
            }
        }
    }

    @Test
    void saysInOneSentenceWhatIsWrongWithTheServer() throws Exception {
        assertThat(job(2, "", "--smtp", "localhost:1")).contains("set SMTP_USERNAME and SMTP_PASSWORD");
        assertThat(job(2, "x", "--smtp", "nonsense")).contains("--smtp must be a host and a port");
        assertThat(job(2, "x", "--smtp", "localhost:1", "--ca", "/no/such")).contains("--ca: '/no/such'");
        assertThat(job(2, "x", "--smtp", "localhost:1", "--region", "eu-west-1"))
                .contains("--smtp");
        assertThat(job(2, "x", "--ca", "/no/such")).contains("--ca").contains("--smtp");
    }
}
