package io.github.sesquill.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RawContentTest {

    private static RawContent raw(String mime) {
        return new RawContent(mime.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Subject: a\r\n\r\nbody\r\n",
                "Subject: a\n\nbody\n",
                "Subject: a\r\n b\r\n\tc\r\n\r\n",
                "Subject: a\r\n",
                "Subject: ü\r\n\r\n",
                "X: Bcc: not a header\r\n\r\nBcc: in the body\r\n",
                "Subject: a\r\n\r\n bare \r and \n"
            })
    void takesMimeAsItIs(String mime) {
        assertThat(raw(mime).bytes()).isEqualTo(mime.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bcc: a@b\r\n\r\n",
                "bCC: a@b\n\n",
                "Subject: a\r\nBcc : a@b\r\n\r\n",
                "Resent-Bcc: a@b\r\n\r\n",
                "Subject: a\r\nbcc:a@b"
            })
    void refusesHiddenRecipientsThatWouldShow(String mime) {
        assertThatIllegalArgumentException().isThrownBy(() -> raw(mime));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Subject: a\rBcc: x\r\n\r\n",
                "Subject: a\r\nX: y\nBcc: x\r\n\r\n",
                "Subject: a\nX: y\r\nZ: w\n\n",
                "no header\r\n\r\n",
                " Subject: a\r\n\r\n",
                ": a\r\n\r\n",
                "Sub\u00fcject: a\r\n\r\n",
                "Subject: a\u0000b\r\n\r\n",
                "Subject: a\r"
            })
    void refusesAHeaderSectionThatCanBeReadInTwoWays(String mime) {
        assertThatIllegalArgumentException().isThrownBy(() -> raw(mime));
    }

    @Test
    void refusesAnEndlessHeaderSection() {
        assertThatIllegalArgumentException().isThrownBy(() -> raw("X: y\r\n".repeat(30_000)));
    }

    @Test
    void isComparedByItsBytes() {
        assertThat(raw("A: b\n\n")).isEqualTo(raw("A: b\n\n")).hasSameHashCodeAs(raw("A: b\n\n"));
        assertThat(raw("A: b\n\n")).isNotEqualTo(raw("A: c\n\n"));
    }
}
