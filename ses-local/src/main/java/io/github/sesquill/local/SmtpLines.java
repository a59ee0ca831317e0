package io.github.sesquill.local;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * The lines of an SMTP connection, bounded. A line ends with CR LF and with nothing else, so that no two programs disagree
 * about where one ends (RFC 5321, 2.3.8).
 */
final class SmtpLines {

    /** What AUTH needs at most (RFC 4954, 4). */
    private static final int LONGEST = 12_288;

    private static final int BUFFER = 8192;

    private final InputStream in;
    private final OutputStream out;
    private final byte[] buffer = new byte[BUFFER];
    private int position;
    private int limit;

    SmtpLines(Socket socket) throws IOException {
        in = socket.getInputStream();
        out = socket.getOutputStream();
    }

    /** A line was longer than any that makes sense. */
    static final class TooLongException extends IOException {

        private static final long serialVersionUID = 1L;
    }

    /** The other side has gone. */
    static final class EndException extends IOException {

        private static final long serialVersionUID = 1L;
    }

    /** Tells whether more has come already than was asked for. */
    boolean hasMore() {
        return position < limit;
    }

    String read() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(80);
        int last = -1;
        for (int next = next(); ; next = next()) {
            if (last == '\r' && next == '\n') {
                byte[] bytes = line.toByteArray();
                return new String(bytes, 0, bytes.length - 1, StandardCharsets.ISO_8859_1);
            }
            if (line.size() >= LONGEST) {
                throw new TooLongException();
            }
            line.write(next);
            last = next;
        }
    }

    private int next() throws IOException {
        if (position == limit) {
            limit = Math.max(0, in.read(buffer));
            position = 0;
            if (limit == 0) {
                throw new EndException();
            }
        }
        return buffer[position++] & 0xff;
    }

    /**
     * Reads a message up to the line that is a dot, without the dots that were put before lines that begin with one
     * (RFC 5321, 4.5.2). Of one that is longer than the limit, all is read and nothing kept.
     *
     * @return the message, or one byte more than the limit of nothing
     */
    Data data(int most) throws IOException {
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        long length = 0;
        boolean atStart = true;
        int last = -1;
        while (true) {
            int next = next();
            if (atStart && next == '.') {
                int after = next();
                if (after == '\r') {
                    int end = next();
                    if (end == '\n') {
                        return new Data(length > most ? new byte[0] : kept.toByteArray(), length);
                    }
                    length = write(kept, '\r', length, most);
                    next = end;
                } else {
                    next = after;
                }
                last = -1;
            }
            length = write(kept, next, length, most);
            atStart = last == '\r' && next == '\n';
            last = next;
        }
    }

    /** A message, or how long it was if it was too long to keep. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Data(byte[] bytes, long length) {

        @Override
        public String toString() {
            return "Data[" + length + " bytes]";
        }
    }

    private static long write(ByteArrayOutputStream kept, int next, long length, int most) {
        if (length < most) {
            kept.write(next);
        } else if (kept.size() > 0) {
            kept.reset();
        }
        return length + 1;
    }

    void write(String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }
}
