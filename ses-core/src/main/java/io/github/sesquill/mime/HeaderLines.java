package io.github.sesquill.mime;

import java.io.IOException;
import java.util.List;

/**
 * Header fields on lines of 78 characters where they have spaces (RFC 5322 section 2.2.3). A line is broken before a run of
 * spaces, so that unfolding gives the value back exactly.
 */
final class HeaderLines {

    private static final int WISHED_LINE = 78;

    private HeaderLines() {}

    static void write(MimeOutput out, String name, String value) throws IOException {
        // Not every reader strips the space of an empty value.
        out.ascii(name).ascii(value.isEmpty() ? ":" : ": ");
        int column = name.length() + 2;
        int from = 0;
        while (from < value.length()) {
            int to = column + value.length() - from <= WISHED_LINE ? value.length() : endOfWord(value, from);
            if (from > 0 && column + to - from > WISHED_LINE) {
                out.crlf();
                column = 0;
            }
            out.ascii(value, from, to);
            column += to - from;
            from = to;
        }
        out.crlf();
    }

    /** Writes a field with parameters, each whole on one line: not every reader unfolds what stands in quotes. */
    static void write(MimeOutput out, String name, String value, List<String> parameters) throws IOException {
        out.ascii(name).ascii(": ").ascii(value);
        int column = name.length() + 2 + value.length();
        for (String parameter : parameters) {
            out.octet(';');
            if (column + parameter.length() + 2 > WISHED_LINE) {
                out.crlf();
                column = 0;
            }
            out.ascii(" ").ascii(parameter);
            column += parameter.length() + 2;
        }
        out.crlf();
    }

    /** Returns how long the longest line of a field is, however it is folded. */
    static int longestLine(String name, String value) {
        int first = endOfWord(value, 0);
        int longest = name.length() + 2 + first;
        int from = first;
        while (from < value.length()) {
            int to = endOfWord(value, from);
            longest = Math.max(longest, to - from);
            from = to;
        }
        return longest;
    }

    /** Finds the end of the spaces at a position and of the word after them. */
    private static int endOfWord(String value, int from) {
        int end = from;
        while (end < value.length() && value.charAt(end) == ' ') {
            end++;
        }
        int next = value.indexOf(' ', end);
        return next < 0 ? value.length() : next;
    }
}
