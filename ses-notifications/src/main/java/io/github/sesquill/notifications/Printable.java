package io.github.sesquill.notifications;

import org.jspecify.annotations.Nullable;

/** Makes text from outside fit for one line of a log: no control characters, not endless. */
final class Printable {

    private static final int LONGEST = 100;

    private Printable() {}

    static String of(@Nullable String text) {
        if (text == null) {
            return "none";
        }
        String start = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
        StringBuilder line = new StringBuilder(start.length());
        start.codePoints().map(c -> isSafe(c) ? c : '?').forEach(line::appendCodePoint);
        return line.toString();
    }

    private static boolean isSafe(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
