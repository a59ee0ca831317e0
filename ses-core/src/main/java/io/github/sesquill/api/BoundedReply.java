package io.github.sesquill.api;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.Abortable;
import software.amazon.awssdk.http.SdkHttpResponse;

/** An answer that may not be longer than any answer of SES, and that tells its exchange if it breaks. */
final class BoundedReply extends FilterInputStream {

    static final int MAX_BYTES = 1024 * 1024;

    private static final int MAX_HEADER_CHARACTERS = 64 * 1024;

    private final @Nullable Exchange exchange;
    private int left = MAX_BYTES;
    private @Nullable String refusal;

    private BoundedReply(InputStream reply, @Nullable Exchange exchange) {
        super(reply);
        this.exchange = exchange;
    }

    /**
     * Bounds an answer; one that cannot be of SES breaks at its first byte and gives its connection up: if its headers are
     * too long, or it is compressed, which nobody asked for and the SDK would unpack without bounds.
     */
    static InputStream of(SdkHttpResponse reply, InputStream body, @Nullable Exchange exchange) {
        BoundedReply bounded = new BoundedReply(body, exchange);
        if (headerCharacters(reply) > MAX_HEADER_CHARACTERS) {
            bounded.refuse("The headers of the answer are longer than " + MAX_HEADER_CHARACTERS
                    + " characters; SES answers in less.");
        } else if (isCompressed(reply)) {
            bounded.refuse("The answer is compressed, which nobody asked for; it was not unpacked.");
        }
        return bounded;
    }

    private static boolean isCompressed(SdkHttpResponse reply) {
        return reply.firstMatchingHeader("Content-Encoding")
                .filter(encoding -> !encoding.equalsIgnoreCase("identity"))
                .isPresent();
    }

    private void refuse(String why) {
        refusal = why;
        broke();
        abort();
    }

    /** Goes through them one by one: asking for all makes the SDK copy them. */
    private static long headerCharacters(SdkHttpResponse reply) {
        long[] sum = {0};
        reply.forEachHeader((name, values) -> values.forEach(value -> sum[0] += name.length() + value.length()));
        return sum[0];
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (refusal != null) {
            throw new IOException(refusal);
        }
        try {
            int count = super.read(target, offset, length);
            left -= Math.max(count, 0);
            if (left < 0) {
                abort();
                throw new IOException("The answer is longer than " + MAX_BYTES + " bytes; SES answers in less.");
            }
            return count;
        } catch (IOException e) {
            broke();
            throw e;
        }
    }

    private void broke() {
        if (exchange != null) {
            exchange.replyBroke();
        }
    }

    /** Closing alone would read on to the end, to keep the connection. */
    private void abort() {
        if (in instanceof Abortable abortable) {
            abortable.abort();
        }
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
