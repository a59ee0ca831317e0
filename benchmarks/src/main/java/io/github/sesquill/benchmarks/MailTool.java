package io.github.sesquill.benchmarks;

import io.awspring.cloud.ses.SimpleEmailServiceMailSender;
import io.github.sesquill.SesMailer;
import io.github.sesquill.api.SesApiTransport;
import io.github.sesquill.message.EmailMessage;
import io.github.sesquill.quota.SendingQuota;
import io.github.sesquill.smtp.SmtpTransport;
import io.github.sesquill.transport.EmailTransport;
import java.net.URI;
import java.time.Duration;
import org.simplejavamail.api.email.Email;
import org.simplejavamail.api.mailer.Mailer;
import org.simplejavamail.api.mailer.config.TransportStrategy;
import org.simplejavamail.email.EmailBuilder;
import org.simplejavamail.mailer.MailerBuilder;
import org.springframework.mail.SimpleMailMessage;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ses.SesClient;
import software.amazon.awssdk.services.sesv2.SesV2Client;

/**
 * A way to send one message to a server on this machine, as its documentation shows it and with its defaults, but for the
 * time to wait for an answer, without which a table takes an hour.
 */
enum MailTool {
    SESQUILL_API("Sesquill, API") {
        @Override
        Told send(int port) {
            return told(SesApiTransport.builder()
                    .region(RawClient.REGION)
                    .endpoint(endpoint(port))
                    .readTimeout(PATIENCE)
                    .build());
        }
    },
    AWS_SDK("AWS SDK 2, SesV2Client") {
        @Override
        Told send(int port) {
            try (SesV2Client client = SesV2Client.builder()
                    .region(Region.of(RawClient.REGION))
                    .endpointOverride(endpoint(port))
                    .httpClientBuilder(Apache5HttpClient.builder().socketTimeout(PATIENCE))
                    .build()) {
                client.sendEmail(mail -> mail.fromEmailAddress(FROM)
                        .destination(to -> to.toAddresses(TO))
                        .content(content -> content.simple(simple -> simple.subject(subject -> subject.data(SUBJECT))
                                .body(body -> body.text(text -> text.data(TEXT))))));
                return Told.SENT;
            }
        }
    },
    SPRING_CLOUD_AWS("Spring Cloud AWS SES 3.4.2") {
        @Override
        Told send(int port) {
            try (SesClient client = SesClient.builder()
                    .region(Region.of(RawClient.REGION))
                    .endpointOverride(endpoint(port))
                    .httpClientBuilder(Apache5HttpClient.builder().socketTimeout(PATIENCE))
                    .build()) {
                SimpleMailMessage message = new SimpleMailMessage();
                message.setFrom(FROM);
                message.setTo(TO);
                message.setSubject(SUBJECT);
                message.setText(TEXT);
                new SimpleEmailServiceMailSender(client).send(message);
                return Told.SENT;
            }
        }
    },
    SESQUILL_SMTP("Sesquill, SMTP") {
        @Override
        Told send(int port) {
            return told(SmtpTransport.host("127.0.0.1")
                    .port(port)
                    .withoutTls()
                    .readTimeout(PATIENCE)
                    .build());
        }
    },
    SIMPLE_JAVA_MAIL("Simple Java Mail 8.12.6") {
        @Override
        Told send(int port) throws Exception {
            Email email = EmailBuilder.startingBlank()
                    .from(FROM)
                    .to(TO)
                    .withSubject(SUBJECT)
                    .withPlainText(TEXT)
                    .buildEmail();
            Mailer mailer = MailerBuilder.withSMTPServer("127.0.0.1", port)
                    .withTransportStrategy(TransportStrategy.SMTP)
                    .withSessionTimeout((int) PATIENCE.toMillis())
                    .buildMailer();
            mailer.sendMail(email).join();
            return Told.SENT;
        }
    };

    /** What the caller is told. */
    enum Told {
        SENT,
        FAILED,
        UNKNOWN
    }

    private static final Duration PATIENCE = Duration.ofMillis(300);
    private static final String FROM = "receipts@acme.example";
    private static final String TO = "jane@example.com";
    private static final String SUBJECT = "Your receipt";
    private static final String TEXT = "Thank you.";

    final String text;

    MailTool(String text) {
        this.text = text;
    }

    boolean speaksSmtp() {
        return this == SESQUILL_SMTP || this == SIMPLE_JAVA_MAIL;
    }

    HttpFault.Dialect dialect() {
        return this == SPRING_CLOUD_AWS ? HttpFault.Dialect.V1 : HttpFault.Dialect.V2;
    }

    /** Sends it; an exception is how most say that it failed. */
    abstract Told send(int port) throws Exception;

    private static URI endpoint(int port) {
        return URI.create("http://localhost:" + port);
    }

    private static Told told(EmailTransport transport) {
        try (SesMailer mailer = SesMailer.builder(transport)
                .quota(SendingQuota.of(1000, 1_000_000))
                .build()) {
            EmailMessage message =
                    EmailMessage.from(FROM).to(TO).subject(SUBJECT).text(TEXT).build();
            return mailer.trySend(message).fold(sent -> Told.SENT, notSent -> Told.FAILED, unknown -> Told.UNKNOWN);
        }
    }
}
