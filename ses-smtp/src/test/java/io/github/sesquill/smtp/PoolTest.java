package io.github.sesquill.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sesquill.smtp.ScriptedSmtp.Step;
import io.github.sesquill.smtp.ScriptedSmtp.Verb;
import io.github.sesquill.transport.SendOutcome;
import io.github.sesquill.transport.SendOutcome.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How many connections there are, how long they are kept, and what happens to those who wait for one. */
class PoolTest {

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final TestTime time = new TestTime();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    private static SendOutcome send(SmtpTransport transport) {
        return transport.send(Sending.message(), new TestAttempt());
    }

    /** Holds every message at its end until the latch opens, and counts how many are there at once. */
    private static Step holding(CountDownLatch open, AtomicInteger now, AtomicInteger most) {
        return (peer, good) -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            await(open);
            now.decrementAndGet();
            peer.say(good);
        };
    }

    private static void await(CountDownLatch open) {
        try {
            open.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void thereAreNeverMoreThanAllowed() throws Exception {
        CountDownLatch open = new CountDownLatch(1);
        AtomicInteger most = new AtomicInteger();
        AtomicInteger now = new AtomicInteger();
        try (ScriptedSmtp server = ScriptedSmtp.start().at(Verb.DOT, holding(open, now, most));
                SmtpTransport transport = Sending.to(server).maxConnections(3).build()) {
            List<Future<SendOutcome>> all = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                all.add(threads.submit(() -> send(transport)));
            }
            await(() -> now.get() == 3);
            open.countDown();
            for (Future<SendOutcome> one : all) {
                Sending.sent().accept(one.get());
            }
            assertThat(most).hasValue(3);
            assertThat(server.connections()).isEqualTo(3);
        }
    }

    /** Who gives a connection back is awake, and who waits for it must wake up first. */
    @Test
    void whoWaitsForOneGetsItBeforeHimWhoGaveItBackAndAsksAgain() throws Exception {
        CountDownLatch open = new CountDownLatch(1);
        AtomicInteger now = new AtomicInteger();
        try (ScriptedSmtp server = ScriptedSmtp.start().at(Verb.DOT, holding(open, now, new AtomicInteger()));
                SmtpTransport transport = Sending.to(server).maxConnections(1).build()) {
            Future<SendOutcome> first = threads.submit(() -> {
                transport.send(Sending.draft().subject("first").build(), new TestAttempt());
                return transport.send(Sending.draft().subject("third").build(), new TestAttempt());
            });
            await(() -> now.get() == 1);
            AtomicReference<Thread> waiting = new AtomicReference<>();
            Future<SendOutcome> second = threads.submit(() -> {
                waiting.set(Thread.currentThread());
                return transport.send(Sending.draft().subject("second").build(), new TestAttempt());
            });
            await(() -> waiting.get() != null && LockSupport.getBlocker(waiting.get()) instanceof Condition);
            open.countDown();
            Sending.sent().accept(first.get());
            Sending.sent().accept(second.get());
            assertThat(server.messages().stream().map(PoolTest::subject)).containsExactly("first", "second", "third");
        }
    }

    private static String subject(byte[] message) {
        return new String(message, StandardCharsets.US_ASCII)
                .lines()
                .filter(line -> line.startsWith("Subject: "))
                .map(line -> line.substring(9))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void oneThatWasIdleForFiveSecondsIsLeftByItself() throws IOException {
        try (ScriptedSmtp server = ScriptedSmtp.start();
                SmtpTransport transport = Sending.to(server).time(time).build()) {
            Sending.sent().accept(send(transport));
            time.pass(Duration.ofMillis(5_001));
            await(() -> server.commands().contains("QUIT"));
            Sending.sent().accept(send(transport));
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    void oneThatWasIdleForASecondIsAskedForASignOfLife() throws IOException {
        try (ScriptedSmtp server = ScriptedSmtp.start();
                SmtpTransport transport = Sending.to(server).time(time).build()) {
            send(transport);
            send(transport);
            assertThat(server.commands()).doesNotContain("NOOP");
            time.pass(Duration.ofMillis(1_001));
            send(transport);
            assertThat(server.commands()).containsOnlyOnce("NOOP");
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void oneIsNotUsedForLongerThanAMinute() throws IOException {
        try (ScriptedSmtp server = ScriptedSmtp.start();
                SmtpTransport transport = Sending.to(server).time(time).build()) {
            for (int i = 0; i < 16; i++) {
                Sending.sent().accept(send(transport));
                time.pass(Duration.ofSeconds(4));
            }
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    void tooManyConnectionsMeansFewerForAWhile() throws Exception {
        CountDownLatch open = new CountDownLatch(1);
        AtomicInteger most = new AtomicInteger();
        AtomicInteger now = new AtomicInteger();
        try (ScriptedSmtp server = ScriptedSmtp.start()
                        .at(Verb.DOT, holding(open, now, most))
                        .at(
                                Verb.BANNER,
                                2,
                                1_000,
                                ScriptedSmtp.replyAndClose("421 Too many concurrent SMTP connections"));
                SmtpTransport transport =
                        Sending.to(server).time(time).maxConnections(8).build()) {
            List<Future<SendOutcome>> all = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                all.add(threads.submit(() -> send(transport)));
            }
            await(() -> now.get() == 2);
            open.countDown();
            for (Future<SendOutcome> one : all) {
                Sending.sent().accept(one.get());
            }
            assertThat(most).as("messages at once").hasValue(2);
            assertThat(server.messages()).hasSize(8);
        }
    }

    @Test
    void halfAMinuteAfterThatOneMoreIsTried() throws Exception {
        AtomicReference<CountDownLatch> open = new AtomicReference<>(new CountDownLatch(1));
        AtomicInteger now = new AtomicInteger();
        Step held = (peer, good) -> {
            now.incrementAndGet();
            await(Objects.requireNonNull(open.get()));
            now.decrementAndGet();
            peer.say(good);
        };
        Step full = ScriptedSmtp.replyAndClose("421 Too many concurrent SMTP connections");
        try (ScriptedSmtp server = ScriptedSmtp.start().at(Verb.DOT, held).at(Verb.BANNER, 1, 1, full);
                SmtpTransport transport =
                        Sending.to(server).time(time).maxConnections(4).build()) {
            Future<SendOutcome> first = threads.submit(() -> send(transport));
            await(() -> now.get() == 1);
            Future<SendOutcome> second = threads.submit(() -> send(transport));
            await(() -> server.connections() == 2);
            Objects.requireNonNull(open.get()).countDown();
            Sending.sent().accept(first.get());
            Sending.sent().accept(second.get());
            assertThat(server.connections())
                    .as("the second went over the first connection")
                    .isEqualTo(2);

            time.pass(Duration.ofSeconds(30));
            open.set(new CountDownLatch(1));
            List<Future<SendOutcome>> three = List.of(
                    threads.submit(() -> send(transport)),
                    threads.submit(() -> send(transport)),
                    threads.submit(() -> send(transport)));
            await(() -> now.get() == 2);
            assertThat(now).as("messages at once").hasValue(2);
            Objects.requireNonNull(open.get()).countDown();
            for (Future<SendOutcome> one : three) {
                Sending.sent().accept(one.get());
            }
            assertThat(server.connections()).isEqualTo(4);
        }
    }

    private static void await(BooleanSupplier happened) {
        while (!happened.getAsBoolean()) {
            Thread.onSpinWait();
        }
    }

    @Test
    void whoWaitsForAConnectionIsNotHeldBeyondItsTime() throws Exception {
        CountDownLatch open = new CountDownLatch(1);
        AtomicInteger now = new AtomicInteger();
        try (ScriptedSmtp server = ScriptedSmtp.start().at(Verb.DOT, holding(open, now, new AtomicInteger()));
                SmtpTransport transport = Sending.to(server)
                        .maxConnections(1)
                        .totalTimeout(Duration.ofSeconds(20))
                        .build()) {
            Future<SendOutcome> first = threads.submit(() -> send(transport));
            await(() -> now.get() == 1);
            TestAttempt late = new TestAttempt();
            late.remaining = Duration.ofMillis(50);
            assertThat(transport.send(Sending.message(), late)).isInstanceOf(SendOutcome.NotSent.class);
            TestAttempt cancelled = new TestAttempt();
            Future<SendOutcome> waiting = threads.submit(() -> transport.send(Sending.message(), cancelled));
            cancelled.breakOff();
            Sending.forGood(Reason.CANCELLED).accept(waiting.get());
            open.countDown();
            Sending.sent().accept(first.get());
        }
    }

    @Test
    void anInterruptBreaksOffAndIsKept() throws Exception {
        for (Verb verb : List.of(Verb.DATA, Verb.DOT)) {
            CountDownLatch there = new CountDownLatch(1);
            Step hang = (peer, good) -> {
                there.countDown();
                peer.hang();
            };
            try (ScriptedSmtp server = ScriptedSmtp.start().at(verb, hang);
                    SmtpTransport transport = Sending.to(server).build()) {
                boolean[] kept = {false};
                SendOutcome[] outcome = new SendOutcome[1];
                Thread sender = new Thread(() -> {
                    outcome[0] = send(transport);
                    kept[0] = Thread.currentThread().isInterrupted();
                });
                sender.start();
                there.await();
                sender.interrupt();
                sender.join();
                (verb == Verb.DOT ? Sending.unknown() : Sending.forGood(Reason.CANCELLED)).accept(outcome[0]);
                assertThat(kept[0]).isTrue();
            }
        }
    }

    @Test
    void breakingOffAfterTheEndHitsNobody() throws IOException {
        try (ScriptedSmtp server = ScriptedSmtp.start();
                SmtpTransport transport = Sending.to(server).build()) {
            TestAttempt first = new TestAttempt();
            Sending.sent().accept(transport.send(Sending.message(), first));
            first.breakOff();
            Sending.sent().accept(send(transport));
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void maximumOfASessionIsSeenByNobody() throws IOException {
        try (ScriptedSmtp server = ScriptedSmtp.start()
                        .at(
                                Verb.MAIL,
                                3,
                                1,
                                ScriptedSmtp.replyAndClose("421 Maximum message count per session reached"));
                SmtpTransport transport = Sending.to(server).build()) {
            for (int i = 0; i < 6; i++) {
                Sending.sent().accept(send(transport));
            }
            assertThat(server.messages()).hasSize(6);
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    void maximumOfASessionDoesNotMeanFewerConnections() throws Exception {
        CountDownLatch two = new CountDownLatch(2);
        Step together = (peer, good) -> {
            two.countDown();
            await(two);
            peer.say(good);
        };
        try (ScriptedSmtp server = ScriptedSmtp.start()
                        .at(
                                Verb.MAIL,
                                1,
                                1,
                                ScriptedSmtp.replyAndClose("421 Maximum message count per session reached"))
                        .at(Verb.DOT, 2, 2, together);
                SmtpTransport transport = Sending.to(server).maxConnections(2).build()) {
            Sending.sent().accept(send(transport));
            Sending.sent().accept(send(transport));
            sendAtOnce(transport, 2);
            assertThat(server.messages()).hasSize(4);
        }
    }

    @Test
    void deadConnectionsCostNoMessage() throws Exception {
        try (ScriptedSmtp server = ScriptedSmtp.start();
                SmtpTransport transport = Sending.to(server).maxConnections(4).build()) {
            sendAtOnce(transport, 4);
            server.dropAll();
            sendAtOnce(transport, 4);
            assertThat(server.messages()).hasSize(8);
        }
    }

    private void sendAtOnce(SmtpTransport transport, int number) throws Exception {
        List<Future<SendOutcome>> outcomes = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            outcomes.add(threads.submit(() -> send(transport)));
        }
        for (Future<SendOutcome> outcome : outcomes) {
            Sending.sent().accept(outcome.get());
        }
    }

    @Test
    void aConnectionThatRestedForSixSecondsIsReplaced() throws IOException {
        try (ScriptedSmtp server = ScriptedSmtp.start();
                SmtpTransport transport = Sending.to(server).time(time).build()) {
            Sending.sent().accept(send(transport));
            time.pass(Duration.ofSeconds(6));
            Sending.sent().accept(send(transport));
            assertThat(server.connections()).isEqualTo(2);
        }
    }
}
