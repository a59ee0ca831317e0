package io.github.sesquill.local;

import io.github.sesquill.message.MessageHeader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Takes a message apart, however it was put together: at most 20 levels deep, 1,000 parts, and of each header section 1,000
 * lines and 128 KiB. What is beyond stays unread, and is said.
 *
 * <p>A reader of one message; linear in its size times its depth.
 */
final class MimeReader {

    private static final int DEEPEST = 20;
    private static final int MOST_PARTS = 1_000;
    private static final int MOST_HEADER_LINES = 1_000;
    private static final int MOST_HEADER_BYTES = 128 * 1024;
    private static final int LONGEST_BOUNDARY = 200;

    private final byte[] mime;
    private final Set<String> notes = new LinkedHashSet<>();
    private final MimePart root;
    private int count;

    private MimeReader(byte[] mime) {
        this.mime = mime;
        root = part(0, mime.length, 0);
    }

    static MimeReader read(byte[] mime) {
        return new MimeReader(mime);
    }

    MimePart root() {
        return root;
    }

    /** Says what was left unread, if something was. */
    List<String> notes() {
        return List.copyOf(notes);
    }

    private MimePart part(int from, int to, int depth) {
        count++;
        List<MessageHeader> headers = new ArrayList<>();
        int content = headers(from, to, headers);
        MimePart part = new MimePart(mime, headers, content, to, List.of());
        Optional<String> boundary = part.isMultipart()
                ? part.boundary().filter(text -> text.length() <= LONGEST_BOUNDARY)
                : Optional.empty();
        if (boundary.isEmpty()) {
            return part;
        }
        if (depth >= DEEPEST) {
            notes.add("Parts deeper than " + DEEPEST + " levels were not read.");
            return part;
        }
        return new MimePart(mime, headers, content, to, parts(boundary.get(), content, to, depth + 1));
    }

    private List<MimePart> parts(String boundary, int from, int to, int depth) {
        byte[] delimiter = ("--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
        List<MimePart> parts = new ArrayList<>();
        int begin = -1;
        for (int line = from; line < to; line = next(line, to)) {
            int kind = delimits(line, to, delimiter);
            if (kind == 0) {
                continue;
            }
            if (begin >= 0 && !add(parts, begin, beforeBreak(begin, line), depth)) {
                return parts;
            }
            begin = next(line, to);
            if (kind == 2) {
                return parts;
            }
        }
        if (begin >= 0) {
            add(parts, begin, to, depth);
        }
        return parts;
    }

    private boolean add(List<MimePart> parts, int from, int to, int depth) {
        if (count >= MOST_PARTS) {
            notes.add("Parts after the first " + MOST_PARTS + " were not read.");
            return false;
        }
        parts.add(part(from, to, depth));
        return true;
    }

    /** Tells whether a line is no delimiter (0), one before a part (1) or the last one (2). */
    private int delimits(int line, int to, byte[] delimiter) {
        int at = line;
        for (byte expected : delimiter) {
            if (at >= to || mime[at++] != expected) {
                return 0;
            }
        }
        boolean last = at + 1 < to && mime[at] == '-' && mime[at + 1] == '-';
        int rest = last ? at + 2 : at;
        while (rest < to && mime[rest] != '\n') {
            if (mime[rest] != ' ' && mime[rest] != '\t' && mime[rest] != '\r') {
                return 0;
            }
            rest++;
        }
        return last ? 2 : 1;
    }

    /** The line break before a delimiter belongs to the delimiter (RFC 2046, 5.1.1). */
    private int beforeBreak(int begin, int line) {
        int end = line;
        if (end > begin && mime[end - 1] == '\n') {
            end--;
        }
        if (end > begin && mime[end - 1] == '\r') {
            end--;
        }
        return end;
    }

    private int next(int line, int to) {
        int at = line;
        while (at < to && mime[at] != '\n') {
            at++;
        }
        return Math.min(to, at + 1);
    }

    /** Reads a header section; returns where the content begins. */
    private int headers(int from, int to, List<MessageHeader> headers) {
        StringBuilder field = new StringBuilder();
        int lines = 0;
        int line = from;
        while (line < to) {
            int next = next(line, to);
            int end = beforeBreak(line, next);
            if (end == line) {
                line = next;
                break;
            }
            if (lines++ < MOST_HEADER_LINES && end - from <= MOST_HEADER_BYTES) {
                boolean folded = mime[line] == ' ' || mime[line] == '\t';
                if (!folded) {
                    finish(field, headers);
                }
                field.append(new String(mime, line, end - line, StandardCharsets.UTF_8));
            } else {
                notes.add("Headers after the first " + MOST_HEADER_LINES + " lines or " + MOST_HEADER_BYTES
                        + " bytes were not read.");
            }
            line = next;
        }
        finish(field, headers);
        return line;
    }

    private static void finish(StringBuilder field, List<MessageHeader> headers) {
        int colon = field.indexOf(":");
        if (colon > 0) {
            headers.add(new MessageHeader(
                    field.substring(0, colon).strip(),
                    field.substring(colon + 1).strip()));
        }
        field.setLength(0);
    }
}
