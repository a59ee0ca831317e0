package io.github.sesquill.acceptance;

import io.github.sesquill.SesMailer;
import io.github.sesquill.message.Attachment;
import io.github.sesquill.message.EmailMessage;
import io.github.sesquill.quota.SendingQuota;
import io.github.sesquill.smtp.SmtpCredentials;
import io.github.sesquill.smtp.SmtpTransport;
import java.nio.file.Path;
import java.time.Duration;

/** Sends one file over SMTP, in a process of its own whose heap a test chooses: {@code PORT FILE}. */
final class LargeBySmtp {

    private LargeBySmtp() {}

    public static void main(String[] arguments) {
        Attachment file = Attachment.of(Path.of(arguments[1]));
        try (SesMailer mailer = SesMailer.builder(SmtpTransport.host("localhost")
                        .port(Integer.parseInt(arguments[0]))
                        .withoutTls()
                        .totalTimeout(Duration.ofMinutes(5))
                        .credentials(SmtpCredentials.of("user", "password"))
                        .build())
                .quota(SendingQuota.perSecond(10))
                .deadline(Duration.ofMinutes(5))
                .build()) {
            EmailMessage message = EmailMessage.from("acme@acme.example")
                    .to("jane@example.com")
                    .subject("Large")
                    .text("Hi.")
                    .attach(file)
                    .build();
            System.out.println(mailer.trySend(message));
        }
    }
}
