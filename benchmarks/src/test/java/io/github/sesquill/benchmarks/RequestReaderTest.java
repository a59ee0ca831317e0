package io.github.sesquill.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RequestReaderTest {

    private static RequestReader reading(String stream) {
        return new RequestReader(oneByteAtATime(stream));
    }

    private static InputStream oneByteAtATime(String stream) {
        return new ByteArrayInputStream(stream.getBytes(StandardCharsets.US_ASCII)) {
            @Override
            public synchronized int read(byte[] target, int offset, int length) {
                return super.read(target, offset, Math.min(1, length));
            }
        };
    }

    @Test
    void findsEachOfSeveralRequestsOnAConnection() throws IOException {
        RequestReader requests = reading("POST / HTTP/1.1\r\nHost: a\r\nCONTENT-length: 12\r\nContent-Type: b\r\n\r\n"
                + "GET \r\n\r\n1234" + "GET / HTTP/1.1\r\nContent: 7\r\n\r\n");

        assertThat(requests.next()).isTrue();
        assertThat(requests.isGet()).isFalse();
        assertThat(requests.next()).isTrue();
        assertThat(requests.isGet()).isTrue();
        assertThat(requests.next()).isFalse();
    }

    @Test
    void refusesAStreamThatEndsWithinARequest() {
        assertThatThrownBy(() -> reading("POST / HTTP/1.1\r\nContent-Length: 3\r\n\r\n12")
                        .next())
                .isInstanceOf(EOFException.class);
    }
}
