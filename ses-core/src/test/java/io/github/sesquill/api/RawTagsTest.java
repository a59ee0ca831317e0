package io.github.sesquill.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RawTagsTest {

    private static Map<String, String> tags(String mime) throws UnsendableException {
        return RawTags.of(mime.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void findsTagsInTheFirstHeader() throws UnsendableException {
        assertThat(tags("X-SES-MESSAGE-TAGS: a=1\r\n\r\nbody")).isEqualTo(Map.of("a", "1"));
    }

    @Test
    void findsTagsInSeveralHeadersEndingInLf() throws UnsendableException {
        assertThat(tags("X-SES-MESSAGE-TAGS: a=1\nTo: x\nX-Ses-Message-Tags:b=2\n\nbody"))
                .isEqualTo(Map.of("a", "1", "b", "2"));
    }

    @Test
    void findsThemWithoutABody() throws UnsendableException {
        assertThat(tags("To: x\r\nX-SES-MESSAGE-TAGS: ses:feedback-id-a=1"))
                .isEqualTo(Map.of("ses:feedback-id-a", "1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\r\n", "To: x\r\n\r\nX-SES-MESSAGE-TAGS: a=1", "\nX-SES-MESSAGE-TAGS: a=1", "To: x"})
    void findsNoneWhereThereIsNone(String mime) throws UnsendableException {
        assertThat(tags(mime)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "a=", "=1", "a=1,", "a=1 b=2", "a=ä", "a=1;b=2"})
    void refusesWhatSesWouldDrop(String list) {
        assertThatExceptionOfType(UnsendableException.class)
                .isThrownBy(() -> tags("X-SES-MESSAGE-TAGS: " + list + "\r\n\r\n"))
                .withMessageContaining("name=value");
    }
}
