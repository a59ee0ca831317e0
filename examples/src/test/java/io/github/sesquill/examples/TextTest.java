package io.github.sesquill.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextTest {

    @ParameterizedTest
    @CsvSource({
        "Jane, 4",
        "王小明, 6",
        "김하늘, 6",
        "Zoë, 3",
        "Zoe\u0308, 3",
        "🦉, 2",
        "👨‍👩‍👧‍👦, 2",
        "🖋️, 2",
        "สมชาย ใจดี, 9"
    })
    void measuresInColumns(String text, int columns) {
        assertThat(Text.width(text)).isEqualTo(columns);
    }

    @ParameterizedTest
    @CsvSource({"王小明, 6, 王小明", "王小明, 5, 王小…", "王小明, 4, 王…", "Jane Doe, 5, Jane…", "👨‍👩‍👧‍👦🦉, 3, 👨‍👩‍👧‍👦…"})
    void cutsBetweenCharacters(String text, int columns, String cut) {
        assertThat(Text.cut(text, columns)).isEqualTo(cut);
    }

    @ParameterizedTest
    @CsvSource({"王小明, 4", "王小明, 5", "Jane, 9"})
    void fitsExactly(String text, int columns) {
        assertThat(Text.width(Text.fit(text, columns))).isEqualTo(columns);
    }

    @Test
    void showsControlsAndDirections() {
        assertThat(Text.visible("a\nb\u202ec")).isEqualTo("a\\u000ab\\u202ec");
    }
}
