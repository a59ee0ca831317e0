package io.github.sesquill.mime;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Text of one part: as it is if it is ASCII in lines that mail carries, else quoted-printable, or base64 where that is
 * shorter. Line ends of any kind become CRLF.
 */
final class TextBody implements Part {

    private static final int QUOTED_LINE = 76;
    private static final int BASE64_BYTES = 57;
    private static final String HEX = "0123456789ABCDEF";

    private enum Encoding {
        SEVEN_BIT("7bit"),
        QUOTED_PRINTABLE("quoted-printable"),
        BASE64("base64");

        final String word;

        Encoding(String word) {
            this.word = word;
        }
    }

    private final String type;
    private final byte[] bytes;
    private final Encoding encoding;

    TextBody(String type, String text) {
        this.type = type;
        this.bytes = text.getBytes(StandardCharsets.UTF_8);
        this.encoding = encodingOf(bytes);
    }

    private static Encoding encodingOf(byte[] bytes) {
        int escaped = 0;
        int line = 0;
        int longest = 0;
        int odd = 0;
        for (byte b : bytes) {
            line++;
            if (b < ' ' || b == 0x7f) {
                if (b == '\n' || b == '\r') {
                    longest = Math.max(longest, line);
                    line = 0;
                } else if (b != '\t') {
                    odd++;
                }
            } else if (b == '=') {
                escaped++;
            }
        }
        longest = Math.max(longest, line);
        if (odd == 0 && longest <= MimeOutput.MAX_LINE) {
            return Encoding.SEVEN_BIT;
        }
        return (long) (odd + escaped) * 6 > bytes.length ? Encoding.BASE64 : Encoding.QUOTED_PRINTABLE;
    }

    /** Tells whether a line of it could be taken for this boundary: encoded text cannot hold its {@code =_}. */
    boolean mayHold(String boundary) {
        return encoding == Encoding.SEVEN_BIT && new String(bytes, StandardCharsets.US_ASCII).contains(boundary);
    }

    @Override
    public void writeHeaders(MimeOutput out) throws IOException {
        out.ascii("Content-Type: ").ascii(type).ascii("; charset=UTF-8").crlf();
        out.ascii("Content-Transfer-Encoding: ").ascii(encoding.word).crlf();
    }

    @Override
    public void writeBody(MimeOutput out, FileSink files) throws IOException {
        write(out);
        out.crlf();
    }

    /** Writes it as the whole of a message, where a line end after the last line is there for good. */
    void writeAlone(MimeOutput out) throws IOException {
        write(out);
        if (encoding == Encoding.BASE64 || !endsLine()) {
            out.crlf();
        }
    }

    private boolean endsLine() {
        return bytes.length > 0 && (bytes[bytes.length - 1] == '\n' || bytes[bytes.length - 1] == '\r');
    }

    private void write(MimeOutput out) throws IOException {
        switch (encoding) {
            case SEVEN_BIT -> lines(bytes, out);
            case QUOTED_PRINTABLE -> quotedLines(out);
            case BASE64 -> base64Lines(out);
        }
    }

    private static void lines(byte[] bytes, MimeOutput out) throws IOException {
        int from = 0;
        while (from <= bytes.length) {
            int to = endOfLine(bytes, from);
            out.octets(bytes, from, to - from);
            if (to == bytes.length) {
                return;
            }
            out.crlf();
            from = afterLineEnd(bytes, to);
        }
    }

    private static int endOfLine(byte[] bytes, int from) {
        int to = from;
        while (to < bytes.length && bytes[to] != '\n' && bytes[to] != '\r') {
            to++;
        }
        return to;
    }

    private static int afterLineEnd(byte[] bytes, int at) {
        return bytes[at] == '\r' && at + 1 < bytes.length && bytes[at + 1] == '\n' ? at + 2 : at + 1;
    }

    private void quotedLines(MimeOutput out) throws IOException {
        int from = 0;
        while (from <= bytes.length) {
            int to = endOfLine(bytes, from);
            quotedLine(bytes, from, to, out);
            if (to == bytes.length) {
                return;
            }
            out.crlf();
            from = afterLineEnd(bytes, to);
        }
    }

    /** RFC 2045 section 6.7: what is not printable is escaped, and so is white space that would end a line. */
    static void quotedLine(byte[] bytes, int from, int to, MimeOutput out) throws IOException {
        int column = 0;
        for (int i = from; i < to; i++) {
            byte b = bytes[i];
            boolean last = i + 1 == to;
            boolean space = b == ' ' || b == '\t';
            boolean plain = space ? !last : b > ' ' && b < 0x7f && b != '=';
            int width = plain ? 1 : 3;
            if (column + width > QUOTED_LINE - (last ? 0 : 1)) {
                out.octet('=');
                out.crlf();
                column = 0;
            }
            if (plain) {
                out.octet(b);
            } else {
                out.octet('=');
                out.octet(HEX.charAt((b >> 4) & 15));
                out.octet(HEX.charAt(b & 15));
            }
            column += width;
        }
    }

    private void base64Lines(MimeOutput out) throws IOException {
        byte[] encoded = Base64.getEncoder().encode(canonical());
        int width = BASE64_BYTES / 3 * 4;
        for (int from = 0; from < encoded.length; from += width) {
            int length = Math.min(width, encoded.length - from);
            out.octets(encoded, from, length);
            if (from + length < encoded.length) {
                out.crlf();
            }
        }
    }

    private byte[] canonical() throws IOException {
        ByteArrayOutputStream canonical = new ByteArrayOutputStream(bytes.length + 64);
        MimeOutput lines = new MimeOutput(canonical, 1024);
        lines(bytes, lines);
        lines.flush();
        return canonical.toByteArray();
    }
}
