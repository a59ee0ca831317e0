package io.github.sesquill.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sesquill.transport.SendOutcome;
import io.github.sesquill.transport.SendOutcome.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A connection that cannot be secured carries nothing. */
class TlsTest {

    private static final String PASSWORD = "changeit";

    @TempDir
    Path folder;

    @AfterEach
    void trustAsBefore() {
        System.clearProperty("javax.net.ssl.trustStore");
        System.clearProperty("javax.net.ssl.trustStorePassword");
    }

    /** Makes a key whose certificate is for these names, from then on for that many days, under an authority of its own. */
    private Path key(String names, String start, int days) throws Exception {
        Path store = folder.resolve("keys.p12");
        keytool(store, "-genkeypair", "-alias", "ca", "-keyalg", "EC", "-dname", "CN=ca", "-ext", "bc:c");
        keytool(store, validFrom(start, days, "-alias", "ses", "-dname", "CN=ses", "-ext", "san=" + names));
        // The server must not present the authority itself, which is valid.
        keytool(store, "-delete", "-alias", "ca");
        return store;
    }

    private static String[] validFrom(String start, int days, String... rest) {
        List<String> all = new ArrayList<>(List.of("-genkeypair", "-signer", "ca", "-keyalg", "EC"));
        all.addAll(List.of("-startdate", start, "-validity", String.valueOf(days)));
        all.addAll(List.of(rest));
        return all.toArray(String[]::new);
    }

    private static void keytool(Path store, String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-storetype", "PKCS12", "-keystore", store.toString(), "-storepass", PASSWORD));
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(keytool.getInputStream().readAllBytes(), Charset.defaultCharset());
        assertThat(keytool.waitFor()).as(said).isZero();
    }

    private static ServerSocketFactory serving(Path store) throws GeneralSecurityException, IOException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context.getServerSocketFactory();
    }

    private static void trust(Path store) throws Exception {
        KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("ca", keys.getCertificateChain("ses")[1]);
        Path file = store.resolveSibling("trusted.p12");
        try (var out = Files.newOutputStream(file)) {
            trusted.store(out, PASSWORD.toCharArray());
        }
        System.setProperty("javax.net.ssl.trustStore", file.toString());
        System.setProperty("javax.net.ssl.trustStorePassword", PASSWORD);
    }

    private static SendOutcome send(URI endpoint, TestAttempt attempt) {
        try (SesApiTransport transport = ApiTestBed.own(endpoint).build()) {
            return transport.send(ApiTestBed.message(), attempt);
        }
    }

    private static void assertRefused(Path store) throws Exception {
        try (ScriptedServer server = ScriptedServer.start(serving(store), "https")) {
            TestAttempt attempt = new TestAttempt();
            assertThat(send(server.endpoint(), attempt)).isInstanceOfSatisfying(SendOutcome.NotSent.class, notSent -> {
                assertThat(notSent.reason()).isEqualTo(Reason.TLS);
                assertThat(notSent.isRetryable()).isFalse();
            });
            assertThat(attempt.handOffs).hasValue(0);
            assertThat(server.requestsBegun()).isZero();
        }
    }

    @Test
    void sendsToWhomItTrusts() throws Exception {
        Path store = key("dns:localhost", "-1d", 10);
        trust(store);
        try (ScriptedServer server = ScriptedServer.start(serving(store), "https")) {
            assertThat(send(server.endpoint(), new TestAttempt())).isInstanceOf(SendOutcome.Sent.class);
        }
    }

    @Test
    void refusesAChainItDoesNotTrust() throws Exception {
        assertRefused(key("dns:localhost", "-1d", 10));
    }

    @Test
    void refusesAnotherName() throws Exception {
        Path store = key("dns:email.example", "-1d", 10);
        trust(store);
        assertRefused(store);
    }

    @Test
    void refusesAnExpiredCertificate() throws Exception {
        Path store = key("dns:localhost", "-10d", 5);
        trust(store);
        assertRefused(store);
    }

    @Test
    void refusesAServerWithoutTls() throws IOException {
        try (ScriptedServer server = ScriptedServer.start().then(connection -> {
            connection.write("HTTP/1.1 200 OK\r\n\r\n");
            connection.close();
        })) {
            URI https = URI.create("https://localhost:" + server.endpoint().getPort());
            TestAttempt attempt = new TestAttempt();
            assertThat(((SendOutcome.NotSent) send(https, attempt)).reason()).isEqualTo(Reason.TLS);
            assertThat(attempt.handOffs).hasValue(0);
        }
    }

    @Test
    void mayTryAgainWhenTheHandshakeIsBrokenOff() throws IOException {
        try (ScriptedServer server = ScriptedServer.start().then(ScriptedServer.resetAtOnce())) {
            URI https = URI.create("https://localhost:" + server.endpoint().getPort());
            assertThat(send(https, new TestAttempt())).isInstanceOfSatisfying(SendOutcome.NotSent.class, notSent -> {
                assertThat(notSent.reason()).isEqualTo(Reason.UNAVAILABLE);
                assertThat(notSent.isRetryable()).isTrue();
            });
        }
    }
}
