package io.github.sesquill.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sesquill.SesMailer;
import io.github.sesquill.message.EmailMessage;
import io.github.sesquill.suppression.Suppression;
import io.github.sesquill.suppression.SuppressionList;
import io.github.sesquill.test.FakeSes;
import io.github.sesquill.transport.SendOutcome;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MailMetersTest {

    private final FakeSes ses = FakeSes.sandbox().verifyIdentity("acme.example").verifyIdentity("example.com");
    private final SuppressionList suppressions = SuppressionList.inMemory();
    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final SesMailer mailer = SesMailer.builder(ses.transport())
            .time(ses.time())
            .suppressionList(suppressions)
            .listener(new MailMeters(registry))
            .build();

    @Test
    void showWhatBecameOfSendsAndAttempts() {
        suppressions.add("john@example.com", Suppression.Reason.COMPLAINT);
        ses.enqueue(SendOutcome.unknown("silence"));
        mailer.trySend(to("jane@example.com"));
        mailer.trySend(to("jane@example.com"));
        mailer.trySend(to("john@example.com"));

        assertThat(sends("sent", "none")).isEqualTo(1);
        assertThat(sends("unknown", "none")).isEqualTo(1);
        assertThat(sends("not sent", "suppressed")).isEqualTo(1);
        assertThat(registry.counter("ses.suppressed").count()).isEqualTo(1);
        assertThat(registry.find("ses.attempt").timers().stream()
                        .mapToLong(timer -> timer.count())
                        .sum())
                .isEqualTo(2);
    }

    @Test
    void showHowManySendsWaitForAThread() {
        mailer.sendAsync(to("jane@example.com")).join();

        assertThat(registry.summary("ses.queue").count()).isEqualTo(1);
        assertThat(registry.summary("ses.queue").max()).isEqualTo(1);
    }

    @Test
    void showHowLongMailWaitsForQuota() {
        mailer.trySend(to("jane@example.com"));
        mailer.trySend(to("jane@example.com"));

        assertThat(registry.timer("ses.quota.wait").count()).isEqualTo(1);
        assertThat(registry.timer("ses.quota.wait").totalTime(TimeUnit.SECONDS)).isBetween(1.0, 1.1);
    }

    private long sends(String outcome, String reason) {
        return registry.timer("ses.send", "outcome", outcome, "reason", reason).count();
    }

    private static EmailMessage to(String address) {
        return EmailMessage.from("news@acme.example")
                .to(address)
                .subject("News")
                .text("…")
                .build();
    }
}
