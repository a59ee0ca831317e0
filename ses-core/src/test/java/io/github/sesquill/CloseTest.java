package io.github.sesquill;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sesquill.transport.SendOutcome;
import io.github.sesquill.transport.SendOutcome.Reason;
import io.github.sesquill.transport.SendOutcome.Unknown;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Closing a mailer ends what is under way, says what was left and leaves nothing behind. */
class CloseTest extends WithMailer {

    @Test
    void closingEndsWhatAnExecutorNeverRuns() {
        use(mailer().executor(task -> {}));
        PendingSend send = mailer.sendAsync(ScriptedTransport.mail(1));
        Leftover left = mailer.close(Duration.ofMillis(10));
        assertThat(left.cancelled()).isOne();
        assertReason(send.join(), Reason.CANCELLED);
    }

    @Test
    void closingRefusesNewWorkAndSaysWhatWasLeft() throws Exception {
        use(mailer().concurrency(1));
        transport.then((message, attempt) -> transport.hang(message, attempt, true));
        PendingSend hanging = mailer.sendAsync(ScriptedTransport.mail(1));
        transport.awaitHanging();
        PendingSend queued = mailer.sendAsync(ScriptedTransport.mail(2));
        Leftover left = mailer.close(Duration.ofMillis(10));
        assertThat(left.brokenOff()).isOne();
        assertThat(left.cancelled()).isOne();
        assertThat(hanging.join()).isInstanceOf(Unknown.class);
        assertReason(queued.join(), Reason.CANCELLED);
        assertReason(mailer.sendAsync(ScriptedTransport.mail(3)).join(), Reason.CANCELLED);
        assertThat(transport.closed).isTrue();
    }

    @Test
    void closingWaitsForCallbacks() throws Exception {
        CountDownLatch attached = new CountDownLatch(1);
        CountDownLatch telling = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        List<String> order = new CopyOnWriteArrayList<>();
        // Told on the thread that attaches it if the send were over by then, and that thread has more to do.
        transport.then((message, attempt) -> {
            await(attached);
            return transport.take(message, attempt);
        });
        mailer.sendAsync(ScriptedTransport.mail(1)).outcome().thenRun(() -> {
            telling.countDown();
            await(go);
            order.add("told");
        });
        attached.countDown();
        telling.await();
        Thread closing = new Thread(() -> {
            mailer.close(Duration.ofSeconds(30));
            order.add("closed");
        });
        closing.start();
        while (closing.getState() != Thread.State.TIMED_WAITING && closing.isAlive()) {
            Thread.onSpinWait();
        }
        go.countDown();
        closing.join();
        assertThat(order).containsExactly("told", "closed");
    }

    @Test
    void aCallbackMayCloseTheMailer() {
        PendingSend send = mailer.sendAsync(ScriptedTransport.mail(1));
        CompletableFuture<Leftover> closed = send.outcome()
                .thenApply(outcome -> mailer.close(Duration.ofMinutes(5)))
                .toCompletableFuture();
        assertThat(closed.join().isEmpty()).isTrue();
    }

    @Test
    void closingLeavesNoThread() {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        for (int i = 0; i < 200; i++) {
            mailer.sendAsync(ScriptedTransport.mail(i));
        }
        mailer.close();
        Set<Thread> left = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !before.contains(thread) && thread.getName().startsWith("sesquill"))
                .collect(Collectors.toSet());
        assertThat(left).isEmpty();
    }

    @Test
    void aTransportThatCannotBeBrokenOffKeepsNothingElseFromBeingClosed() throws Exception {
        CountDownLatch handedOver = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        transport.then((message, attempt) -> {
            transport.take(message, attempt);
            attempt.onAbort(() -> {
                go.countDown();
                throw new IllegalStateException("a transport's mistake");
            });
            handedOver.countDown();
            await(go);
            return SendOutcome.unknown("broken off");
        });
        PendingSend send = mailer.sendAsync(ScriptedTransport.mail(1));
        handedOver.await();
        assertThat(mailer.close(Duration.ZERO).brokenOff()).isOne();
        assertThat(send.join()).isInstanceOf(Unknown.class);
        assertThat(transport.closed).isTrue();
    }

    @Test
    void aListenerMayCloseTheMailer() {
        List<Leftover> left = new CopyOnWriteArrayList<>();
        SendListener closing = new SendListener() {
            @Override
            public void finished(SendOutcome outcome, Duration took) {
                left.add(mailer.close(Duration.ofMinutes(5)));
            }
        };
        use(mailer().listener(closing));
        mailer.trySend(ScriptedTransport.mail(1));
        use(mailer().listener(closing));
        mailer.sendAsync(ScriptedTransport.mail(2)).join();
        assertThat(left)
                .hasSize(2)
                .allSatisfy(nothing -> assertThat(nothing.isEmpty()).isTrue());
    }
}
