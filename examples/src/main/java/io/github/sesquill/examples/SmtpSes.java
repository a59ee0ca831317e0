package io.github.sesquill.examples;

import io.github.sesquill.smtp.SmtpCredentials;
import io.github.sesquill.smtp.SmtpTransport;
import io.github.sesquill.time.TimeSource;
import io.github.sesquill.transport.EmailTransport;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Any server that takes mail over SMTP, such as SES's own in a region. */
final class SmtpSes implements Ses {

    static final String USERNAME = "SMTP_USERNAME";
    static final String PASSWORD = "SMTP_PASSWORD";

    private final String description;
    private final EmailTransport transport;

    /**
     * Prepares it; no I/O but reading the certificate.
     *
     * @throws CannotStartException if credentials are missing or the certificate cannot be read
     */
    SmtpSes(Options.Smtp server, Map<String, String> environment) {
        description = "SMTP to " + server.host() + ":" + server.port();
        SmtpTransport.Builder smtp = SmtpTransport.host(server.host())
                .port(server.port())
                .credentials(SmtpCredentials.of(value(environment, USERNAME), value(environment, PASSWORD)));
        server.ca().ifPresent(file -> smtp.sslContext(trusting(file)));
        transport = smtp.build();
    }

    private static String value(Map<String, String> environment, String name) {
        String value = environment.get(name);
        if (value == null || value.isEmpty()) {
            throw new CannotStartException(
                    "--smtp needs the credentials in the environment: set " + USERNAME + " and " + PASSWORD + ".");
        }
        return value;
    }

    private static SSLContext trusting(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return trusting(in);
        } catch (IOException | IllegalArgumentException e) {
            throw new CannotStartException("--ca: '" + Text.visible(file.toString())
                    + "' is not a file of certificates in PEM: " + e.getMessage());
        }
    }

    /**
     * Trusts these certificates and no others.
     *
     * @throws IllegalArgumentException if they are none
     */
    static SSLContext trusting(InputStream in) {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            int number = 0;
            for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                trusted.setCertificateEntry("ca-" + number++, certificate);
            }
            TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public EmailTransport transport() {
        return transport;
    }

    @Override
    public TimeSource time() {
        return TimeSource.system();
    }

    @Override
    public Optional<List<String>> notifications() {
        return Optional.empty();
    }

    @Override
    public void close() {
        // The mailer owns and closes the transport.
    }
}
