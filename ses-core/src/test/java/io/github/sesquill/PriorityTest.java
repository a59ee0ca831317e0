package io.github.sesquill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sesquill.quota.SendingQuota;
import io.github.sesquill.transport.SendOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A password reset does not wait behind a newsletter, and the newsletter does not starve behind password resets. */
@Timeout(120)
class PriorityTest {

    private static final double RATE = 14;
    private static final double PERMIT_NANOS = 1e9 / (RATE * 0.995);

    private final SteppedTime time = new SteppedTime();
    private final ScriptedTransport transport = new ScriptedTransport();
    private final AtomicBoolean over = new AtomicBoolean();
    private SesMailer mailer = mailer().build();

    private SesMailer.Builder mailer() {
        return SesMailer.builder(transport)
                .quota(SendingQuota.perSecond(RATE))
                .deadline(Duration.ofDays(1))
                .time(time);
    }

    @AfterEach
    void close() {
        mailer.close(Duration.ZERO);
    }

    private BulkSend newsletter() {
        return mailer.sendAll(
                IntStream.range(0, 10_000).mapToObj(ScriptedTransport::mail).toList(), BulkOptions.defaults());
    }

    @Test
    void aTransactionalSendWaitsForTwoPermitsAtMost() throws Exception {
        newsletter();
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 60; round++) {
            for (int steps = random.nextInt(20); steps > 0; steps--) {
                time.step();
            }
            long waited = waitOfOne(100_000 + round);
            assertThat(waited / PERMIT_NANOS)
                    .as("permits waited for, seed %d, round %d", seed, round)
                    .isLessThanOrEqualTo(2.01);
        }
        assertThat(mailer.quota().quota().recipientsPerSecond()).isEqualTo(RATE);
    }

    private long waitOfOne(int number) throws InterruptedException {
        AtomicLong waited = new AtomicLong();
        AtomicBoolean done = new AtomicBoolean();
        Thread urgent = new Thread(() -> {
            long start = time.nanoTime();
            SendOutcome outcome = mailer.trySend(ScriptedTransport.mail(number));
            waited.set(outcome instanceof SendOutcome.Sent ? time.nanoTime() - start : Long.MAX_VALUE);
            done.set(true);
        });
        urgent.start();
        while (!done.get()) {
            awaitWaiting(urgent, done);
            if (!done.get()) {
                time.step();
            }
        }
        urgent.join();
        return waited.get();
    }

    private static void awaitWaiting(Thread thread, AtomicBoolean done) {
        while (!done.get()
                && thread.getState() != Thread.State.WAITING
                && thread.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.25, 0.5})
    void bulkKeepsItsShareUnderAFlood(double share) throws Exception {
        use(share);
        BulkSend newsletter = mailer.sendAll(
                IntStream.range(0, 900).mapToObj(ScriptedTransport::mail).toList(), BulkOptions.defaults());
        double got = shareUnderAFlood(List.of());
        newsletter.cancel();
        // Its threads are not waited for between two steps, and now and then none of them is in line yet.
        assertThat(got).isCloseTo(share, within(0.05));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.25, 0.5})
    void bulkKeepsItsShareWithOneSenderWhoseLaneIsEmptyAfterEachMail(double share) throws Exception {
        use(share);
        Thread bulk = endless(() ->
                mailer.trySend(ScriptedTransport.mail(1), SendOptions.defaults().bulk()));
        assertThat(shareUnderAFlood(List.of(bulk))).isCloseTo(share, within(0.02));
    }

    private void use(double bulkShare) {
        mailer.close();
        mailer = mailer().bulkShare(bulkShare).build();
    }

    private Thread endless(Runnable sends) {
        Thread thread = new Thread(() -> {
            while (!over.get()) {
                sends.run();
            }
        });
        thread.start();
        return thread;
    }

    /** Returns which part of 600 mails was not of a flood of password resets, all of them always in line. */
    private double shareUnderAFlood(List<Thread> others) throws InterruptedException {
        AtomicInteger bulk = new AtomicInteger();
        AtomicInteger all = new AtomicInteger();
        transport.then((message, attempt) -> {
            all.incrementAndGet();
            if (!ScriptedTransport.key(message).startsWith("jane9")) {
                bulk.incrementAndGet();
            }
            return transport.take(message, attempt);
        });
        List<Thread> threads = new ArrayList<>(others);
        for (int i = 0; i < 8; i++) {
            threads.add(endless(() -> mailer.trySend(ScriptedTransport.mail(900_000))));
        }
        while (all.get() < 600) {
            for (Thread thread : threads) {
                awaitWaiting(thread, over);
            }
            time.step();
        }
        double got = bulk.doubleValue() / all.get();
        over.set(true);
        mailer.close(Duration.ZERO);
        for (Thread thread : threads) {
            thread.join();
        }
        return got;
    }
}
