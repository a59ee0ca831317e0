package io.github.sesquill.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class WholeNumberTest {

    @ParameterizedTest
    @CsvSource({"0, 0", "1384, 1384", "-5, -5", "007, 7", "999999999999999999, 999999999999999999"})
    void isReadFromDigits(String text, long number) {
        assertThat(WholeNumber.of(text)).hasValue(number);
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {"-", "1.5", "1e3", "--1", "1 384", "soon", "9999999999999999999", "\u0661"})
    void isNothingElse(String text) {
        assertThat(WholeNumber.of(text)).isEmpty();
    }
}
