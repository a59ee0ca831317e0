package io.github.sesquill.mime;

import io.github.sesquill.message.MessageHeader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * MIME that the caller has made: its header section, to which what is a parameter of SES is added, and the rest as it is but
 * for line ends, which become CRLF.
 */
final class RawMime {

    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_:-]{1,256}=[A-Za-z0-9_-]{1,256}");

    /** One header field with its continuations, without the last line end. */
    private record Field(String name, int from, int to) {

        boolean is(String other) {
            return name.equalsIgnoreCase(other);
        }
    }

    private final byte[] bytes;
    private final List<Field> fields = new ArrayList<>();
    private final int body;

    RawMime(byte[] bytes) {
        this.bytes = bytes;
        this.body = readFields();
    }

    private int readFields() {
        int from = 0;
        while (from < bytes.length) {
            int to = endOfLine(from);
            int next = afterLineEnd(to);
            if (to == from) {
                return next;
            }
            while (next < bytes.length && (bytes[next] == ' ' || bytes[next] == '\t')) {
                to = endOfLine(next);
                next = afterLineEnd(to);
            }
            fields.add(new Field(name(from, to), from, to));
            from = next;
        }
        return bytes.length;
    }

    private String name(int from, int to) {
        String line = new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
        return line.substring(0, Math.max(0, line.indexOf(':')));
    }

    private int endOfLine(int from) {
        int to = from;
        while (to < bytes.length && bytes[to] != '\n' && bytes[to] != '\r') {
            to++;
        }
        return to;
    }

    private int afterLineEnd(int at) {
        if (at >= bytes.length) {
            return at;
        }
        return bytes[at] == '\r' && at + 1 < bytes.length && bytes[at + 1] == '\n' ? at + 2 : at + 1;
    }

    /** Returns the value of the first field of a name, unfolded. */
    Optional<String> value(String name) {
        return fields.stream().filter(field -> field.is(name)).findFirst().map(this::value);
    }

    private String value(Field field) {
        int start = field.from + field.name.length() + 1;
        return new String(bytes, start, field.to - start, StandardCharsets.ISO_8859_1)
                .replace("\r", "")
                .replace("\n", "")
                .strip();
    }

    boolean isEightBit() {
        for (byte b : bytes) {
            if (b < 0) {
                return true;
            }
        }
        return false;
    }

    /** Returns the message tags that its own headers name. */
    Map<String, String> tags() {
        Map<String, String> tags = new LinkedHashMap<>();
        fields.stream()
                .filter(field -> field.is(SesHeaders.TAGS))
                .map(this::value)
                .forEach(list -> addTags(list, tags));
        return tags;
    }

    private static void addTags(String list, Map<String, String> tags) {
        for (String one : list.split(",", -1)) {
            String tag = one.strip();
            int equals = tag.indexOf('=');
            if (equals > 0) {
                tags.put(tag.substring(0, equals), tag.substring(equals + 1));
            }
        }
    }

    /** Says why it cannot go over SMTP: a malformed tag, which SES would lose without a word, or a line too long. */
    Optional<String> refusal() {
        return fields.stream()
                .filter(field -> field.is(SesHeaders.TAGS))
                .flatMap(field -> List.of(value(field).split(",", -1)).stream())
                .map(String::strip)
                .filter(tag -> !TAG.matcher(tag).matches())
                .findFirst()
                .map(tag ->
                        "The raw message's header X-SES-MESSAGE-TAGS has a tag that is not name=value, with ASCII letters,"
                                + " digits, '_' and '-'; separate tags with commas.")
                .or(this::tooLong);
    }

    private Optional<String> tooLong() {
        int from = 0;
        while (from < bytes.length) {
            int to = endOfLine(from);
            if (to - from > MimeOutput.MAX_LINE) {
                return Optional.of("The raw message has a line of " + (to - from) + " bytes at byte " + (from + 1)
                        + " and mail carries at most " + MimeOutput.MAX_LINE
                        + "; encode that part in quoted-printable or base64.");
            }
            from = afterLineEnd(to);
        }
        return Optional.empty();
    }

    /** Writes it with more headers before its own; those replace what it has under the same names. */
    void write(List<MessageHeader> more, MimeOutput out) throws IOException {
        Set<String> replaced = more.stream()
                .map(header -> header.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        for (MessageHeader header : more) {
            HeaderLines.write(out, header.name(), header.value());
        }
        for (Field field : fields) {
            if (!replaced.contains(field.name.toLowerCase(Locale.ROOT))) {
                lines(field.from, field.to, out);
            }
        }
        out.crlf();
        lines(body, bytes.length, out);
    }

    private void lines(int from, int to, MimeOutput out) throws IOException {
        int at = from;
        while (at < to) {
            int end = endOfLine(at);
            out.octets(bytes, at, end - at);
            out.crlf();
            at = afterLineEnd(end);
        }
    }
}
