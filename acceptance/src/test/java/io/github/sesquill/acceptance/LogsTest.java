package io.github.sesquill.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.github.sesquill.SendException;
import io.github.sesquill.SendListener;
import io.github.sesquill.SesMailer;
import io.github.sesquill.api.SesApiTransport;
import io.github.sesquill.message.EmailMessage;
import io.github.sesquill.message.TemplateData;
import io.github.sesquill.quota.SendingQuota;
import io.github.sesquill.suppression.Suppression;
import io.github.sesquill.suppression.SuppressionList;
import io.github.sesquill.transport.SendOutcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sesv2.SesV2Client;

/** Whatever goes wrong, at every level: no secret, no address and no text of a message in a log or an exception. */
@Isolated("listens to the logs of the whole JVM")
class LogsTest {

    /** In every text, address and secret below, and in what the server says. */
    private static final String CANARY = "canary5a7d";

    private static final String FORGED = "INFO forged";

    private HttpServer server;
    private SesV2Client client;
    private volatile int status;
    private volatile String code = "";

    @BeforeEach
    void listen() throws IOException {
        System.setProperty("sun.net.httpserver.nodelay", "true");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            byte[] answer = ("{\"message\":\"" + CANARY + "@example.com is not verified: " + CANARY + "\"}")
                    .getBytes(StandardCharsets.US_ASCII);
            exchange.getResponseHeaders().add("x-amzn-ErrorType", code);
            exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.1");
            exchange.sendResponseHeaders(status, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        client = SesV2Client.builder()
                .region(Region.EU_WEST_1)
                .endpointOverride(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create("AK" + CANARY, "SK" + CANARY)))
                .build();
    }

    @AfterEach
    void stop() {
        client.close();
        server.stop(0);
    }

    @ParameterizedTest
    @CsvSource({
        "200, ''",
        "400, MessageRejected",
        "400, BadRequestException",
        "400, 'canary5a7d@example.com'",
        "400, 'Odd INFO forged'",
        "403, SignatureDoesNotMatch",
        "403, AccessDeniedException",
        "404, NotFoundException",
        "429, TooManyRequestsException",
        "429, LimitExceededException",
        "500, InternalFailure",
        "503, ServiceUnavailable"
    })
    void areSilentAboutWhatSesAnswers(int answered, String named) {
        status = answered;
        code = named;
        assertSilent(SesMailer.builder(SesApiTransport.using(client)));
    }

    @Test
    void areSilentAboutWhatInterceptorsListsAndListenersThrow() {
        status = 200;
        assertSilent(SesMailer.builder(SesApiTransport.using(client)).suppressionList(new FailingList()));
        assertSilent(SesMailer.builder(SesApiTransport.using(client)).listener(new FailingListener()));
        assertSilent(SesMailer.builder(SesApiTransport.builder(client)
                .customize(request -> {
                    throw new IllegalStateException(CANARY);
                })
                .build()));
    }

    @Test
    void areSilentWhenNobodyListens() {
        server.stop(0);
        assertSilent(SesMailer.builder(SesApiTransport.using(client)));
    }

    private static void assertSilent(SesMailer.Builder builder) {
        List<String> logged = KeptLogs.of(() -> {
            try (SesMailer mailer = builder.quota(SendingQuota.perSecond(1_000))
                    .deadline(Duration.ofMillis(500))
                    .build()) {
                for (EmailMessage message : messages()) {
                    assertQuiet(message.toString());
                    assertQuiet(send(mailer, message));
                }
            }
        });
        assertThat(logged).isNotEmpty();
        logged.forEach(LogsTest::assertQuiet);
    }

    private static String send(SesMailer mailer, EmailMessage message) {
        try {
            return mailer.send(message).toString();
        } catch (SendException e) {
            return e + " " + e.outcome() + " " + e.getCause();
        }
    }

    private static void assertQuiet(String said) {
        assertThat(said).doesNotContain(CANARY).doesNotContain(FORGED);
    }

    private static List<EmailMessage> messages() {
        EmailMessage written = EmailMessage.from(CANARY + " <" + CANARY + "@acme.example>")
                .to(CANARY + "@example.com")
                .subject(CANARY)
                .text(CANARY)
                .html(CANARY)
                .header("X-Canary", CANARY)
                .build();
        EmailMessage templated = EmailMessage.from(CANARY + "@acme.example")
                .to(CANARY + "@example.com")
                .template("welcome", TemplateData.of(Map.of("token", CANARY)))
                .build();
        EmailMessage raw = EmailMessage.from(CANARY + "@acme.example")
                .to(CANARY + "@example.com")
                .raw(("Subject: " + CANARY + "\r\n\r\n" + CANARY).getBytes(StandardCharsets.US_ASCII))
                .build();
        return List.of(written, templated, raw);
    }

    private static final class FailingList implements SuppressionList {

        @Override
        public Map<String, Suppression> find(Collection<String> addresses) {
            throw new IllegalStateException("no answer about " + addresses);
        }

        @Override
        public boolean add(Suppression suppression) {
            return false;
        }

        @Override
        public boolean remove(String address) {
            return false;
        }

        @Override
        public Stream<Suppression> stream() {
            return Stream.empty();
        }
    }

    private static final class FailingListener implements SendListener {

        @Override
        public void attempted(String attemptId, SendOutcome outcome, Duration took) {
            throw new IllegalStateException(CANARY);
        }

        @Override
        public void finished(SendOutcome outcome, Duration took) {
            throw new IllegalStateException(CANARY);
        }
    }
}
