package io.github.sesquill.mime;

import java.io.IOException;
import java.io.OutputStream;

/** Where lines of ASCII go: a small buffer before a stream. */
final class MimeOutput {

    /** What a line may have besides its CRLF (RFC 5322 section 2.1.1). */
    static final int MAX_LINE = 998;

    private final OutputStream out;
    private final byte[] buffer;
    private int used;
    private long passedOn;

    MimeOutput(OutputStream out, int buffer) {
        this.out = out;
        this.buffer = new byte[buffer];
    }

    /** Writes text that must be ASCII: the last check that nothing else gets into a header. */
    MimeOutput ascii(String text) throws IOException {
        return ascii(text, 0, text.length());
    }

    MimeOutput ascii(String text, int from, int to) throws IOException {
        int at = from;
        while (at < to) {
            int some = Math.min(to - at, room());
            for (int i = 0; i < some; i++) {
                char c = text.charAt(at + i);
                if (c < ' ' || c >= 0x7f) {
                    throw new IllegalStateException("A header would hold the character " + (int) c + '.');
                }
                buffer[used + i] = (byte) c;
            }
            used += some;
            at += some;
        }
        return this;
    }

    MimeOutput crlf() throws IOException {
        if (buffer.length - used < 2) {
            flush();
        }
        buffer[used++] = '\r';
        buffer[used++] = '\n';
        return this;
    }

    void octet(int octet) throws IOException {
        if (used == buffer.length) {
            flush();
        }
        buffer[used++] = (byte) octet;
    }

    void octets(byte[] bytes, int from, int length) throws IOException {
        if (length <= buffer.length - used) {
            System.arraycopy(bytes, from, buffer, used, length);
            used += length;
        } else {
            flush();
            passedOn += length;
            out.write(bytes, from, length);
        }
    }

    /** Counts octets that are not written: those of an attachment whose size alone is asked for. */
    void count(long octets) {
        passedOn += octets;
    }

    long written() {
        return passedOn + used;
    }

    private int room() throws IOException {
        if (used == buffer.length) {
            flush();
        }
        return buffer.length - used;
    }

    /** Hands on what is buffered; the stream itself is not flushed. */
    void flush() throws IOException {
        out.write(buffer, 0, used);
        passedOn += used;
        used = 0;
    }
}
