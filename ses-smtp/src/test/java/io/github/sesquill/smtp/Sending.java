package io.github.sesquill.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sesquill.message.EmailMessage;
import io.github.sesquill.transport.SendOutcome;
import io.github.sesquill.transport.SendOutcome.Reason;
import java.time.Duration;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;

/** What the tests of this package send, how, and what they expect of it. */
final class Sending {

    /** Short enough to wait for, long enough for a busy machine to answer in. */
    static final Duration SOON = Duration.ofMillis(600);

    static final Duration LATER = Duration.ofSeconds(20);

    private Sending() {}

    static EmailMessage message() {
        return draft().build();
    }

    static EmailMessage.Builder draft() {
        return EmailMessage.from("acme@acme.example")
                .to("a@example.com")
                .subject("Hello")
                .text("Hi.");
    }

    /** Speaks in clear to a server of the test, with credentials, and waits long. */
    static SmtpTransport.Builder to(ScriptedSmtp server) {
        return SmtpTransport.host("localhost")
                .port(server.port())
                .withoutTls()
                .drainLimit(Duration.ZERO)
                .readTimeout(LATER)
                .writeTimeout(LATER)
                .credentials(SmtpCredentials.of("user", "canary"));
    }

    static SmtpTransport.Builder overStartTls(ScriptedSmtp server, SSLContext trusted) {
        return overTls(server, trusted).startTls();
    }

    static SmtpTransport.Builder overTls(ScriptedSmtp server, SSLContext trusted) {
        return SmtpTransport.host("localhost")
                .port(server.port())
                .sslContext(trusted)
                .drainLimit(Duration.ZERO)
                .readTimeout(LATER)
                .writeTimeout(LATER)
                .credentials(SmtpCredentials.of("user", "canary"));
    }

    static Consumer<SendOutcome> sent() {
        return outcome -> assertThat(outcome).isInstanceOf(SendOutcome.Sent.class);
    }

    static Consumer<SendOutcome> sentAs(String messageId) {
        return outcome -> assertThat(outcome)
                .isInstanceOfSatisfying(
                        SendOutcome.Sent.class,
                        sent -> assertThat(sent.messageId()).isEqualTo(messageId));
    }

    static Consumer<SendOutcome> unknown() {
        return outcome -> assertThat(outcome)
                .isInstanceOfSatisfying(
                        SendOutcome.Unknown.class,
                        unknown -> assertThat(unknown.accepted()).isFalse());
    }

    static Consumer<SendOutcome> acceptedWithoutId() {
        return outcome -> assertThat(outcome)
                .isInstanceOfSatisfying(
                        SendOutcome.Unknown.class,
                        unknown -> assertThat(unknown.accepted()).isTrue());
    }

    static Consumer<SendOutcome> forGood(Reason reason) {
        return notSent(reason, false);
    }

    static Consumer<SendOutcome> forNow(Reason reason) {
        return notSent(reason, true);
    }

    private static Consumer<SendOutcome> notSent(Reason reason, boolean retryable) {
        return outcome -> assertThat(outcome).isInstanceOfSatisfying(SendOutcome.NotSent.class, notSent -> {
            assertThat(notSent.reason()).as(notSent.detail()).isEqualTo(reason);
            assertThat(notSent.isRetryable())
                    .as("retryable: " + notSent.detail())
                    .isEqualTo(retryable);
            assertThat(notSent.detail()).doesNotContain("canary");
        });
    }
}
