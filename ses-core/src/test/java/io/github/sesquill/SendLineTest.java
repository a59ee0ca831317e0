package io.github.sesquill;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sesquill.message.EmailMessage;
import io.github.sesquill.quota.SendingQuota;
import io.github.sesquill.time.TimeSource;
import io.github.sesquill.transport.SendOutcome;
import io.github.sesquill.transport.SendOutcome.NotSent;
import io.github.sesquill.transport.SendOutcome.Reason;
import io.github.sesquill.transport.SendOutcome.Sent;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nobody in line is told later than he could be, whoever stands before him and however long. */
@Timeout(60)
class SendLineTest {

    private static final SendOptions BULK = SendOptions.defaults().bulk();

    private final SteppedTime time = new SteppedTime();
    private final ScriptedTransport transport = new ScriptedTransport();
    private SesMailer mailer = mailer(SendingQuota.perSecond(1)).build();

    private SesMailer.Builder mailer(SendingQuota quota) {
        return SesMailer.builder(transport)
                .quota(quota)
                .deadline(Duration.ofMinutes(10))
                .time(time);
    }

    private void use(SesMailer.Builder builder) {
        mailer.close();
        mailer = builder.build();
    }

    @AfterEach
    void close() {
        mailer.close(Duration.ZERO);
    }

    /** A send on a thread of its own, which has come to wait by now. */
    private final class Waiting {

        private final CompletableFuture<SendOutcome> outcome = new CompletableFuture<>();

        Waiting(EmailMessage message, SendOptions options) {
            Thread thread = new Thread(() -> {
                outcome.complete(mailer.trySend(message, options));
            });
            thread.start();
            awaitParked(thread);
        }

        SendOutcome outcome() {
            time.stepUntil(outcome::isDone);
            return outcome.join();
        }
    }

    private static void awaitParked(Thread thread) {
        while (thread.isAlive()
                && thread.getState() != Thread.State.WAITING
                && thread.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
    }

    private static void assertReason(SendOutcome outcome, Reason reason) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        NotSent.class, notSent -> assertThat(notSent.reason()).isEqualTo(reason));
    }

    private static EmailMessage toMany(int recipients) {
        EmailMessage.Builder message =
                EmailMessage.from("news@acme.example").subject("Hello").text("Hello");
        IntStream.range(0, recipients).forEach(i -> message.to("jane" + i + "@example.com"));
        return message.build();
    }

    @Test
    void whoHasLittleTimeIsToldWhenItIsUpThoughTheHeadSleepsForLonger() {
        mailer.send(toMany(50));
        Waiting patient = new Waiting(ScriptedTransport.mail(1), SendOptions.defaults());
        Waiting hasty =
                new Waiting(ScriptedTransport.mail(2), SendOptions.defaults().deadline(Duration.ofSeconds(1)));
        time.awaitWaiterWithin(Duration.ofSeconds(1));
        time.step();
        assertReason(hasty.outcome.join(), Reason.DEADLINE);
        assertThat(patient.outcome()).isInstanceOf(Sent.class);
    }

    /** The time of this machine is awake for the last moments of a wait and gives the lock to nobody then. */
    @Test
    void aHeadThatMayNotSleepLetsWhoIsLateGo() {
        use(mailer(SendingQuota.perSecond(1)).time(TimeSource.system()));
        mailer.send(toMany(2));
        Waiting patient = new Waiting(ScriptedTransport.mail(1), SendOptions.defaults());
        Waiting hasty =
                new Waiting(ScriptedTransport.mail(2), SendOptions.defaults().deadline(Duration.ofMillis(500)));
        CompletableFuture<Boolean> wasTold = new CompletableFuture<>();
        transport.then((message, attempt) -> {
            wasTold.complete(hasty.outcome.isDone());
            return transport.take(message, attempt);
        });
        assertThat(patient.outcome.join()).isInstanceOf(Sent.class);
        assertThat(wasTold.join())
                .as("told before the head went, 2 s after it came")
                .isTrue();
        assertReason(hasty.outcome.join(), Reason.DEADLINE);
    }

    @Test
    void aFullDayIsToldAtOnceBehindABulkThatWaitsForIt() {
        use(mailer(SendingQuota.of(1, 1)));
        mailer.send(ScriptedTransport.mail(0));
        BulkSend bulk = mailer.sendAll(List.of(ScriptedTransport.mail(1)), BulkOptions.defaults());
        time.step();
        assertReason(mailer.trySend(ScriptedTransport.mail(2), BULK), Reason.DAILY_QUOTA);
        assertReason(mailer.trySend(ScriptedTransport.mail(3)), Reason.DAILY_QUOTA);
        assertThat(Duration.ofNanos(time.nanoTime())).isLessThan(Duration.ofMinutes(2));
        time.stepUntil(() -> bulk.progress().done() == 1);
        assertThat(bulk.join().sent()).isOne();
        assertThat(Duration.ofNanos(time.nanoTime())).isBetween(Duration.ofHours(24), Duration.ofHours(25));
    }

    @Test
    void aBulkWhoseTurnItIsOnAFullDayWakesWhoComesNext() {
        use(mailer(SendingQuota.of(1, 2)).bulkShare(0.5));
        mailer.send(ScriptedTransport.mail(0));
        Waiting first = new Waiting(ScriptedTransport.mail(1), SendOptions.defaults());
        time.awaitWaiterWithin(Duration.ofSeconds(2));
        mailer.sendAll(List.of(ScriptedTransport.mail(2)), BulkOptions.defaults());
        Waiting second = new Waiting(ScriptedTransport.mail(3), SendOptions.defaults());
        time.step();
        assertThat(first.outcome.join()).isInstanceOf(Sent.class);
        assertReason(second.outcome.join(), Reason.DAILY_QUOTA);
    }

    @Test
    void whatNeverFitsIntoADayIsNotWaitedForNotEvenInABulk() {
        use(mailer(SendingQuota.of(100, 40)));
        BulkSend.Report report = mailer.sendAll(List.of(toMany(50), toMany(1)), BulkOptions.defaults())
                .join();
        assertThat(report.sent()).isOne();
        assertThat(report.firstNotSent()).singleElement().satisfies(result -> {
            assertReason(result.outcome(), Reason.DAILY_QUOTA);
            assertThat(((NotSent) result.outcome()).isRetryable()).isFalse();
        });
        assertThat(time.nanoTime()).isLessThan(Duration.ofSeconds(1).toNanos());
    }
}
