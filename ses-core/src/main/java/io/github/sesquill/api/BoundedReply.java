package io.github.sesquill.api;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.Abortable;
import software.amazon.awssdk.http.SdkHttpResponse;

/** An answer that may not be longer than any answer of SES, and that tells its exchange if it breaks. */
final class BoundedReply extends FilterInputStream {

    static final int MAX_BYTES = 1024 * 1024;

    private static final int MAX_HEADER_CHARACTERS = 64 * 1024;

    private final @Nullable Exchange exchange;
    private int left = MAX_BYTES;

    BoundedReply(InputStream reply, @Nullable Exchange exchange) {
        super(reply);
        this.exchange = exchange;
    }

    /** Refuses an answer whose headers are longer than any of SES. */
    static void checkHeaders(SdkHttpResponse reply, @Nullable Exchange exchange) {
        if (headerCharacters(reply) > MAX_HEADER_CHARACTERS) {
            if (exchange != null) {
                exchange.replyBroke();
            }
            throw SdkClientException.create("The headers of the answer are longer than " + MAX_HEADER_CHARACTERS
                    + " characters; SES answers in less.");
        }
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
        try {
            int count = super.read(target, offset, length);
            left -= Math.max(count, 0);
            if (left < 0) {
                throw tooLong();
            }
            return count;
        } catch (IOException e) {
            if (exchange != null) {
                exchange.replyBroke();
            }
            throw e;
        }
    }

    private IOException tooLong() {
        // Closing alone would read on to the end, to keep the connection.
        if (in instanceof Abortable abortable) {
            abortable.abort();
        }
        return new IOException("The answer is longer than " + MAX_BYTES + " bytes; SES answers in less.");
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
