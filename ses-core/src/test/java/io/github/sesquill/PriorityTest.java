package io.github.sesquill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sesquill.quota.SendingQuota;
import io.github.sesquill.transport.SendOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
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
        assertThatNobodyUrgentWaitsForMoreThanTwoPermits();
    }

    @Test
    void aTransactionalSendWaitsForTwoPermitsAtMostThoughManyOfBulkWaitInLine() throws Exception {
        List<Thread> bulk = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            bulk.add(endless(() -> mailer.trySend(
                    ScriptedTransport.mail(1), SendOptions.defaults().bulk())));
        }
        for (Thread thread : bulk) {
            awaitInLine(thread, over);
        }
        assertThatNobodyUrgentWaitsForMoreThanTwoPermits();
        over.set(true);
        mailer.close(Duration.ZERO);
        for (Thread thread : bulk) {
            thread.join();
        }
    }

    private void assertThatNobodyUrgentWaitsForMoreThanTwoPermits() throws InterruptedException {
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
            awaitInLine(urgent, done);
            if (!done.get()) {
                time.step();
            }
        }
        urgent.join();
        return waited.get();
    }

    private static void awaitInLine(Thread thread, AtomicBoolean done) {
        await(() -> done.get() || isInLine(thread));
    }

    private static void await(BooleanSupplier happened) {
        while (!happened.getAsBoolean()) {
            Thread.onSpinWait();
        }
    }

    /** A thread that is stopped by the lock of the line waits too, but for something that is no condition. */
    private static boolean isInLine(Thread thread) {
        return LockSupport.getBlocker(thread) instanceof Condition;
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.25, 0.5})
    void bulkKeepsItsShareUnderAFlood(double share) throws Exception {
        List<Thread> ofBulk = new CopyOnWriteArrayList<>();
        use(mailer().bulkShare(share).executor(task -> ofBulk.add(started(task))));
        mailer.sendAll(IntStream.range(0, 900).mapToObj(ScriptedTransport::mail).toList(), BulkOptions.defaults());
        assertThat(shareUnderAFlood(() -> ofBulk.stream().anyMatch(PriorityTest::isInLine)))
                .isCloseTo(share, within(0.02));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.25, 0.5})
    void bulkKeepsItsShareWithOneSenderWhoseLaneIsEmptyAfterEachMail(double share) throws Exception {
        use(mailer().bulkShare(share));
        Thread bulk = endless(() ->
                mailer.trySend(ScriptedTransport.mail(1), SendOptions.defaults().bulk()));
        assertThat(shareUnderAFlood(() -> isInLine(bulk))).isCloseTo(share, within(0.02));
        bulk.join();
    }

    private void use(SesMailer.Builder other) {
        mailer.close();
        mailer = other.build();
    }

    private Thread endless(Runnable sends) {
        return started(() -> {
            while (!over.get()) {
                sends.run();
            }
        });
    }

    private static Thread started(Runnable task) {
        Thread thread = new Thread(task);
        thread.start();
        return thread;
    }

    /** Returns which part of 600 mails was not of a flood of password resets, all of them and bulk always in line. */
    private double shareUnderAFlood(BooleanSupplier bulkIsInLine) throws InterruptedException {
        AtomicInteger bulk = new AtomicInteger();
        AtomicInteger all = new AtomicInteger();
        transport.then((message, attempt) -> {
            all.incrementAndGet();
            if (!ScriptedTransport.key(message).startsWith("jane9")) {
                bulk.incrementAndGet();
            }
            return transport.take(message, attempt);
        });
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            threads.add(endless(() -> mailer.trySend(ScriptedTransport.mail(900_000))));
        }
        for (int step = 1; step <= 600; step++) {
            for (Thread thread : threads) {
                awaitInLine(thread, over);
            }
            await(bulkIsInLine);
            int gone = all.get();
            time.step();
            await(() -> all.get() > gone);
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
