package io.github.sesquill.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpDoorTest {

    private static final long GIGABYTE = 1L << 30;

    private static LocalSes ses;

    @BeforeAll
    static void start() {
        ses = LocalSes.builder().verify("acme.example").allowHost("ses.test").start();
    }

    @AfterAll
    static void close() {
        ses.close();
    }

    static List<Route> routes() {
        return ses.routes();
    }

    /** Sends the beginning of a request and returns the status line of the answer. */
    private static String status(String... lines) throws IOException {
        return answer(String.join("\r\n", lines) + "\r\n\r\n").split("\r\n", 2)[0];
    }

    private static String answer(String request) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), ses.endpoint().getPort())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            byte[] buffer = new byte[8192];
            InputStream in = socket.getInputStream();
            int count = in.read(buffer);
            return count < 0 ? "" : new String(buffer, 0, count, StandardCharsets.ISO_8859_1);
        }
    }

    private static String path(Route route) {
        return "/" + String.join("/", route.pattern()).replaceAll("\\{[A-Za-z]+}", "x");
    }

    @ParameterizedTest
    @MethodSource("routes")
    void refusesAGigabyteOnEveryRouteBeforeItComes(Route route) throws IOException {
        assertThat(route.limit()).isLessThanOrEqualTo(60 * 1024 * 1024);
        assertThat(status(
                        route.method() + " " + path(route) + " HTTP/1.1",
                        "Host: localhost",
                        "Content-Length: " + GIGABYTE))
                .contains(" 413 ");
    }

    @Test
    void holdsNothingOfABodyOfUnknownLength() throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), ses.endpoint().getPort())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream()
                    .write("PUT /inbox/suppressed/x HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
                            .getBytes(StandardCharsets.ISO_8859_1));
            byte[] chunk = ("4000\r\n" + "x".repeat(0x4000) + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
            for (int i = 0; i < 4; i++) {
                socket.getOutputStream().write(chunk);
            }
            byte[] buffer = new byte[100];
            assertThat(socket.getInputStream().read(buffer)).isPositive();
            assertThat(new String(buffer, StandardCharsets.ISO_8859_1)).startsWith("HTTP/1.1 413 ");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"evil.example", "127.0.0.1.evil.example", "localhost.evil.example:80", "", "localhost@evil"})
    void answersNobodyWhoCallsItByAnotherName(String host) throws IOException {
        assertThat(status("GET /inbox/messages HTTP/1.1", "Host: " + host)).contains(" 403 ");
        assertThat(status("GET / HTTP/1.1", "Host: " + host)).contains(" 403 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST:8005", "127.0.0.1:1", "[::1]:8005", "ses.test", "SES.test:80"})
    void answersThoseWhoCallItByItsName(String host) throws IOException {
        assertThat(status("GET /inbox/messages HTTP/1.1", "Host: " + host)).contains(" 200 ");
    }

    @Test
    void answersNobodyWithTwoNamesOrNone() throws IOException {
        assertThat(status("GET / HTTP/1.1", "Host: localhost", "Host: evil.example"))
                .containsPattern(" 40[03] ");
        assertThat(status("GET / HTTP/1.0", "Accept: */*")).containsPattern(" 40[03] ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Origin: https://evil.example",
                "Origin: null",
                "Origin: http://localhost:1",
                "Origin: http://localhost.evil.example",
                "Sec-Fetch-Site: cross-site",
                "Sec-Fetch-Site: same-site",
            })
    void answersNoPageFromElsewhere(String header) throws IOException {
        for (String request : List.of(
                "GET /inbox/messages",
                "GET /inbox/events",
                "DELETE /inbox/messages",
                "POST /v2/email/outbound-emails")) {
            assertThat(status(request + " HTTP/1.1", "Host: localhost", header))
                    .as(request)
                    .contains(" 403 ");
        }
    }

    @Test
    void answersItsOwnPageAndALinkToIt() throws IOException {
        assertThat(status(
                        "GET /inbox/messages HTTP/1.1",
                        "Host: localhost:8005",
                        "Origin: http://localhost:8005",
                        "Sec-Fetch-Site: same-origin"))
                .contains(" 200 ");
        assertThat(status(
                        "GET / HTTP/1.1", "Host: localhost", "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate"))
                .contains(" 200 ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/../etc/passwd",
                "/..%2f..%2fetc%2fpasswd",
                "/inbox.css/../../module-info.class",
                "/LocalSes.class",
                "/inbox/messages/..%2f..%2finbox.js",
                "/inbox/messages/..%5c..%5cx/source",
                "/inbox/messages/%2e%2e/html",
                "/operations.txt",
            })
    void findsNoFileByATrick(String path) throws IOException {
        assertThat(status("GET " + path + " HTTP/1.1", "Host: localhost")).contains(" 404 ");
    }

    @Test
    void refusesWhatIsNoPathAndWhatIsEncoded() throws IOException {
        assertThat(status("GET /inbox/messages/%zz HTTP/1.1", "Host: localhost"))
                .contains(" 400 ");
        assertThat(status(
                        "POST /v2/email/outbound-emails HTTP/1.1",
                        "Host: localhost",
                        "Content-Encoding: gzip",
                        "Content-Length: 1"))
                .contains(" 415 ");
        assertThat(status("GET / HTTP/1.1", "Host: localhost", "X: " + "x".repeat(20_000)))
                .doesNotContain(" 200 ");
        assertThat(status("PATCH /inbox/messages HTTP/1.1", "Host: localhost")).contains(" 405 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/inbox.js", "/inbox/messages", "/inbox/account", "/nothing"})
    void saysOnEveryAnswerThatNothingMayBeRunFramedOrGuessed(String path) throws IOException {
        assertThat(answer("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n"))
                .contains("Content-Security-Policy: default-src 'none';")
                .contains("frame-ancestors 'none'")
                .contains("X-Content-Type-Options: nosniff")
                .contains("Referrer-Policy: no-referrer")
                .contains("Cross-Origin-Resource-Policy: same-origin")
                .doesNotContainIgnoringCase("Access-Control-Allow");
    }
}
