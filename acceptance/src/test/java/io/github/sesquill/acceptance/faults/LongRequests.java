package io.github.sesquill.acceptance.faults;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.function.BooleanSupplier;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * Makes requests longer than all buffers between a client and its server, by spaces before their last byte, which is
 * JSON's last brace. Whoever waits for the end of one must notice that the connection has ended before it.
 */
final class LongRequests implements SdkHttpClient {

    private static final String LENGTH = "Content-Length";
    private static final long SPACES = 8_000_000;

    private final SdkHttpClient connections;
    private final BooleanSupplier wanted;

    /** @param wanted tells whether the next request is to be long */
    LongRequests(SdkHttpClient connections, BooleanSupplier wanted) {
        this.connections = connections;
        this.wanted = wanted;
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        return connections.prepareRequest(wanted.getAsBoolean() ? lengthened(request) : request);
    }

    private static HttpExecuteRequest lengthened(HttpExecuteRequest request) {
        ContentStreamProvider body = request.contentStreamProvider().orElseThrow();
        long length =
                Long.parseLong(request.httpRequest().firstMatchingHeader(LENGTH).orElseThrow());
        return HttpExecuteRequest.builder()
                .request(request.httpRequest().toBuilder()
                        .putHeader(LENGTH, String.valueOf(length + SPACES))
                        .build())
                .contentStreamProvider(() -> new LongBody(body.newStream(), length))
                .build();
    }

    @Override
    public String clientName() {
        return connections.clientName();
    }

    @Override
    public void close() {
        connections.close();
    }

    private static final class LongBody extends FilterInputStream {

        private long beforeTheLast;
        private long spaces = SPACES;

        LongBody(InputStream body, long length) {
            super(body);
            this.beforeTheLast = length - 1;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (beforeTheLast > 0) {
                int count = super.read(target, offset, (int) Math.min(length, beforeTheLast));
                beforeTheLast -= count;
                return count;
            }
            if (spaces > 0) {
                int count = (int) Math.min(length, spaces);
                Arrays.fill(target, offset, offset + count, (byte) ' ');
                spaces -= count;
                return count;
            }
            return super.read(target, offset, length);
        }

        @Override
        public boolean markSupported() {
            return false;
        }
    }
}
