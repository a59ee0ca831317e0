package io.github.sesquill.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The fields of a delivery status notification, taken apart. */
class DsnTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "smtp; 550 5.1.1 user unknown                | smtp      | 550 5.1.1 user unknown",
                "smtp;550 5.1.1 user; unknown                | smtp      | 550 5.1.1 user; unknown",
                "X-Postfix; unknown user                     | X-Postfix | unknown user",
                "dns; mx.example.com                         | dns       | mx.example.com",
                "dsn; a6-61.smtp-out.amazonses.com           | dsn       | a6-61.smtp-out.amazonses.com",
                "a6-61.smtp-out.amazonses.com                | ''        | a6-61.smtp-out.amazonses.com",
                "Amazon SES did not send this; it is listed  | ''        | Amazon SES did not send this; it is listed",
                "; text                                      | ''        | ; text",
                "''                                          | ''        | ''"
            })
    void fieldsHaveATypeAndAText(String field, String type, String text) {
        assertThat(DsnField.of(field)).isEqualTo(new DsnField(type, text));
    }

    @Test
    void textKeepsItsLines() {
        assertThat(DsnField.of("smtp; 550-first\n550 second\n").text()).isEqualTo("550-first\n550 second");
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "5.1.1, 5, 1, 1",
                "4.4.7, 4, 4, 7",
                "5.1.10, 5, 1, 10",
                "' 2.0.0 ', 2, 0, 0",
                "5.0.0 (permanent failure), 5, 0, 0",
                "5.999.999, 5, 999, 999"
            })
    void statusHasClassSubjectAndDetail(String text, int statusClass, int subject, int detail) {
        assertThat(DsnStatus.of(text)).contains(new DsnStatus(statusClass, subject, detail));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "5",
                "5.1",
                "5.1.",
                "5..1",
                ".1.1",
                "5.1.1.1",
                "5.1.x",
                "55.1.1",
                "5.1.1000",
                "-5.1.1",
                "5.-1.1"
            })
    void statusOfAnotherFormIsNone(String text) {
        assertThat(DsnStatus.of(text)).isEmpty();
    }

    @Test
    void statusIsWrittenAsItIsRead() {
        assertThat(DsnStatus.of("5.1.10")).map(DsnStatus::toString).contains("5.1.10");
    }
}
