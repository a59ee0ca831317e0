package io.github.sesquill;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sesquill.message.TemplateMailing;
import io.github.sesquill.quota.SendingQuota;
import io.github.sesquill.transport.SendOutcome;
import io.github.sesquill.transport.SendOutcome.NotSent;
import io.github.sesquill.transport.SendOutcome.Reason;
import io.github.sesquill.transport.SendOutcome.Sent;
import io.github.sesquill.transport.SendOutcome.Unknown;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Cancelling ends a send wherever it is, and what it is told is true. */
class CancelTest extends WithMailer {

    @Test
    void cancelledBeforeHandOffIsCancelled() throws Exception {
        transport.then((message, attempt) -> transport.hang(message, attempt, false));
        PendingSend send = mailer.sendAsync(ScriptedTransport.mail(1));
        transport.awaitHanging();
        send.cancel();
        assertReason(send.join(), Reason.CANCELLED);
        assertThat(transport.ledger).isEmpty();
    }

    @Test
    void cancelledAfterHandOffIsUnknown() throws Exception {
        transport.then((message, attempt) -> transport.hang(message, attempt, true));
        PendingSend send = mailer.sendAsync(ScriptedTransport.mail(1));
        transport.awaitHanging();
        send.cancel();
        assertThat(send.join()).isInstanceOf(Unknown.class);
    }

    @Test
    void cancelledInTheQueueIsCancelledAtOnce() throws Exception {
        use(mailer().concurrency(1));
        transport.then((message, attempt) -> transport.hang(message, attempt, true));
        PendingSend first = mailer.sendAsync(ScriptedTransport.mail(1));
        transport.awaitHanging();
        PendingSend second = mailer.sendAsync(ScriptedTransport.mail(2));
        second.cancel();
        assertThat(second.isDone()).isTrue();
        assertReason(second.join(), Reason.CANCELLED);
        first.cancel();
        first.join();
        mailer.close();
        assertThat(transport.attempts).hasValue(1);
    }

    @Test
    void cancelledWhileItWaitsForQuotaIsCancelled() {
        use(SesMailer.builder(transport).quota(SendingQuota.perSecond(0.001)).deadline(Duration.ofHours(1)));
        mailer.sendAsync(ScriptedTransport.mail(1)).join();
        PendingSend waiting = mailer.sendAsync(ScriptedTransport.mail(2));
        waiting.cancel();
        assertReason(waiting.join(), Reason.CANCELLED);
    }

    @Test
    void cancellingWhatHasEndedChangesNothing() {
        PendingSend send = mailer.sendAsync(ScriptedTransport.mail(1));
        SendOutcome outcome = send.join();
        send.cancel();
        assertThat(send.join()).isSameAs(outcome).isInstanceOf(Sent.class);
    }

    /** Fails every attempt so that it may be tried again in an hour; counts down after the first. */
    private CountDownLatch failsAtFirst(SendOutcome failure) {
        CountDownLatch attempted = new CountDownLatch(1);
        transport.then((message, attempt) -> attempt.handOff() ? failure : transport.take(message, attempt));
        transport.thenBatches(messages -> failure);
        use(mailer().retry(RetryPolicy.defaults().pauses(Duration.ofHours(1), Duration.ofHours(1)))
                .deadline(Duration.ofDays(1))
                .listener(new SendListener() {
                    @Override
                    public void attempted(String attemptId, SendOutcome outcome, Duration took) {
                        attempted.countDown();
                    }
                }));
        return attempted;
    }

    private static SendOutcome retryable(Reason reason) {
        return SendOutcome.notSent(reason, "not now").retryable(null);
    }

    @ParameterizedTest
    @EnumSource(names = {"THROTTLED", "UNAVAILABLE", "AUTHENTICATION"})
    void cancelledInThePauseBeforeAnotherAttemptIsCancelledAndNotToBeSentAgain(Reason reason) throws Exception {
        CountDownLatch attempted = failsAtFirst(retryable(reason));
        PendingSend send = mailer.sendAsync(ScriptedTransport.mail(1));
        attempted.await();
        send.cancel();
        assertReason(send.join(), Reason.CANCELLED);
        assertThat(((NotSent) send.join()).isRetryable()).isFalse();
        assertThat(send.join().attemptIds()).hasSize(1);
    }

    @Test
    void interruptedInThePauseBeforeAnotherAttemptIsCancelled() throws Exception {
        CountDownLatch attempted = failsAtFirst(retryable(Reason.UNAVAILABLE));
        CompletableFuture<SendOutcome> outcome = new CompletableFuture<>();
        Thread sending = new Thread(() -> outcome.complete(mailer.trySend(ScriptedTransport.mail(1))));
        sending.start();
        attempted.await();
        sending.interrupt();
        assertReason(outcome.join(), Reason.CANCELLED);
    }

    @Test
    void cancelledDuringTheLastAttemptIsNotToBeSentAgainEither() {
        use(mailer().retry(RetryPolicy.none()));
        CompletableFuture<PendingSend> pending = new CompletableFuture<>();
        transport.then((message, attempt) -> {
            attempt.handOff();
            pending.join().cancel();
            return retryable(Reason.THROTTLED);
        });
        PendingSend send = mailer.sendAsync(ScriptedTransport.mail(1));
        pending.complete(send);
        assertReason(send.join(), Reason.CANCELLED);
    }

    @Test
    void cancelledInThePauseAfterAnUnknownAttemptStaysUnknown() throws Exception {
        CountDownLatch attempted = failsAtFirst(SendOutcome.unknown("no answer"));
        PendingSend send = mailer.sendAsync(
                ScriptedTransport.mail(1), SendOptions.defaults().atLeastOnce());
        attempted.await();
        send.cancel();
        assertThat(send.join()).isInstanceOf(Unknown.class);
    }

    @Test
    void aBatchCancelledInThePauseBeforeAnotherAttemptIsCancelled() throws Exception {
        CountDownLatch attempted = failsAtFirst(retryable(Reason.THROTTLED));
        TemplateMailing mailing = TemplateMailing.from("news@acme.example")
                .template("october")
                .entries(
                        List.of("jane", "joe"),
                        name -> TemplateMailing.Entry.to(name + "@example.com").build());
        BulkSend bulk = mailer.sendAll(mailing, BulkOptions.defaults());
        attempted.await();
        bulk.cancel();
        assertThat(bulk.join().firstNotSent())
                .hasSize(2)
                .allSatisfy(result -> assertReason(result.outcome(), Reason.CANCELLED));
        assertThat(transport.batches).hasValue(1);
    }
}
