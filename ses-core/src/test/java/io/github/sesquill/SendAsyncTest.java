package io.github.sesquill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.github.sesquill.transport.SendOutcome;
import io.github.sesquill.transport.SendOutcome.Reason;
import io.github.sesquill.transport.SendOutcome.Sent;
import io.github.sesquill.transport.SendOutcome.Unknown;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Sends on other threads: each ends exactly once, whatever is thrown on the way. */
class SendAsyncTest extends WithMailer {

    @Test
    void aThousandSendsEachEndOnce() {
        Set<PendingSend> told = ConcurrentHashMap.newKeySet();
        AtomicInteger times = new AtomicInteger();
        List<PendingSend> pending = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            PendingSend send = mailer.sendAsync(ScriptedTransport.mail(i));
            send.outcome().thenRun(() -> {
                told.add(send);
                times.incrementAndGet();
            });
            pending.add(send);
        }
        assertThat(pending).allSatisfy(send -> assertThat(send.join()).isInstanceOf(Sent.class));
        assertThat(mailer.close(Duration.ofSeconds(30)).isEmpty()).isTrue();
        assertThat(told).hasSize(1_000);
        assertThat(times).hasValue(1_000);
        assertThat(transport.ledger)
                .hasSize(1_000)
                .allSatisfy((to, count) -> assertThat(count).isOne());
    }

    @Test
    void nobodyElseCanCompleteTheStage() {
        PendingSend send = mailer.sendAsync(ScriptedTransport.mail(1));
        CompletableFuture<SendOutcome> copy = send.outcome().toCompletableFuture();
        copy.completeExceptionally(new IllegalStateException("a user's mistake"));
        assertThat(send.join()).isInstanceOf(Sent.class);
    }

    @Test
    void aCallbackThatThrowsSpoilsNothing() {
        PendingSend send = mailer.sendAsync(ScriptedTransport.mail(1));
        send.outcome().thenRun(() -> {
            throw new IllegalStateException("a user's mistake");
        });
        assertThat(send.join()).isInstanceOf(Sent.class);
        assertThat(mailer.sendAsync(ScriptedTransport.mail(2)).join()).isInstanceOf(Sent.class);
    }

    @Test
    void anInterceptorThatThrowsBeforeIsNotSent() {
        use(mailer().intercept((message, next) -> {
            throw new IllegalStateException("a user's mistake");
        }));
        assertReason(mailer.sendAsync(ScriptedTransport.mail(1)).join(), Reason.INVALID);
        assertThat(transport.attempts).hasValue(0);
    }

    @Test
    void anInterceptorThatThrowsAfterwardsLosesNoOutcome() {
        use(mailer().intercept((message, next) -> {
            next.proceed(message);
            throw new IllegalStateException("a user's mistake");
        }));
        assertThat(mailer.sendAsync(ScriptedTransport.mail(1)).join()).isInstanceOf(Sent.class);
    }

    @Test
    void anErrorInTheTransportIsJudgedByTheGate() {
        transport.then((message, attempt) -> {
            attempt.handOff();
            throw new StackOverflowError();
        });
        assertThat(mailer.sendAsync(ScriptedTransport.mail(1)).join()).isInstanceOf(Unknown.class);
    }

    @Test
    void listenersHearOfTheQueueAndOfEveryEnd() {
        AtomicInteger queued = new AtomicInteger();
        AtomicInteger finished = new AtomicInteger();
        use(mailer().listener(new SendListener() {
            @Override
            public void queued(int waiting) {
                queued.incrementAndGet();
                assertThat(waiting).isPositive();
            }

            @Override
            public void finished(SendOutcome outcome, Duration took) {
                finished.incrementAndGet();
                throw new IllegalStateException("a user's mistake");
            }
        }));
        for (int i = 0; i < 50; i++) {
            mailer.sendAsync(ScriptedTransport.mail(i));
        }
        mailer.close();
        assertThat(queued).hasValue(50);
        assertThat(finished).hasValue(50);
    }

    @Test
    void textSaysNoAddress() {
        PendingSend send = mailer.sendAsync(ScriptedTransport.mail(1));
        assertThatCode(send::toString).doesNotThrowAnyException();
        send.join();
        assertThat(send.toString()).startsWith("PendingSend[Sent[").doesNotContain("jane");
    }
}
