package io.github.sesquill.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sesquill.OpenSends;
import io.github.sesquill.SesMailer;
import io.github.sesquill.message.EmailMessage;
import io.github.sesquill.notifications.NotificationParser;
import io.github.sesquill.test.FakeSes;
import io.github.sesquill.transport.EmailTransport;
import io.github.sesquill.transport.SendOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SettlingTest {

    private final FakeSes ses = FakeSes.production().verifyIdentity("acme.example");
    private final List<String> settled = new ArrayList<>();
    private final OpenSends open =
            OpenSends.create((unknown, messageId) -> settled.add(unknown.attemptId() + " " + messageId), ses.time());
    private final Settling settling = new Settling(open);

    @Test
    void anUnknownSendTurnsOutToBeSentWhenItsEventComes() {
        SesMailer mailer = SesMailer.builder(new LosingAnswers(ses.transport()))
                .time(ses.time())
                .listener(open)
                .build();
        SendOutcome outcome = mailer.trySend(letter());
        assertThat(outcome).isInstanceOf(SendOutcome.Unknown.class);
        assertThat(open.openFor(Duration.ZERO)).hasSize(1);

        takeNotifications();

        String messageId = ses.sent().get(0).messageId();
        assertThat(settled).containsExactly(((SendOutcome.Unknown) outcome).attemptId() + " " + messageId);
        assertThat(open.openFor(Duration.ZERO)).isEmpty();
    }

    @Test
    void otherEventsSettleNothing() {
        ses.mailer().send(letter());
        takeNotifications();

        assertThat(settled).isEmpty();
    }

    private void takeNotifications() {
        ses.settle();
        NotificationParser parser = NotificationParser.create();
        ses.notifications().forEach(body -> settling.take(parser.parse(body)));
    }

    private static EmailMessage letter() {
        return EmailMessage.from("news@acme.example")
                .to("jane@example.com")
                .subject("News")
                .text("…")
                .configurationSet("mailings")
                .build();
    }

    /** SES takes every message, and no answer arrives. */
    private record LosingAnswers(EmailTransport ses) implements EmailTransport {

        @Override
        public SendOutcome send(EmailMessage message, Attempt attempt) {
            ses.send(message, attempt);
            return SendOutcome.unknown("The connection was closed before an answer.");
        }

        @Override
        public void close() {
            ses.close();
        }
    }
}
