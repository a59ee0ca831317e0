package io.github.sesquill.test;

import io.github.sesquill.message.EmailMessage;
import io.github.sesquill.transport.EmailTransport;
import io.github.sesquill.transport.SendOutcome;
import java.time.Duration;

/** Messages to send, and an attempt of one without a mailer. */
final class Messages {

    private Messages() {}

    static EmailMessage to(String... recipients) {
        return draft(recipients).build();
    }

    static EmailMessage.Builder draft(String... recipients) {
        return EmailMessage.from("Acme <hello@acme.example>")
                .to(recipients)
                .subject("Welcome")
                .text("Hello Jane")
                .html("<p>Hello Jane</p>");
    }

    static EmailMessage toMany(int recipients) {
        String[] addresses = new String[recipients];
        for (int i = 0; i < recipients; i++) {
            addresses[i] = "reader" + i + "@example.com";
        }
        return to(addresses);
    }

    /** Makes one attempt past every guard of a mailer. */
    static SendOutcome attempt(FakeSes ses, EmailMessage message) {
        return ses.transport().send(message, new Open("attempt-1", true));
    }

    static SendOutcome.NotSent refusal(FakeSes ses, EmailMessage message) {
        return (SendOutcome.NotSent) attempt(ses, message);
    }

    record Open(String id, boolean handOff) implements EmailTransport.Attempt {

        @Override
        public Duration remaining() {
            return Duration.ofHours(1);
        }

        @Override
        public void onAbort(Runnable breakOff) {}
    }
}
