package io.github.sesquill.notifications;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a time in every form in which SES and those who imitate it write one: ISO 8601 with or without fraction, with
 * {@code Z}, an offset or none (then UTC), a header's date (RFC 5322 section 3.3 and the obsolete forms of 4.3), and
 * the numbers of a Java {@code LocalDateTime} in brackets. Blanks between the parts do not matter.
 */
final class LenientInstant {

    /** Longer than any date with its comments; what is longer is not looked at. */
    private static final int LONGEST = 200;

    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");

    /** The named zones of RFC 5322 section 4.3, in hours; every other name means UTC there. */
    private static final Map<String, Integer> ZONES =
            Map.of("est", -5, "edt", -4, "cst", -6, "cdt", -5, "mst", -7, "mdt", -6, "pst", -8, "pdt", -7);

    private final String text;
    private int at;

    private LenientInstant(String text) {
        this.text = text;
    }

    static Optional<Instant> of(@Nullable String text) {
        if (text == null || text.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            return Optional.of(new LenientInstant(text).read());
        } catch (DateTimeException e) {
            // No time, or a month of 13: the text is still there for the caller.
            return Optional.empty();
        }
    }

    private Instant read() {
        LocalDateTime local = take('[') ? numbers() : startsWithYear() ? iso() : header();
        ZoneOffset zone = zone();
        require(peek() == END);
        return local.toInstant(zone);
    }

    private boolean startsWithYear() {
        peek();
        return at + 4 < text.length() && text.charAt(at + 4) == '-';
    }

    private LocalDateTime iso() {
        int year = number();
        require(take('-'));
        int month = number();
        require(take('-'));
        int day = number();
        if (!take('T')) {
            take('t');
        }
        return time(year, month, day);
    }

    private LocalDateTime header() {
        if (isLetter(peek())) {
            word();
            take(',');
        }
        int day = number();
        int month = MONTHS.indexOf(word()) + 1;
        peek();
        int start = at;
        int year = number();
        return time(fullYear(year, at - start), month, day);
    }

    /** Widens the years of two and three digits that RFC 5322 section 4.3 allows for. */
    private static int fullYear(int year, int digits) {
        return digits > 3 ? year : year + (digits == 2 && year < 50 ? 2000 : 1900);
    }

    private LocalDateTime time(int year, int month, int day) {
        int hour = number();
        require(take(':'));
        int minute = number();
        int second = take(':') ? number() : 0;
        int nano = take('.') || take(',') ? fraction() : 0;
        return LocalDateTime.of(year, month, day, hour, minute, second, nano);
    }

    /** Reads {@code year, month, day, hour, minute[, second[, nano]]]}; Java leaves out trailing zeros. */
    private LocalDateTime numbers() {
        int[] parts = new int[7];
        int count = 0;
        do {
            require(count < parts.length);
            parts[count++] = number();
        } while (take(','));
        require(count >= 5 && take(']'));
        return LocalDateTime.of(parts[0], parts[1], parts[2], parts[3], parts[4], parts[5], parts[6]);
    }

    private ZoneOffset zone() {
        if (take('+')) {
            return offset(1);
        }
        if (take('-')) {
            return offset(-1);
        }
        return (take('Z') && peek() == END) || !isLetter(peek())
                ? ZoneOffset.UTC
                : ZoneOffset.ofHours(ZONES.getOrDefault(word(), 0));
    }

    private ZoneOffset offset(int sign) {
        int start = at;
        int hours = number();
        int minutes = 0;
        if (at - start > 2) {
            minutes = hours % 100;
            hours = hours / 100;
        } else if (take(':')) {
            minutes = number();
        }
        return ZoneOffset.ofHoursMinutes(sign * hours, sign * minutes);
    }

    private int fraction() {
        int start = at;
        int nano = 0;
        int digit = 100_000_000;
        while (at < text.length() && isDigit(text.charAt(at))) {
            nano += (text.charAt(at++) - '0') * digit;
            digit /= 10;
        }
        require(at > start);
        return nano;
    }

    private int number() {
        peek();
        int start = at;
        int number = 0;
        while (at < text.length() && isDigit(text.charAt(at)) && at - start < 9) {
            number = number * 10 + text.charAt(at++) - '0';
        }
        require(at > start);
        return number;
    }

    private String word() {
        peek();
        int start = at;
        while (at < text.length() && isLetter(text.charAt(at))) {
            at++;
        }
        require(at > start);
        return text.substring(start, at).toLowerCase(Locale.ROOT);
    }

    private static final char END = '\0';

    /** Skips blanks and comments and returns the next character without taking it, or {@link #END}. */
    private char peek() {
        int comments = 0;
        for (; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '(') {
                comments++;
            } else if (c == ')' && comments > 0) {
                comments--;
            } else if (comments == 0 && c > ' ') {
                return c;
            }
        }
        return END;
    }

    private boolean take(char expected) {
        if (peek() != expected) {
            return false;
        }
        at++;
        return true;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static void require(boolean holds) {
        if (!holds) {
            throw new DateTimeException("not a time");
        }
    }
}
