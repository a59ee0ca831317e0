package io.github.sesquill.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AttachmentTest {

    @ParameterizedTest
    @CsvSource({
        "a.pdf, application/pdf",
        "A.PDF, application/pdf",
        "a.tar.gz, application/gzip",
        "a, application/octet-stream",
        "a.unknown, application/octet-stream",
        "a.ics, text/calendar"
    })
    void guessesItsTypeFromTheName(String name, String type) {
        assertThat(Attachment.of(name, new byte[0]).contentType()).isEqualTo(type);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.exe", "a.EXE", "a.exe.", "a.exe. ", "a.js", "report.pdf.vbs", ".bat"})
    void refusesTypesThatSesRefuses(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Attachment.of(name, new byte[0]))
                .withMessageContaining("SES refuses");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "a\r\nX: 1.txt",
                "a\tb.pdf",
                "a\u0000.pdf",
                "gpj\u202efdp.txt",
                "a\u2066b.txt",
                "a\ud800.txt"
            })
    void refusesNamesThatDeceiveOrBreakOut(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> Attachment.of(name, new byte[0]));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../etc/passwd",
                "C:\\x\\y.txt",
                "/etc/passwd",
                "CON",
                "naïve résumé.pdf",
                "日本.pdf",
                "a\"b;c=d.txt"
            })
    void carriesAnyOtherNameAsItIs(String name) {
        assertThat(Attachment.of(name, new byte[0]).fileName()).isEqualTo(name);
    }

    @Test
    void refusesNamesThatAreTooLong() {
        Attachment.of("a".repeat(255), new byte[0]);
        assertThatIllegalArgumentException().isThrownBy(() -> Attachment.of("a".repeat(256), new byte[0]));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "text/csv; charset=utf-8",
                "text/calendar; method=REQUEST; charset=\"utf-8\"",
                "message/rfc822"
            })
    void takesAContentType(String type) {
        assertThat(Attachment.of("a", new byte[0]).contentType(type).contentType())
                .isEqualTo(type);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "text",
                "text/",
                "/plain",
                "text/plain;",
                "text/plain; x",
                "text/plain; x=\"\r\n\"",
                "mult\u0001ipart/mixed",
                "multipart/mixed",
                "text/plain\r\nX: y",
                "text/plain; charset=utf-8\r\nX: y",
                "text/pläin",
                "text/plain; a=\"b",
                "text plain/x"
            })
    void refusesWhatIsNoContentType(String type) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Attachment.of("a", new byte[0]).contentType(type));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a> <b", "<a>", "ä", "a\r\nb", "a;b"})
    void refusesWhatIsNoContentId(String id) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Attachment.of("a.png", new byte[0]).inline(id));
    }

    @Test
    void copiesBytes() throws Exception {
        byte[] bytes = {1, 2, 3};
        Attachment attachment = Attachment.of("a", bytes);
        bytes[0] = 9;
        try (InputStream in = attachment.open()) {
            assertThat(in.readAllBytes()).containsExactly(1, 2, 3);
        }
        assertThat(attachment.size()).hasValue(3);
        assertThat(attachment).isEqualTo(Attachment.of("a", new byte[] {1, 2, 3}));
    }

    @Test
    void opensASourceOnlyWhenAsked() throws Exception {
        AtomicInteger opened = new AtomicInteger();
        Attachment attachment = Attachment.of("a", () -> {
            opened.incrementAndGet();
            return new ByteArrayInputStream(new byte[] {7});
        });
        assertThat(opened).hasValue(0);
        assertThat(attachment.size()).isEmpty();
        attachment.open().close();
        attachment.open().close();
        assertThat(opened).hasValue(2);
    }
}
