package io.github.sesquill.examples;

import io.github.sesquill.api.SesApiTransport;
import io.github.sesquill.local.LocalSes;
import io.github.sesquill.smtp.SmtpCredentials;
import io.github.sesquill.smtp.SmtpTransport;
import io.github.sesquill.time.TimeSource;
import io.github.sesquill.transport.EmailTransport;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.sesv2.SesV2Client;

/** A SES on this machine, reached over the wire as Amazon's is, with an inbox to look at. */
final class LocalInbox implements Ses {

    private static final String REGION = "eu-west-1";
    private static final Duration FOR_NOTIFICATIONS = Duration.ofMinutes(1);

    private final LocalSes local;
    private final SesV2Client client;
    private final String description;

    LocalInbox(Options options) {
        LocalSes.Builder builder = LocalSes.builder()
                .region(REGION)
                .verify(options.from().address())
                .configurationSet(options.configurationSet());
        local = options.sandbox() ? builder.sandbox().start() : builder.start();
        client = RemoteSes.client(local.endpoint(), REGION);
        description = "a local SES, first by its API and then by SMTP, "
                + (options.sandbox() ? "an account in the sandbox" : "a production account");
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public EmailTransport transport() {
        return SesApiTransport.using(client);
    }

    @Override
    public Optional<EmailTransport> smtp() {
        InputStream certificate =
                new ByteArrayInputStream(local.certificatePem().getBytes(StandardCharsets.US_ASCII));
        return Optional.of(SmtpTransport.host("localhost")
                .port(local.smtpPort())
                .startTls()
                .sslContext(SmtpSes.trusting(certificate))
                .credentials(SmtpCredentials.of(local.smtpUser(), local.smtpPassword()))
                .build());
    }

    @Override
    public Optional<URI> inbox() {
        return Optional.of(local.endpoint());
    }

    @Override
    public TimeSource time() {
        return TimeSource.system();
    }

    @Override
    public Optional<List<String>> notifications() {
        try {
            return Optional.of(local.settle(FOR_NOTIFICATIONS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of(local.notifications());
        }
    }

    @Override
    public void close() {
        client.close();
        local.close();
    }
}
