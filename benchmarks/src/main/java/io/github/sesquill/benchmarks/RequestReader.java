package io.github.sesquill.benchmarks;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Finds the ends of HTTP/1.1 requests in a stream of them and keeps nothing; a body must have a Content-Length. */
final class RequestReader {

    private static final byte[] CONTENT_LENGTH = "content-length:".getBytes(StandardCharsets.US_ASCII);

    private final InputStream in;
    private final byte[] buffer = new byte[64 * 1024];
    private int position;
    private int end;
    private boolean get;
    private long bodyLength;

    RequestReader(InputStream in) {
        this.in = in;
    }

    /** Reads a request to its end; answers {@code false} if there is none. */
    boolean next() throws IOException {
        if (position == end && !fill()) {
            return false;
        }
        get = peek() == 'G';
        bodyLength = 0;
        boolean inHead = true;
        while (inHead) {
            inHead = readLine();
        }
        skip(bodyLength);
        return true;
    }

    boolean isGet() {
        return get;
    }

    /** Reads a line of the head; answers {@code false} if it was the empty one that ends it. */
    private boolean readLine() throws IOException {
        int matched = 0;
        while (matched < CONTENT_LENGTH.length && lowerCase(peek()) == CONTENT_LENGTH[matched]) {
            position++;
            matched++;
        }
        boolean declares = matched == CONTENT_LENGTH.length;
        int length = matched;
        for (byte next = take(); next != '\n'; next = take()) {
            if (declares && next >= '0' && next <= '9') {
                bodyLength = bodyLength * 10 + next - '0';
            }
            length += next == '\r' ? 0 : 1;
        }
        return length > 0;
    }

    private static byte lowerCase(byte letter) {
        return letter >= 'A' && letter <= 'Z' ? (byte) (letter + 'a' - 'A') : letter;
    }

    private void skip(long length) throws IOException {
        for (long left = length; left > 0; ) {
            peek();
            int taken = (int) Math.min(left, end - position);
            position += taken;
            left -= taken;
        }
    }

    private byte take() throws IOException {
        byte next = peek();
        position++;
        return next;
    }

    private byte peek() throws IOException {
        if (position == end && !fill()) {
            throw new EOFException("The stream ended within a request.");
        }
        return buffer[position];
    }

    private boolean fill() throws IOException {
        position = 0;
        end = Math.max(0, in.read(buffer));
        return end > 0;
    }
}
