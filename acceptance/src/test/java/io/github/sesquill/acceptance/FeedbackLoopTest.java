package io.github.sesquill.acceptance;

import static io.github.sesquill.test.SesAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sesquill.SesMailer;
import io.github.sesquill.message.EmailAddress;
import io.github.sesquill.message.EmailMessage;
import io.github.sesquill.notifications.NotificationParser;
import io.github.sesquill.notifications.SesNotification;
import io.github.sesquill.suppression.Suppression;
import io.github.sesquill.suppression.SuppressionList;
import io.github.sesquill.test.FakeSes;
import io.github.sesquill.test.FakeSesExtension;
import io.github.sesquill.transport.SendOutcome;
import io.github.sesquill.transport.SendOutcome.NotSent;
import io.github.sesquill.transport.SendOutcome.Reason;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From a message to what SES says of it, and from there to the next message that leaves somebody out. */
@ExtendWith(FakeSesExtension.class)
class FeedbackLoopTest {

    private static final String BOUNCE = "bounce@simulator.amazonses.com";
    private static final String COMPLAINT = "complaint@simulator.amazonses.com";
    private static final String AWAY = "ooto@simulator.amazonses.com";

    private final NotificationParser parser = NotificationParser.create();
    private final SuppressionList suppressions = SuppressionList.inMemory();

    @BeforeEach
    void verify(FakeSes ses) {
        ses.verifyIdentity("acme.example");
    }

    private static EmailMessage.Builder letter(String... recipients) {
        return EmailMessage.from("News <news@acme.example>")
                .to(recipients)
                .subject("News")
                .text("All is well.");
    }

    private void suppress(String notification) {
        SesNotification parsed = parser.parse(notification);
        if (parsed instanceof SesNotification.Bounce bounce && bounce.isPermanent()) {
            bounce.recipients().forEach(r -> suppressions.add(r.address(), Suppression.Reason.BOUNCE));
        }
        if (parsed instanceof SesNotification.Complaint complaint && !complaint.isNotSpam()) {
            complaint.recipients().forEach(r -> suppressions.add(r.address(), Suppression.Reason.COMPLAINT));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void leavesOutWhoBouncedOrComplained(boolean configured, FakeSes ses) {
        ses.onNotification(this::suppress);
        EmailMessage.Builder draft = letter(BOUNCE, COMPLAINT, AWAY, "jane@example.com");
        EmailMessage message = configured ? draft.configurationSet("news").build() : draft.build();
        try (SesMailer mailer = SesMailer.builder(ses.transport())
                .time(ses.time())
                .suppressionList(suppressions)
                .build()) {
            mailer.send(message);
            ses.settle();

            SendOutcome.Sent second = mailer.send(message);
            assertThat(second.suppressed()).extracting(EmailAddress::address).containsExactly(BOUNCE, COMPLAINT);
            assertThat(ses).hasSent(2).last().isTo(AWAY).isTo("jane@example.com");
            assertThat(((NotSent) mailer.trySend(letter(BOUNCE).build())).reason())
                    .isEqualTo(Reason.SUPPRESSED);
        }
    }

    @Test
    void findsTheAttemptAndTheMessageInEveryEvent(FakeSes ses) {
        SendOutcome.Sent sent = ses.mailer()
                .send(letter(AWAY, BOUNCE, COMPLAINT)
                        .tag("kind", "news")
                        .configurationSet("news")
                        .build());

        List<SesNotification> events = ses.settle().stream().map(parser::parse).toList();

        assertThat(events)
                .extracting(SesNotification::type)
                .containsExactlyInAnyOrder("Send", "Delivery", "Bounce", "Bounce", "Complaint");
        assertThat(events).allSatisfy(event -> {
            assertThat(event.mail().messageId()).contains(sent.messageId());
            assertThat(event.mail().tag("sesquill-attempt"))
                    .contains(sent.attemptIds().get(0));
            assertThat(event.mail().tag("kind")).contains("news");
            assertThat(event.mail().configurationSet()).contains("news");
            assertThat(event.mail().timestamp()).contains(ses.sent().get(0).at());
            assertThat(event.mail().sourceAddress()).contains("news@acme.example");
        });
        assertThat(events)
                .filteredOn(event -> event instanceof SesNotification.Bounce bounce && bounce.isOutOfOffice())
                .hasSize(1);
    }
}
