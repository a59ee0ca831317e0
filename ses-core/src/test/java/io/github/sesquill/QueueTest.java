package io.github.sesquill;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sesquill.SesMailer.WhenFull;
import io.github.sesquill.transport.SendOutcome;
import io.github.sesquill.transport.SendOutcome.Reason;
import io.github.sesquill.transport.SendOutcome.Sent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Sends that wait for a thread: only so many, and none longer than it may. */
class QueueTest extends WithMailer {

    @Test
    void aFullQueueRefusesIfItIsToldTo() throws Exception {
        use(mailer().concurrency(1).queue(2, WhenFull.REFUSE));
        transport.then((message, attempt) -> transport.hang(message, attempt, true));
        PendingSend first = mailer.sendAsync(ScriptedTransport.mail(1));
        transport.awaitHanging();
        mailer.sendAsync(ScriptedTransport.mail(2));
        mailer.sendAsync(ScriptedTransport.mail(3));
        PendingSend fourth = mailer.sendAsync(ScriptedTransport.mail(4));
        assertThat(fourth.isDone()).isTrue();
        assertReason(fourth.join(), Reason.QUEUE_FULL);
        assertThat(first.isDone()).isFalse();
    }

    @Test
    void aFullQueueWaitsIfItIsToldTo() throws Exception {
        use(mailer().concurrency(1).queue(1, WhenFull.WAIT));
        CountDownLatch go = new CountDownLatch(1);
        transport.then((message, attempt) -> {
            await(go);
            return transport.take(message, attempt);
        });
        List<PendingSend> pending = new ArrayList<>();
        Thread submitting = new Thread(() -> {
            for (int i = 0; i < 10; i++) {
                pending.add(mailer.sendAsync(ScriptedTransport.mail(i)));
            }
        });
        submitting.start();
        go.countDown();
        submitting.join();
        assertThat(pending)
                .hasSize(10)
                .allSatisfy(send -> assertThat(send.join()).isInstanceOf(Sent.class));
    }

    @Test
    void whoWaitsForAPlaceIsLateInTime() throws Exception {
        use(mailer().concurrency(1).queue(1, WhenFull.WAIT));
        transport.then((message, attempt) -> transport.hang(message, attempt, true));
        mailer.sendAsync(ScriptedTransport.mail(1));
        transport.awaitHanging();
        mailer.sendAsync(ScriptedTransport.mail(2));
        SendOutcome late = mailer.sendAsync(
                        ScriptedTransport.mail(3), SendOptions.defaults().deadline(Duration.ofMillis(20)))
                .join();
        assertReason(late, Reason.DEADLINE);
    }

    @Test
    void whatNoThreadTakesUpIsLateInTime() throws Exception {
        use(mailer().concurrency(1));
        transport.then((message, attempt) -> transport.hang(message, attempt, true));
        PendingSend hanging = mailer.sendAsync(ScriptedTransport.mail(1));
        transport.awaitHanging();
        List<PendingSend> queued = new ArrayList<>();
        for (int millis : new int[] {90, 30, 60, 30}) {
            queued.add(mailer.sendAsync(
                    ScriptedTransport.mail(millis), SendOptions.defaults().deadline(Duration.ofMillis(millis))));
        }
        assertThat(queued).allSatisfy(send -> assertReason(send.join(), Reason.DEADLINE));
        assertThat(hanging.isDone()).isFalse();
        assertThat(transport.ledger).as("none of them was sent").hasSize(1);
    }

    /** On a time of a test, which nobody can be woken by: it is looked at all the same. */
    @Test
    void whatNoThreadTakesUpIsLateOnAnyTime() throws Exception {
        SteppedTime time = new SteppedTime();
        use(mailer().concurrency(1).time(time));
        transport.then((message, attempt) -> transport.hang(message, attempt, true));
        mailer.sendAsync(ScriptedTransport.mail(1));
        transport.awaitHanging();
        PendingSend queued = mailer.sendAsync(
                ScriptedTransport.mail(2), SendOptions.defaults().deadline(Duration.ofHours(1)));
        assertThat(queued.isDone()).isFalse();
        time.pass(Duration.ofHours(1));
        assertReason(queued.join(), Reason.DEADLINE);
    }

    @Test
    void whatIsCalledBackNeverWaitsForAPlace() throws Exception {
        use(mailer().concurrency(1).queue(1, WhenFull.WAIT));
        CountDownLatch go = new CountDownLatch(1);
        transport.then((message, attempt) -> {
            await(go);
            return transport.take(message, attempt);
        });
        CompletableFuture<SendOutcome> nested = new CompletableFuture<>();
        PendingSend first = mailer.sendAsync(ScriptedTransport.mail(1));
        first.outcome().thenRun(() -> {
            mailer.sendAsync(ScriptedTransport.mail(3));
            nested.complete(mailer.sendAsync(ScriptedTransport.mail(4)).join());
        });
        go.countDown();
        assertReason(nested.get(), Reason.QUEUE_FULL);
    }

    @Test
    void whatIsCancelledGivesItsPlaceBackAtOnce() throws Exception {
        use(mailer().concurrency(1).queue(1, WhenFull.REFUSE));
        transport.then((message, attempt) -> transport.hang(message, attempt, true));
        PendingSend first = mailer.sendAsync(ScriptedTransport.mail(1));
        transport.awaitHanging();
        for (int i = 0; i < 3; i++) {
            PendingSend queued = mailer.sendAsync(ScriptedTransport.mail(2));
            queued.cancel();
            assertReason(queued.join(), Reason.CANCELLED);
        }
        assertThat(first.isDone()).isFalse();
    }
}
