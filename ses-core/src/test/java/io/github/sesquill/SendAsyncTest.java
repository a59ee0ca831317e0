package io.github.sesquill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.sesquill.SesMailer.WhenFull;
import io.github.sesquill.message.EmailMessage;
import io.github.sesquill.quota.SendingQuota;
import io.github.sesquill.transport.SendOutcome;
import io.github.sesquill.transport.SendOutcome.NotSent;
import io.github.sesquill.transport.SendOutcome.Reason;
import io.github.sesquill.transport.SendOutcome.Sent;
import io.github.sesquill.transport.SendOutcome.Unknown;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Sends on other threads: each ends exactly once, and closing leaves nothing behind. */
@Timeout(60)
class SendAsyncTest {

    private final ScriptedTransport transport = new ScriptedTransport();
    private SesMailer mailer = mailer().build();

    private SesMailer.Builder mailer() {
        return SesMailer.builder(transport).quota(SendingQuota.perSecond(100_000));
    }

    private void use(SesMailer.Builder builder) {
        mailer.close();
        mailer = builder.build();
    }

    @AfterEach
    void close() {
        mailer.close(Duration.ZERO);
    }

    private static void assertReason(SendOutcome outcome, Reason reason) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        NotSent.class, notSent -> assertThat(notSent.reason()).isEqualTo(reason));
    }

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
    void goesThroughAnExecutorOfTheUsers() throws Exception {
        ExecutorService yours = Executors.newFixedThreadPool(2, task -> new Thread(task, "yours"));
        try {
            use(mailer().executor(yours));
            ConcurrentLinkedQueue<String> names = new ConcurrentLinkedQueue<>();
            transport.then((message, attempt) -> {
                names.add(Thread.currentThread().getName());
                return transport.take(message, attempt);
            });
            assertThat(mailer.sendAsync(ScriptedTransport.mail(1)).join()).isInstanceOf(Sent.class);
            mailer.close();
            assertThat(names).containsExactly("yours");
            assertThat(yours.isShutdown()).isFalse();
        } finally {
            yours.shutdownNow();
        }
    }

    /** Needs Java 21; on 25 no lock around I/O pins them. */
    @Test
    void goesOnVirtualThreads() throws Exception {
        Method factory;
        try {
            factory = Executors.class.getMethod("newVirtualThreadPerTaskExecutor");
        } catch (NoSuchMethodException e) {
            assumeTrue(false, "this Java has no virtual threads");
            return;
        }
        ExecutorService virtual = (ExecutorService) factory.invoke(null);
        try {
            use(mailer().executor(virtual).queue(100_000, WhenFull.REFUSE));
            List<PendingSend> pending = IntStream.range(0, 5_000)
                    .mapToObj(i -> mailer.sendAsync(ScriptedTransport.mail(i)))
                    .toList();
            BulkSend bulk = mailer.sendAll(
                    IntStream.range(5_000, 10_000).mapToObj(ScriptedTransport::mail), BulkOptions.defaults());
            assertThat(pending).allSatisfy(send -> assertThat(send.join()).isInstanceOf(Sent.class));
            assertThat(bulk.join().sent()).isEqualTo(5_000);
            assertThat(transport.ledger)
                    .hasSize(10_000)
                    .allSatisfy((to, count) -> assertThat(count).isOne());
        } finally {
            virtual.shutdown();
        }
    }

    @Test
    void anExecutorThatTakesNoMoreIsAFullQueue() {
        for (Throwable failure : List.of(
                new RejectedExecutionException("full"),
                new IllegalStateException("no context"),
                new OutOfMemoryError("unable to create native thread"))) {
            use(mailer().queue(1, WhenFull.WAIT).executor(task -> sneak(failure)));
            for (int i = 0; i < 3; i++) {
                assertReason(mailer.sendAsync(ScriptedTransport.mail(i)).join(), Reason.QUEUE_FULL);
            }
            assertThat(mailer.sendAll(List.of(ScriptedTransport.mail(1)), BulkOptions.defaults())
                            .join()
                            .stopped())
                    .hasValueSatisfying(why -> assertThat(why).contains("no thread was there"));
        }
    }

    @Test
    void aBulkGoesOnWithTheThreadsItGot() {
        AtomicInteger asked = new AtomicInteger();
        use(mailer().executor(task -> {
            if (asked.incrementAndGet() > 2) {
                throw new IllegalStateException("no more than two");
            }
            new Thread(task).start();
        }));
        List<EmailMessage> mails =
                IntStream.range(0, 200).mapToObj(ScriptedTransport::mail).toList();
        assertThat(mailer.sendAll(mails, BulkOptions.defaults()).join().sent()).isEqualTo(200);
        assertThat(asked).hasValueGreaterThan(2);
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void sneak(Throwable failure) throws T {
        throw (T) failure;
    }

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

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
