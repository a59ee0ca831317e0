package io.github.sesquill.acceptance.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sesquill.RetryPolicy;
import io.github.sesquill.SendListener;
import io.github.sesquill.SesMailer;
import io.github.sesquill.api.SesApiTransport;
import io.github.sesquill.quota.SendingQuota;
import io.github.sesquill.transport.EmailTransport;
import io.github.sesquill.transport.SendOutcome;
import io.github.sesquill.transport.SendOutcome.NotSent;
import io.github.sesquill.transport.SendOutcome.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.TrustManager;
import org.apache.hc.client5.http.DnsResolver;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sesv2.SesV2Client;

/** Names, connections and handshakes that fail: nothing is sent, and what may pass is tried again. */
@Execution(ExecutionMode.CONCURRENT)
class ConnectFaultsTest {

    private static final RetryPolicy QUICK = RetryPolicy.defaults().pauses(Duration.ofMillis(1), Duration.ofMillis(1));

    @SuppressWarnings("NullAway.Init")
    private static KeyStores trusted;

    @SuppressWarnings("NullAway.Init")
    private static KeyStores untrusted;

    @SuppressWarnings("NullAway.Init")
    private static KeyStores misnamed;

    @SuppressWarnings("NullAway.Init")
    private static KeyStores expired;

    @BeforeAll
    static void makeCertificates(@TempDir Path folder) throws Exception {
        trusted = KeyStores.make(folder, "localhost", "-1d", 10);
        untrusted = KeyStores.make(folder, "localhost", "-2d", 10);
        misnamed = KeyStores.make(folder, "email.example", "-1d", 10);
        expired = KeyStores.make(folder, "localhost", "-10d", 5);
    }

    private static SesMailer.Builder mailer(Way way, EmailTransport transport) throws Exception {
        return way.prepare(SesMailer.builder(transport))
                .quota(SendingQuota.of(1000, 1_000_000))
                .retry(QUICK)
                .drainLimit(Duration.ZERO);
    }

    /** Sends one message, which must come to its end once. */
    private static SendOutcome sendOne(Way way, EmailTransport transport) throws Exception {
        AtomicInteger finished = new AtomicInteger();
        SendListener counting = new SendListener() {
            @Override
            public void finished(SendOutcome outcome, Duration took) {
                finished.incrementAndGet();
            }
        };
        try (SesMailer mailer = mailer(way, transport).listener(counting).build()) {
            SendOutcome outcome = way.send(mailer, Fault.message("n1", 10));
            assertThat(finished).hasValue(1);
            return outcome;
        }
    }

    /** A client of the user's, whose names and certificates a test can decide about. */
    private static SesV2Client lent(URI endpoint, Apache5HttpClient.Builder http) {
        return SesV2Client.builder()
                .region(Region.EU_WEST_1)
                .endpointOverride(endpoint)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("AKID", "secret")))
                .httpClientBuilder(http)
                .build();
    }

    private static void assertNotSent(SendOutcome outcome, Reason reason, int attempts) {
        assertThat(outcome).as(Ledger.describe(outcome)).isInstanceOfSatisfying(NotSent.class, notSent -> {
            assertThat(notSent.reason()).isEqualTo(reason);
            assertThat(notSent.attemptIds()).hasSize(attempts);
        });
    }

    private static URI nobody() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return URI.create("http://localhost:" + free.getLocalPort());
        }
    }

    @ParameterizedTest
    @EnumSource
    void anUnknownHostIsUnavailable(Way way) throws Exception {
        Fault any = Fault.of("", "");
        assertNotSent(
                sendOne(way, any.transport(URI.create("http://nobody.invalid"))), Reason.UNAVAILABLE, QUICK.attempts());
    }

    @ParameterizedTest
    @EnumSource
    void aHostThatIsKnownAgainGetsTheMessage(Way way) throws Exception {
        AtomicInteger asked = new AtomicInteger();
        DnsResolver back = resolver(host -> {
            if (asked.incrementAndGet() < 3) {
                throw new UnknownHostException(host);
            }
            return new InetAddress[] {loopback(1)};
        });
        assertSentThrough(way, Apache5HttpClient.builder().dnsResolver(back));
    }

    @ParameterizedTest
    @EnumSource
    void aRefusedConnectionIsUnavailable(Way way) throws Exception {
        Fault any = Fault.of("", "");
        assertNotSent(sendOne(way, any.transport(nobody())), Reason.UNAVAILABLE, QUICK.attempts());
    }

    @ParameterizedTest
    @EnumSource
    void theSecondAddressGetsTheMessageWhenTheFirstRefuses(Way way) throws Exception {
        DnsResolver two = resolver(host -> new InetAddress[] {loopback(2), loopback(1)});
        assertSentThrough(way, Apache5HttpClient.builder().dnsResolver(two));
    }

    /** The n-th of twenty connections is refused, for each n: all twenty messages are sent, the refused one a little later. */
    @Test
    void eachConnectMayBeRefusedOnce() throws Exception {
        AtomicInteger untilRefused = new AtomicInteger();
        DnsResolver sometimesNobody =
                resolver(host -> new InetAddress[] {loopback(untilRefused.decrementAndGet() == 0 ? 9 : 1)});
        try (FaultyServer server = FaultyServer.start().otherwise(FaultyServer.sent("Connection: close"));
                SesV2Client client = lent(
                        server.endpoint("ses.example"),
                        Apache5HttpClient.builder().dnsResolver(sometimesNobody));
                SesMailer mailer =
                        mailer(Way.SYNC, SesApiTransport.using(client)).build()) {
            for (int refused = 1; refused <= 20; refused++) {
                untilRefused.set(refused);
                for (int i = 1; i <= 20; i++) {
                    String subject = "n" + refused + '-' + i;
                    SendOutcome outcome = mailer.trySend(Fault.message(subject, 10));
                    server.ledger().holdAgainst(subject, outcome);
                    assertThat(outcome).isInstanceOf(SendOutcome.Sent.class);
                    assertThat(outcome.attemptIds()).hasSize(i == refused ? 2 : 1);
                }
            }
        }
    }

    /** A listener whose queue is full lets nobody connect and refuses nobody, as an address does that is gone. */
    @ParameterizedTest
    @EnumSource
    void theSecondAddressGetsTheMessageWhenTheFirstIsSilent(Way way) throws Exception {
        try (FaultyServer server = FaultyServer.start();
                ServerSocket full = new ServerSocket(server.port(), 1, loopback(3))) {
            List<Socket> waiting = fill(full);
            DnsResolver two = resolver(host -> new InetAddress[] {loopback(3), loopback(1)});
            assertSentThrough(
                    way,
                    server,
                    Apache5HttpClient.builder().dnsResolver(two).connectionTimeout(Duration.ofMillis(200)));
            for (Socket socket : waiting) {
                socket.close();
            }
        }
    }

    private static InetAddress loopback(int last) throws UnknownHostException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last});
    }

    private static List<Socket> fill(ServerSocket full) throws IOException {
        List<Socket> waiting = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Socket socket = new Socket();
            waiting.add(socket);
            try {
                socket.connect(full.getLocalSocketAddress(), 50);
            } catch (IOException queueIsFull) {
                return waiting;
            }
        }
        return waiting;
    }

    private static void assertSentThrough(Way way, Apache5HttpClient.Builder http) throws Exception {
        try (FaultyServer server = FaultyServer.start()) {
            assertSentThrough(way, server, http);
        }
    }

    private static void assertSentThrough(Way way, FaultyServer server, Apache5HttpClient.Builder http)
            throws Exception {
        try (SesV2Client client = lent(server.endpoint("ses.example"), http)) {
            SendOutcome outcome = sendOne(way, SesApiTransport.using(client));
            assertThat(outcome).as(Ledger.describe(outcome)).isInstanceOf(SendOutcome.Sent.class);
            server.ledger().holdAgainst("n1", outcome);
        }
    }

    private interface Addresses {
        InetAddress[] of(String host) throws UnknownHostException;
    }

    private static DnsResolver resolver(Addresses addresses) {
        return new DnsResolver() {
            @Override
            public InetAddress[] resolve(String host) throws UnknownHostException {
                return addresses.of(host);
            }

            @Override
            public String resolveCanonicalHostname(String host) {
                return host;
            }
        };
    }

    @ParameterizedTest
    @EnumSource
    void aCertificateThatNobodyTrustsEndsIt(Way way) throws Exception {
        assertTls(way, untrusted, trusted.trusting());
    }

    @ParameterizedTest
    @EnumSource
    void aCertificateOfAnotherNameEndsIt(Way way) throws Exception {
        assertTls(way, misnamed, misnamed.trusting());
    }

    @ParameterizedTest
    @EnumSource
    void aCertificateThatHasExpiredEndsIt(Way way) throws Exception {
        assertTls(way, expired, expired.trusting());
    }

    @ParameterizedTest
    @EnumSource
    void aCertificateThatIsTrustedGetsTheMessage(Way way) throws Exception {
        TrustManager[] managers = trusted.trusting();
        try (FaultyServer server = FaultyServer.start(trusted.serving(), "https");
                SesV2Client client =
                        lent(server.endpoint(), Apache5HttpClient.builder().tlsTrustManagersProvider(() -> managers))) {
            assertThat(sendOne(way, SesApiTransport.using(client))).isInstanceOf(SendOutcome.Sent.class);
        }
    }

    private static void assertTls(Way way, KeyStores keys, TrustManager[] trusted) throws Exception {
        try (FaultyServer server = FaultyServer.start(keys.serving(), "https");
                SesV2Client client =
                        lent(server.endpoint(), Apache5HttpClient.builder().tlsTrustManagersProvider(() -> trusted))) {
            assertNotSent(sendOne(way, SesApiTransport.using(client)), Reason.TLS, 1);
            assertThat(server.ledger().size()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aHandshakeThatIsBrokenOffIsTriedAgain(Way way) throws Exception {
        Fault any = Fault.of("", "");
        AtomicInteger connections = new AtomicInteger();
        try (FaultyServer server = FaultyServer.start().otherwise(connection -> {
            connections.incrementAndGet();
            connection.reset();
        })) {
            SendOutcome outcome = sendOne(way, any.transport(URI.create("https://localhost:" + server.port())));
            assertNotSent(outcome, Reason.UNAVAILABLE, QUICK.attempts());
            assertThat(connections).hasValue(QUICK.attempts());
        }
    }
}
