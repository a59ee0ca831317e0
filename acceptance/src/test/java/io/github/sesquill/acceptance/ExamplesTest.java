package io.github.sesquill.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sesquill.SesMailer;
import io.github.sesquill.message.EmailMessage;
import io.github.sesquill.notifications.NotificationParser;
import io.github.sesquill.notifications.SesNotification;
import io.github.sesquill.suppression.Suppression;
import io.github.sesquill.suppression.SuppressionList;
import io.github.sesquill.test.FakeSes;
import io.github.sesquill.transport.SendOutcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of the papers, which must compile and run as they stand there. */
class ExamplesTest {

    private final FakeSes ses = FakeSes.production().verifyIdentity("acme.example");

    @Test
    void sendsAReceiptWithALogoAndAnAttachment(@TempDir Path folder) throws Exception {
        Path logo = Files.write(folder.resolve("logo.png"), new byte[] {1});
        Path receipt = Files.write(folder.resolve("receipt.pdf"), new byte[] {2});
        try (SesMailer mailer = ses.mailer()) {
            SendOutcome.Sent sent = mailer.send(EmailMessage.from("Acme <receipts@acme.example>")
                    .to("Jane Doe <jane@example.com>")
                    .subject("Your receipt")
                    .text("Thank you.")
                    .html("<p>Thank you. <img src=\"cid:logo\"></p>")
                    .inline("logo", logo)
                    .attach(receipt)
                    .tag("kind", "receipt")
                    .configurationSet("transactional")
                    .build());
            System.out.println(sent.messageId());
            assertThat(sent.wireMessageId()).contains(sent.messageId());
        }
    }

    @Test
    void makesAMailerOfDefaultsWithoutAnyInputOrOutput() {
        SesMailer.create().close();
    }

    @Test
    void tellsWhatBecameOfAMessageWithoutAnException() {
        Instant tomorrow = ses.time().instant().plus(Duration.ofDays(1));
        List<Optional<Instant>> later = new ArrayList<>();
        List<String> investigated = new ArrayList<>();
        ses.enqueue(SendOutcome.unknown("the answer was lost"));
        ses.enqueue(SendOutcome.notSent(SendOutcome.Reason.DAILY_QUOTA, "the day is full")
                .retryable(tomorrow));
        for (int i = 0; i < 2; i++) {
            SendOutcome outcome = ses.mailer().trySend(to("jane@example.com"));
            if (outcome instanceof SendOutcome.NotSent n && n.isRetryable()) {
                later.add(n.retryAt());
            }
            if (outcome instanceof SendOutcome.Unknown u) {
                investigated.add(u.attemptId());
                assertThat(u.attemptIds()).containsExactly(u.attemptId());
            }
        }
        assertThat(later).containsExactly(Optional.of(tomorrow));
        assertThat(investigated).hasSize(1);
    }

    @Test
    void suppressesWhatBouncedAndLeavesItOutNextTime() {
        SuppressionList suppressions = SuppressionList.inMemory();
        ses.mailer().send(to("bounce@simulator.amazonses.com"));
        ses.settle();
        for (String body : ses.notifications()) {
            SesNotification n = NotificationParser.create().parse(body);
            if (n instanceof SesNotification.Bounce b && b.isPermanent()) {
                b.recipients().forEach(r -> suppressions.add(r.address(), Suppression.Reason.BOUNCE));
            }
        }
        SesMailer careful = SesMailer.builder(ses.transport())
                .time(ses.time())
                .suppressionList(suppressions)
                .build();
        SendOutcome.NotSent outcome = (SendOutcome.NotSent) careful.trySend(to("bounce@simulator.amazonses.com"));
        assertThat(outcome.reason()).isEqualTo(SendOutcome.Reason.SUPPRESSED);
    }

    private static EmailMessage to(String address) {
        return EmailMessage.from("Acme <news@acme.example>")
                .to(address)
                .subject("News")
                .text("…")
                .build();
    }
}
