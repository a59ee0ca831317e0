package io.github.sesquill.smtp;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads replies, never more of one than bounds allow. */
final class ReplyReader {

    private static final int MAX_LINE = 2_048;
    private static final int MAX_LINES = 128;

    private final InputStream in;
    private final byte[] buffer = new byte[1_024];
    private int at;
    private int end;

    ReplyReader(InputStream in) {
        this.in = in;
    }

    /** Tells whether something was read that nobody has asked for yet. */
    boolean holdsMore() {
        return at < end;
    }

    /** Reads a reply to its last line; {@code before} runs ahead of every read that may block. */
    Reply read(BeforeRead before) throws IOException {
        String line = line(before);
        int code = code(line);
        if (isLast(line)) {
            return new Reply(code, List.of(text(line)));
        }
        List<String> lines = new ArrayList<>();
        while (!isLast(line)) {
            lines.add(text(line));
            if (lines.size() == MAX_LINES) {
                throw new BrokenReplyException("a reply has more than " + MAX_LINES + " lines");
            }
            line = line(before);
            if (code(line) != code) {
                throw new BrokenReplyException("the lines of a reply have different codes");
            }
        }
        lines.add(text(line));
        return new Reply(code, lines);
    }

    private static int code(String line) throws BrokenReplyException {
        boolean wellFormed = line.length() >= 3
                && isDigit(line.charAt(0))
                && isDigit(line.charAt(1))
                && isDigit(line.charAt(2))
                && (line.length() == 3 || line.charAt(3) == ' ' || line.charAt(3) == '-');
        if (!wellFormed) {
            throw new BrokenReplyException("a line is no reply of SMTP: '" + shown(line) + "'");
        }
        return Integer.parseInt(line, 0, 3, 10);
    }

    private static String shown(String line) {
        return line.length() > 60 ? line.substring(0, 60) + "…" : line;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isLast(String line) {
        return line.length() == 3 || line.charAt(3) == ' ';
    }

    private static String text(String line) {
        return line.length() > 4 ? line.substring(4) : "";
    }

    private String line(BeforeRead before) throws IOException {
        StringBuilder parts = null;
        while (true) {
            for (int i = at; i < end; i++) {
                if (buffer[i] == '\n') {
                    String part = printable(at, i);
                    at = i + 1;
                    return parts == null ? part : parts.append(part).toString();
                }
            }
            parts = parts == null ? new StringBuilder() : parts;
            parts.append(printable(at, end));
            if (parts.length() > MAX_LINE) {
                throw new BrokenReplyException("a line of a reply is longer than " + MAX_LINE + " bytes");
            }
            fill(before);
        }
    }

    /** Whatever could break a log line becomes a space; the CR at the end goes with the strip. */
    private String printable(int from, int to) {
        int last = to > from && buffer[to - 1] == '\r' ? to - 1 : to;
        for (int i = from; i < last; i++) {
            if (buffer[i] >= 0 && (buffer[i] < ' ' || buffer[i] == 0x7f)) {
                buffer[i] = ' ';
            }
        }
        return new String(buffer, from, last - from, StandardCharsets.ISO_8859_1);
    }

    private void fill(BeforeRead before) throws IOException {
        before.run();
        at = 0;
        end = Math.max(0, in.read(buffer, 0, buffer.length));
        if (end == 0) {
            throw new EOFException("the server closed the connection");
        }
    }

    /** Sets how long the next read may block. */
    @FunctionalInterface
    interface BeforeRead {

        void run() throws IOException;
    }
}
