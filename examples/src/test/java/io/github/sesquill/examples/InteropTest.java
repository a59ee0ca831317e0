package io.github.sesquill.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sesquill.message.EmailAddress;
import io.github.sesquill.message.EmailMessage;
import io.github.sesquill.message.MessageContent;
import io.github.sesquill.message.MessageHeader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The main job over the network, to a SES that others wrote. */
@Tag("interop")
class InteropTest {

    private static Emulator emulator;
    private static Run run;
    private static JsonNode emails;

    private final Options options = Options.of(List.of());
    private final Customers customers = Customers.read(options.customers());
    private final Letter letter = new Letter(options, customers.columns());

    @BeforeAll
    static void runTheJobOnce() throws IOException, InterruptedException {
        emulator = Emulator.start();
        run = Run.with("--endpoint", emulator.endpoint().toString());
        emails = emulator.emails();
    }

    @AfterAll
    static void stop() {
        if (emulator != null) {
            emulator.close();
        }
    }

    @Test
    void sendsEverythingOnceAndEndsAfterTheOutcomes() {
        assertThat(run.problems()).isEmpty();
        assertThat(run.status()).isZero();
        assertThat(run.summary()).contains("first mailing 48 sent, 0 not sent, 0 unknown; second mailing 0 sent");
        assertThat(run.out()).contains("Notifications do not come to this job");
        assertThat(emails).hasSize(48);
    }

    @Test
    void keepsToTheQuotaOfTheAccountThatTheEndpointReports() {
        assertThat(run.out()).contains("at 100 recipients a second");
    }

    @Test
    void saysTheIdsThatTheEndpointGave() {
        for (JsonNode email : emails) {
            assertThat(run.out()).contains(Text.cut(email.path("messageId").asText(), 26));
        }
    }

    @Test
    void deliversNamesInEveryScript() {
        for (int i = 0; i < emails.size(); i++) {
            JsonNode email = emails.get(i);
            EmailAddress address = customers.customers().get(i).address();
            assertThat(email.at("/destination/to")).hasSize(1);
            assertThat(email.at("/destination/to/0").asText()).isEqualTo(address.headerValue());
            assertThat(HeaderName.decoded(email.at("/destination/to/0").asText()))
                    .isEqualTo(customers.customers().get(i).name());
            assertThat(email.path("from").asText()).isEqualTo("Quill & Ink <news@quill.example>");
        }
    }

    @Test
    void deliversSubjectAndBothBodiesUnchanged() {
        for (int i = 0; i < emails.size(); i++) {
            JsonNode email = emails.get(i);
            MessageContent.Simple content = (MessageContent.Simple)
                    letter.to(customers.customers().get(i)).content();
            assertThat(email.path("subject").asText()).isEqualTo(content.subject());
            assertThat(email.at("/body/text").asText()).isEqualTo(content.text().orElseThrow());
            assertThat(email.at("/body/html").asText()).isEqualTo(content.html().orElseThrow());
        }
    }

    @Test
    void deliversInlineImageAndAttachmentByteForByte() throws IOException {
        byte[] logo = Files.readAllBytes(Path.of("data", "logo.png"));
        byte[] catalogue = Files.readAllBytes(Path.of("data", "catalogue.pdf"));
        for (JsonNode email : emails) {
            assertThat(email.path("attachments")).hasSize(2);
            JsonNode inline = email.at("/attachments/0");
            assertThat(inline.path("contentDisposition").asText()).isEqualTo("INLINE");
            assertThat(inline.path("contentId").asText()).isEqualTo("logo");
            assertThat(inline.path("contentType").asText()).isEqualTo("image/png");
            assertThat(bytes(inline)).isEqualTo(logo);
            JsonNode attached = email.at("/attachments/1");
            assertThat(attached.path("contentDisposition").asText()).isEqualTo("ATTACHMENT");
            assertThat(attached.path("filename").asText()).isEqualTo("catalogue.pdf");
            assertThat(attached.path("contentType").asText()).isEqualTo("application/pdf");
            assertThat(bytes(attached)).isEqualTo(catalogue);
        }
    }

    @Test
    void deliversTheHeadersOfTheList() {
        EmailMessage first = letter.to(customers.customers().get(0));
        assertThat(first.headerFields()).isNotEmpty();
        for (JsonNode email : emails) {
            for (MessageHeader header : first.headerFields()) {
                assertThat(email.path("headers"))
                        .anyMatch(sent -> sent.path("name").asText().equals(header.name())
                                && sent.path("value").asText().equals(header.value()));
            }
        }
    }

    private static byte[] bytes(JsonNode attachment) {
        return Base64.getDecoder().decode(attachment.path("content").asText());
    }
}
