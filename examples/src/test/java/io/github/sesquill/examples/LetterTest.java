package io.github.sesquill.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sesquill.message.Attachment;
import io.github.sesquill.message.EmailMessage;
import io.github.sesquill.message.MessageContent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class LetterTest {

    private final Options options = Options.of(List.of());
    private final Customers customers = Customers.read(options.customers());
    private final Letter letter = new Letter(options, customers.columns());

    private EmailMessage to(String address) {
        return letter.to(customers.customers().stream()
                .filter(customer -> customer.address().address().equals(address))
                .findFirst()
                .orElseThrow());
    }

    private static MessageContent.Simple content(EmailMessage message) {
        return (MessageContent.Simple) message.content();
    }

    @Test
    void escapesInHtmlWhatTheFileSays() {
        MessageContent.Simple content = content(to("ann.ohara@example.org"));

        assertThat(content.html().orElseThrow())
                .contains("Dear Ann (Nan) O&#39;Hara,", "&lt;b&gt;Fragile&lt;/b&gt; &amp; urgent")
                .doesNotContain("<b>");
        assertThat(content.text().orElseThrow()).contains("Dear Ann (Nan) O'Hara,", "<b>Fragile</b> & urgent");
    }

    @Test
    void fillsInOnce() {
        assertThat(content(to("tricky@example.org")).text().orElseThrow())
                .contains("Your note on the parcel: {{name}} is not to be filled in here");
    }

    @Test
    void leavesNoPlaceholderUnfilled() {
        assertThat(content(to("jane.doe@example.com")).html().orElseThrow()).doesNotContain("{{");
        assertThat(content(to("jane.doe@example.com")).text().orElseThrow()).doesNotContain("{{");
    }

    @Test
    void keepsLineBreaksOfQuotedFields() {
        assertThat(content(to("x.ae.a-12+shop@example.com")).text().orElseThrow())
                .contains("Three lines:\n\"one\",\ntwo, three");
    }

    @Test
    void carriesLogoAndCatalogueAsTheyAre() throws IOException {
        List<Attachment> attachments = to("wang.xiaoming@example.org").attachments();

        assertThat(attachments).extracting(Attachment::fileName).containsExactly("logo.png", "catalogue.pdf");
        assertThat(attachments).extracting(Attachment::isInline).containsExactly(true, false);
        for (Attachment attachment : attachments) {
            try (InputStream content = attachment.open()) {
                assertThat(content.readAllBytes())
                        .isEqualTo(Files.readAllBytes(Path.of("data", attachment.fileName())));
            }
        }
    }

    @Test
    void saysWhichMailingItIs() {
        EmailMessage first = to("jane.doe@example.com");
        EmailMessage second = Letter.reminder(first, customers.customers().get(0));

        assertThat(first.tags()).containsEntry("mailing", "spring").containsEntry("order", "QI-1001");
        assertThat(second.tags()).containsEntry("mailing", "reminder").containsEntry("order", "QI-1001");
        assertThat(content(second).subject()).isEqualTo("Jane Doe, the spring prices end on 30 June");
        assertThat(second.configurationSet()).contains("mailings");
    }
}
