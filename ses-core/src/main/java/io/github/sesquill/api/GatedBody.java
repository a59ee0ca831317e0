package io.github.sesquill.api;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * The body of a request as the HTTP client pulls it: its last byte is not given out before the exchange has passed the
 * line of no return.
 *
 * <p>Counted against Content-Length, since an HTTP client stops reading there and never sees the end of the stream. A
 * body of unknown length is handed off with its first byte.
 */
final class GatedBody extends FilterInputStream {

    private final Exchange exchange;
    private long left;

    GatedBody(InputStream body, long contentLength, Exchange exchange) {
        super(body);
        this.left = contentLength;
        this.exchange = exchange;
    }

    @Override
    public int read() throws IOException {
        int value = super.read();
        taken(value < 0 ? -1 : 1);
        return value;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int count = super.read(target, offset, length);
        taken(count);
        return count;
    }

    private void taken(int count) throws IOException {
        left -= Math.max(count, 0);
        if (left <= 0 || count < 0) {
            exchange.handOff();
        } else {
            exchange.progressed(left);
        }
    }

    @Override
    public long skip(long count) throws IOException {
        long skipped = super.skip(count);
        taken((int) skipped);
        return skipped;
    }

    /** A body that could be rewound could also be sent twice. */
    @Override
    public boolean markSupported() {
        return false;
    }
}
