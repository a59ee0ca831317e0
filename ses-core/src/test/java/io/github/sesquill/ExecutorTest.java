package io.github.sesquill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.sesquill.SesMailer.WhenFull;
import io.github.sesquill.message.EmailMessage;
import io.github.sesquill.transport.SendOutcome;
import io.github.sesquill.transport.SendOutcome.Reason;
import io.github.sesquill.transport.SendOutcome.Sent;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Sends on the threads of a user's executor, whatever it does with them. */
class ExecutorTest extends WithMailer {

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

    /** As logging's MDC does, for which an executor is the place. */
    @Test
    void carriesWhatAnExecutorHandsOverToTransportListenerAndCallback() throws Exception {
        ThreadLocal<String> context = new ThreadLocal<>();
        ExecutorService two = Executors.newFixedThreadPool(2);
        try {
            ConcurrentLinkedQueue<String> seen = new ConcurrentLinkedQueue<>();
            use(mailer().executor(task -> {
                        String ofCaller = context.get();
                        two.execute(() -> {
                            context.set(ofCaller);
                            try {
                                task.run();
                            } finally {
                                context.remove();
                            }
                        });
                    })
                    .listener(new SendListener() {
                        @Override
                        public void finished(SendOutcome outcome, Duration took) {
                            seen.add("listener " + context.get());
                        }
                    }));
            transport.then((message, attempt) -> {
                seen.add("transport " + context.get());
                return transport.take(message, attempt);
            });
            CountDownLatch go = new CountDownLatch(1);
            two.execute(() -> await(go));
            two.execute(() -> await(go));
            context.set("request 17");
            CompletableFuture<Void> toldOne = mailer.sendAsync(ScriptedTransport.mail(1))
                    .outcome()
                    .thenRun(() -> seen.add("callback " + context.get()))
                    .toCompletableFuture();
            context.set("request 18");
            BulkSend bulk = mailer.sendAll(
                    List.of(ScriptedTransport.mail(2)),
                    BulkOptions.defaults().onResult(result -> seen.add("result " + context.get())));
            context.remove();
            go.countDown();
            toldOne.get();
            bulk.join();
            assertThat(seen)
                    .containsExactlyInAnyOrder(
                            "transport request 17",
                            "listener request 17",
                            "callback request 17",
                            "transport request 18",
                            "listener request 18",
                            "result request 18");
        } finally {
            two.shutdownNow();
        }
    }

    /** The one thread there is would wait for a place that only it can free. */
    @Test
    void whatIsCalledBackOnAThreadOfTheUsersDoesNotWaitForAPlace() throws Exception {
        ExecutorService one = Executors.newSingleThreadExecutor();
        try {
            use(mailer().executor(one).queue(1, WhenFull.WAIT));
            CountDownLatch go = new CountDownLatch(1);
            transport.then((message, attempt) -> {
                await(go);
                return transport.take(message, attempt);
            });
            CompletableFuture<SendOutcome> nested = new CompletableFuture<>();
            mailer.sendAsync(ScriptedTransport.mail(1)).outcome().thenRun(() -> {
                mailer.sendAsync(ScriptedTransport.mail(3));
                nested.complete(mailer.sendAsync(ScriptedTransport.mail(4)).join());
            });
            go.countDown();
            assertReason(nested.get(), Reason.QUEUE_FULL);
        } finally {
            one.shutdownNow();
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
}
