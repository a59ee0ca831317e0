package io.github.sesquill.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.sesquill.api.ScriptedServer.Request;
import io.github.sesquill.message.Attachment;
import io.github.sesquill.message.EmailMessage;
import io.github.sesquill.message.ListManagement;
import io.github.sesquill.message.ListUnsubscribe;
import io.github.sesquill.message.TemplateData;
import io.github.sesquill.transport.SendOutcome;
import io.github.sesquill.transport.SendOutcome.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a message looks like to SES, read from the wire. */
class RequestMappingTest {

    private static final String FROM_ARN = "arn:aws:ses:eu-west-1:123456789012:identity/acme.example";

    private ScriptedServer server;
    private SesApiTransport transport;

    @BeforeEach
    void start() throws IOException {
        server = ScriptedServer.start();
        transport = ApiTestBed.own(server.endpoint()).build();
    }

    @AfterEach
    void stop() throws IOException {
        transport.close();
        server.close();
    }

    private JsonNode sent(EmailMessage message) {
        assertThat(transport.send(message, new TestAttempt())).isInstanceOf(SendOutcome.Sent.class);
        try {
            return new ObjectMapper().readTree(server.takeRequest().body());
        } catch (JsonProcessingException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void refused(EmailMessage message, String words) {
        assertThat(transport.send(message, new TestAttempt()))
                .isInstanceOfSatisfying(SendOutcome.NotSent.class, notSent -> {
                    assertThat(notSent.reason()).isEqualTo(Reason.INVALID);
                    assertThat(notSent.detail()).contains(words);
                    assertThat(notSent.isRetryable()).isFalse();
                });
        assertThat(server.requestsBegun()).isZero();
    }

    private static Map<String, String> tags(JsonNode request) {
        Map<String, String> tags = new TreeMap<>();
        request.path("EmailTags")
                .forEach(tag ->
                        tags.put(tag.path("Name").asText(), tag.path("Value").asText()));
        return tags;
    }

    @Test
    void goesAsOneSignedPostOfKnownLength() throws InterruptedException {
        assertThat(transport.send(ApiTestBed.message(), new TestAttempt())).isInstanceOf(SendOutcome.Sent.class);
        Request request = server.takeRequest();
        assertThat(request.line()).isEqualTo("POST /v2/email/outbound-emails HTTP/1.1");
        assertThat(request.head()).contains("AWS4-HMAC-SHA256", "/eu-west-1/ses/aws4_request");
        assertThat(request.head().toLowerCase(java.util.Locale.ROOT))
                .contains("content-length: " + request.bodyBytes())
                .doesNotContain("transfer-encoding", "expect:");
    }

    @Test
    void namesEverybodyAsHeadersDo() {
        JsonNode request = sent(EmailMessage.from("Käse <a@acme.example>")
                .to("\"Doe, Jane\" <jane@example.com>", "j2@example.com")
                .cc("c@example.com")
                .bcc("b@example.com")
                .replyTo("R <r@acme.example>")
                .subject("Grüße 😀")
                .html("<p>Grüße")
                .build());
        assertThat(request.path("FromEmailAddress").asText()).isEqualTo("=?UTF-8?B?S8Okc2U=?= <a@acme.example>");
        assertThat(request.at("/Destination/ToAddresses/0").asText()).isEqualTo("\"Doe, Jane\" <jane@example.com>");
        assertThat(request.at("/Destination/ToAddresses/1").asText()).isEqualTo("j2@example.com");
        assertThat(request.at("/Destination/CcAddresses/0").asText()).isEqualTo("c@example.com");
        assertThat(request.at("/Destination/BccAddresses/0").asText()).isEqualTo("b@example.com");
        assertThat(request.at("/ReplyToAddresses/0").asText()).isEqualTo("R <r@acme.example>");
        JsonNode simple = request.at("/Content/Simple");
        assertThat(simple.at("/Subject/Data").asText()).isEqualTo("Grüße 😀");
        assertThat(simple.at("/Subject/Charset").asText()).isEqualTo("UTF-8");
        assertThat(simple.at("/Body/Html/Data").asText()).isEqualTo("<p>Grüße");
        assertThat(simple.at("/Body/Html/Charset").asText()).isEqualTo("UTF-8");
        assertThat(simple.at("/Body/Text").isMissingNode()).isTrue();
    }

    @Test
    void carriesEveryOption() {
        JsonNode request = sent(ApiTestBed.builder()
                .configurationSet("transactional")
                .feedbackTo("Bounces <bounces@acme.example>")
                .fromIdentityArn(FROM_ARN)
                .feedbackIdentityArn(FROM_ARN)
                .listManagement(ListManagement.of("list", "news"))
                .tenant("tenant-1")
                .tag("kind", "receipt")
                .build());
        assertThat(request.path("ConfigurationSetName").asText()).isEqualTo("transactional");
        assertThat(request.path("FeedbackForwardingEmailAddress").asText()).isEqualTo("bounces@acme.example");
        assertThat(request.path("FromEmailAddressIdentityArn").asText()).isEqualTo(FROM_ARN);
        assertThat(request.path("FeedbackForwardingEmailAddressIdentityArn").asText())
                .isEqualTo(FROM_ARN);
        assertThat(request.at("/ListManagementOptions/ContactListName").asText())
                .isEqualTo("list");
        assertThat(request.at("/ListManagementOptions/TopicName").asText()).isEqualTo("news");
        assertThat(request.path("TenantName").asText()).isEqualTo("tenant-1");
        assertThat(tags(request)).isEqualTo(Map.of("kind", "receipt", "sesquill-attempt", "attempt-1"));
    }

    @Test
    void leavesOutWhatWasNotSaid() {
        JsonNode request = sent(ApiTestBed.message());
        assertThat(request.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("FromEmailAddress", "Destination", "Content", "EmailTags");
        assertThat(request.at("/Content/Simple").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("Subject", "Body");
    }

    @Test
    void theAttemptsTagIsAlwaysTheAttempts() {
        assertThat(tags(sent(
                        ApiTestBed.builder().tag("sesquill-attempt", "mine").build())))
                .isEqualTo(Map.of("sesquill-attempt", "attempt-1"));
    }

    @Test
    void carriesHeaders() {
        JsonNode headers = sent(ApiTestBed.builder()
                        .header("X-Order", "17")
                        .listUnsubscribe(ListUnsubscribe.oneClick(URI.create("https://acme.example/u/1")))
                        .build())
                .at("/Content/Simple/Headers");
        assertThat(headers.at("/0/Name").asText()).isEqualTo("X-Order");
        assertThat(headers.at("/0/Value").asText()).isEqualTo("17");
        assertThat(headers.at("/1/Name").asText()).isEqualTo("List-Unsubscribe");
        assertThat(headers.at("/2/Value").asText()).isEqualTo("List-Unsubscribe=One-Click");
    }

    @Nested
    class Attachments {

        @TempDir
        Path folder;

        @Test
        void goInBase64WithAllTheirProperties() throws IOException {
            Path file = Files.write(folder.resolve("receipt.pdf"), new byte[] {0, 1, (byte) 0xff});
            JsonNode attachments = sent(ApiTestBed.builder()
                            .html("<img src=\"cid:logo\">")
                            .attach(file)
                            .attach(Attachment.of("logo.png", new byte[] {7}).inline("logo"))
                            .attach(Attachment.of("ünï.csv", () -> new ByteArrayInputStream(new byte[] {8}))
                                    .contentType("text/csv; charset=utf-8"))
                            .build())
                    .at("/Content/Simple/Attachments");
            assertThat(attachments).hasSize(3);
            assertThat(attachments)
                    .allSatisfy(each -> assertThat(
                                    each.path("ContentTransferEncoding").asText())
                            .isEqualTo("BASE64"));
            assertAttachment(attachments.get(0), "receipt.pdf", "application/pdf", "ATTACHMENT", 0, 1, 0xff);
            assertAttachment(attachments.get(1), "logo.png", "image/png", "INLINE", 7);
            assertThat(attachments.get(1).path("ContentId").asText()).isEqualTo("logo");
            assertThat(attachments.get(0).has("ContentId")).isFalse();
            assertAttachment(attachments.get(2), "ünï.csv", "text/csv; charset=utf-8", "ATTACHMENT", 8);
        }

        private static void assertAttachment(
                JsonNode attachment, String name, String type, String disposition, int... bytes) {
            assertThat(attachment.path("FileName").asText()).isEqualTo(name);
            assertThat(attachment.path("ContentType").asText()).isEqualTo(type);
            assertThat(attachment.path("ContentDisposition").asText()).isEqualTo(disposition);
            byte[] content =
                    Base64.getDecoder().decode(attachment.path("RawContent").asText());
            assertThat(content).containsExactly(bytes);
        }

        @Test
        void thatAreGoneAreRefusedBeforeAnythingIsSent() throws IOException {
            Path file = Files.writeString(folder.resolve("gone.txt"), "x");
            EmailMessage message = ApiTestBed.builder().attach(file).build();
            Files.delete(file);
            refused(message, "gone.txt");
        }

        @Test
        void thatFailWhileReadAreRefused() {
            refused(
                    ApiTestBed.builder()
                            .attach(Attachment.of("a.txt", () -> {
                                throw new IOException("disk on fire");
                            }))
                            .build(),
                    "disk on fire");
        }

        @Test
        void thatThrowWhileReadAreRefused() {
            refused(
                    ApiTestBed.builder()
                            .attach(Attachment.of("a.txt", () -> {
                                throw new IllegalStateException("bucket is closed");
                            }))
                            .build(),
                    "bucket is closed");
        }

        @Test
        void thatAreTooLargeAreRefused() {
            byte[] half = new byte[16 * 1024 * 1024];
            refused(
                    ApiTestBed.builder()
                            .attach(Attachment.of("a.bin", () -> new ByteArrayInputStream(half)))
                            .attach(Attachment.of("b.bin", () -> new ByteArrayInputStream(half)))
                            .build(),
                    "at most 41943040");
        }
    }

    @Nested
    class Templates {

        @Test
        void areNamed() {
            JsonNode template = sent(EmailMessage.from("a@acme.example")
                            .to("b@example.com")
                            .template("welcome", TemplateData.of(Map.of("name", "Jane")))
                            .header("X-Order", "17")
                            .attach(Attachment.of("a.txt", new byte[] {1}))
                            .build())
                    .at("/Content/Template");
            assertThat(template.path("TemplateName").asText()).isEqualTo("welcome");
            assertThat(template.path("TemplateData").asText()).isEqualTo("{\"name\":\"Jane\"}");
            assertThat(template.has("TemplateContent")).isFalse();
            assertThat(template.at("/Headers/0/Name").asText()).isEqualTo("X-Order");
            assertThat(template.at("/Attachments/0/FileName").asText()).isEqualTo("a.txt");
        }

        @Test
        void comeWithTheMessage() {
            JsonNode template = sent(EmailMessage.from("a@acme.example")
                            .to("b@example.com")
                            .subject("Hi {{name}}")
                            .text("Hello {{name}}")
                            .templateData(TemplateData.of(Map.of("name", "Jane")))
                            .build())
                    .at("/Content/Template");
            assertThat(template.at("/TemplateContent/Subject").asText()).isEqualTo("Hi {{name}}");
            assertThat(template.at("/TemplateContent/Text").asText()).isEqualTo("Hello {{name}}");
            assertThat(template.at("/TemplateContent/Html").isMissingNode()).isTrue();
            assertThat(template.has("TemplateName")).isFalse();
        }
    }

    @Nested
    class Raw {

        private EmailMessage raw(String mime) {
            return EmailMessage.from("a@acme.example")
                    .to("b@example.com")
                    .bcc("hidden@example.com")
                    .raw(mime.getBytes(StandardCharsets.UTF_8))
                    .tag("kind", "ours")
                    .build();
        }

        @Test
        void goesAsItIsWithTheEnvelopeBesideIt() {
            String mime = "Subject: Hi\r\n\r\nHello\r\n";
            JsonNode request = sent(raw(mime));
            assertThat(Base64.getDecoder()
                            .decode(request.at("/Content/Raw/Data").asText()))
                    .asString(StandardCharsets.UTF_8)
                    .isEqualTo(mime);
            assertThat(request.at("/Destination/ToAddresses/0").asText()).isEqualTo("b@example.com");
            assertThat(request.at("/Destination/BccAddresses/0").asText()).isEqualTo("hidden@example.com");
        }

        @Test
        void keepsTheTagsOfItsOwnHeader() {
            assertThat(tags(sent(raw("Subject: Hi\r\nx-ses-MESSAGE-tags: a=1, b=2,\r\n kind=theirs\r\n\r\nHello"))))
                    .isEqualTo(Map.of("a", "1", "b", "2", "kind", "ours", "sesquill-attempt", "attempt-1"));
        }

        @Test
        void isRefusedIfItsTagsAreMalformed() {
            refused(raw("X-SES-MESSAGE-TAGS: a=1; b=2\n\nHello"), "X-SES-MESSAGE-TAGS");
        }
    }
}
