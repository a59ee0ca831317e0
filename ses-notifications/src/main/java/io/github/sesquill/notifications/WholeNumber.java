package io.github.sesquill.notifications;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Reads a whole number, whether it came as a JSON number or as text. */
final class WholeNumber {

    /** So many digits always fit a long. */
    private static final int MOST_DIGITS = 18;

    private WholeNumber() {}

    static OptionalLong of(@Nullable String text) {
        String digits = text == null ? "" : text.strip();
        int start = digits.startsWith("-") ? 1 : 0;
        boolean whole = digits.length() > start && digits.length() <= start + MOST_DIGITS;
        for (int i = start; i < digits.length() && whole; i++) {
            whole = digits.charAt(i) >= '0' && digits.charAt(i) <= '9';
        }
        return whole ? OptionalLong.of(Long.parseLong(digits)) : OptionalLong.empty();
    }
}
