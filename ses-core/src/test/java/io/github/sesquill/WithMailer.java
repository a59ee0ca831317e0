package io.github.sesquill;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sesquill.quota.SendingQuota;
import io.github.sesquill.transport.SendOutcome;
import io.github.sesquill.transport.SendOutcome.NotSent;
import io.github.sesquill.transport.SendOutcome.Reason;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/** A test with a mailer over a transport that does what it is told, and a quota that holds nothing up. */
@Timeout(60)
abstract class WithMailer {

    final ScriptedTransport transport = new ScriptedTransport();
    SesMailer mailer = mailer().build();

    SesMailer.Builder mailer() {
        return SesMailer.builder(transport).quota(SendingQuota.perSecond(100_000));
    }

    void use(SesMailer.Builder builder) {
        mailer.close();
        mailer = builder.build();
    }

    @AfterEach
    void close() {
        mailer.close(Duration.ZERO);
    }

    static void assertReason(SendOutcome outcome, Reason reason) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        NotSent.class, notSent -> assertThat(notSent.reason()).isEqualTo(reason));
    }

    static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
