package io.github.sesquill.acceptance.faults;

import static io.github.sesquill.acceptance.faults.Workbench.assertReason;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sesquill.BulkOptions;
import io.github.sesquill.BulkSend;
import io.github.sesquill.Leftover;
import io.github.sesquill.PendingSend;
import io.github.sesquill.SesMailer;
import io.github.sesquill.message.Attachment;
import io.github.sesquill.message.EmailMessage;
import io.github.sesquill.quota.SendingQuota;
import io.github.sesquill.transport.EmailTransport;
import io.github.sesquill.transport.SendOutcome;
import io.github.sesquill.transport.SendOutcome.Reason;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A mailer that is closed refuses more, ends what it can in time, says what became of the rest and leaves no thread, no
 * socket and no file, whatever it went through.
 */
@Isolated("others open sockets too")
class NothingIsLeftTest {

    /** So many in each way to send. */
    private static final int MESSAGES = 40;

    /** So many threads of each way to send, together no more than SMTP has connections. */
    private static final int THREADS = 4;

    /** More than all buffers hold between one that writes and one that does not read. */
    private static final int LARGE = 12_000_000;

    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    /** What mail goes over, and servers that are not good to it. */
    private enum Over {
        API {
            @Override
            Server answering(BooleanSupplier isAnswered) throws IOException {
                return server(FaultyServer.start().otherwise(connection -> {
                    connection.take();
                    if (isAnswered.getAsBoolean()) {
                        connection.say();
                    } else {
                        connection.reset();
                    }
                }));
            }

            @Override
            Server silent() throws IOException {
                return server(FaultyServer.start().otherwise(FaultyServer.tookThenSilence("")));
            }

            @Override
            Server stalling(AtomicInteger stalled) throws IOException {
                return server(FaultyServer.start().otherwise(connection -> {
                    connection.read(100_000);
                    stalled.incrementAndGet();
                    connection.park();
                }));
            }

            /** It is read whole before anything is said. */
            @Override
            boolean holdsTheFileOpen() {
                return false;
            }

            private Server server(FaultyServer server) {
                EmailTransport transport = Fault.of("", "").transport(server.endpoint());
                return new Server(transport, server.ledger(), server::connections, server::close);
            }
        },
        SMTP {
            @Override
            Server answering(BooleanSupplier isAnswered) throws IOException {
                return server(moment -> moment == FaultySmtp.Moment.TAKEN && !isAnswered.getAsBoolean(), place -> null);
            }

            @Override
            Server silent() throws IOException {
                return server(moment -> false, place -> place.equals("DOT") ? FaultySmtp.SILENCE : null);
            }

            @Override
            Server stalling(AtomicInteger stalled) throws IOException {
                return server(moment -> false, place -> {
                    if (!place.equals("BODY")) {
                        return null;
                    }
                    stalled.incrementAndGet();
                    return FaultySmtp.STALL;
                });
            }

            @Override
            boolean holdsTheFileOpen() {
                return true;
            }

            private Server server(FaultySmtp.Drops drops, FaultySmtp.Answers answers) throws IOException {
                Ledger ledger = new Ledger();
                FaultySmtp server = FaultySmtp.start(ledger::take, drops).answering(answers, "250 8BITMIME");
                return new Server(SmtpCutsTest.transport(server.port()), ledger, server::connections, server::close);
            }
        };

        /** Takes every message, asks and then says so or ends the connection. */
        abstract Server answering(BooleanSupplier isAnswered) throws IOException;

        /** Takes every message and says nothing. */
        abstract Server silent() throws IOException;

        /** Reads the beginning of a message, counts it and reads no more. */
        abstract Server stalling(AtomicInteger stalled) throws IOException;

        /** Tells whether an attachment's file is open while the message is on its way. */
        abstract boolean holdsTheFileOpen();
    }

    /** A server, what it took and the way there. */
    private record Server(EmailTransport transport, Ledger ledger, LongSupplier connections, Closeable itself)
            implements Closeable {

        SesMailer mailer() {
            return SesMailer.builder(transport)
                    .quota(SendingQuota.of(10_000, 1_000_000))
                    .concurrency(THREADS)
                    .build();
        }

        void awaitNoConnection() {
            awaitTrue("the server's connections end", () -> connections.getAsLong() == 0);
        }

        @Override
        public void close() throws IOException {
            itself.close();
        }
    }

    /** Sends of one mailer in each way at once, and what became of them. */
    private static final class Mail {

        private final SesMailer mailer;
        private final ExecutorService senders = Executors.newFixedThreadPool(THREADS);
        private final Map<String, Future<SendOutcome>> blocking = new LinkedHashMap<>();
        private final Map<String, PendingSend> async = new LinkedHashMap<>();
        private final Map<String, SendOutcome> ofBulk = new ConcurrentHashMap<>();
        private final BulkSend bulk;

        Mail(SesMailer mailer, int each, Function<String, EmailMessage> message) {
            this.mailer = mailer;
            for (String subject : subjects("blocking", Math.min(each, THREADS))) {
                blocking.put(subject, senders.submit(() -> mailer.trySend(message.apply(subject))));
            }
            for (String subject : subjects("async", each)) {
                async.put(subject, mailer.sendAsync(message.apply(subject)));
            }
            List<String> bulkSubjects = subjects("bulk", each);
            bulk = mailer.sendAll(
                    bulkSubjects.stream().map(message).toList(),
                    BulkOptions.defaults()
                            .onResult(result -> ofBulk.put(bulkSubjects.get((int) result.index()), result.outcome())));
        }

        private static List<String> subjects(String way, int number) {
            return IntStream.range(0, number).mapToObj(i -> way + i).toList();
        }

        /** Closes the mailer; all have been told what became of theirs, and no more is taken. */
        Leftover close(Duration drain) throws Exception {
            Leftover left = mailer.close(drain);
            senders.shutdown();
            assertThat(senders.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
            awaitTrue("each is told", this::isEachTold);
            assertThat(ofBulk.values()).hasSize((int) bulk.join().done());
            assertReason(mailer.trySend(Fault.message("late", 10)), Reason.CANCELLED);
            assertReason(mailer.sendAsync(Fault.message("late", 10)).join(), Reason.CANCELLED);
            BulkSend.Report late = mailer.sendAll(List.of(Fault.message("late", 10)), BulkOptions.defaults())
                    .join();
            assertThat(late.done()).isZero();
            assertThat(late.stopped()).isPresent();
            assertThat(mailer.close(drain).isEmpty()).isTrue();
            return left;
        }

        /** Closing gives those that it breaks off a moment to tell, which a slow machine may need more of. */
        private boolean isEachTold() {
            return bulk.report().toCompletableFuture().isDone()
                    && async.values().stream()
                            .allMatch(
                                    send -> send.outcome().toCompletableFuture().isDone());
        }

        /** Each of its threads had one message on the wire and took no other. */
        void assertThatTheBulkWasStopped() {
            assertThat(bulk.join().done()).isEqualTo(THREADS);
            assertThat(bulk.join().stopped()).isPresent();
        }

        Map<String, SendOutcome> outcomes() throws Exception {
            Map<String, SendOutcome> all = new LinkedHashMap<>(ofBulk);
            async.forEach((subject, send) -> all.put(subject, send.join()));
            for (Map.Entry<String, Future<SendOutcome>> send : blocking.entrySet()) {
                all.put(send.getKey(), send.getValue().get());
            }
            return all;
        }

        /** Counts what ended so, and holds all against what the server took. */
        long count(Ledger ledger, String name) throws Exception {
            assertThat(ledger.times("late")).isZero();
            outcomes().forEach(ledger::holdAgainst);
            return outcomes().values().stream()
                    .filter(outcome -> Fault.name(outcome).equals(name))
                    .count();
        }
    }

    private interface Round {
        void run() throws Exception;
    }

    /** The first round may open what the JVM then keeps; the second must leave no more than the first. */
    private static void assertNothingLeft(Round round) throws Exception {
        round.run();
        long before = sockets();
        round.run();
        awaitTrue("its threads end", () -> threads().isEmpty());
        awaitTrue("its sockets are closed", () -> sockets() <= before);
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.contains("sesquill"))
                .toList();
    }

    private static long sockets() {
        return descriptors().stream()
                .filter(target -> target.toString().startsWith("socket:"))
                .count();
    }

    /** Counts how often a file is open. */
    private static long open(Path file) {
        return descriptors().stream().filter(file::equals).count();
    }

    /** Returns what is open; nothing where the machine does not tell. */
    private static List<Path> descriptors() {
        if (!tellsWhatIsOpen()) {
            return List.of();
        }
        List<Path> targets = new ArrayList<>();
        try (Stream<Path> all = Files.list(DESCRIPTORS)) {
            for (Path descriptor : all.toList()) {
                targets.add(target(descriptor));
            }
        } catch (IOException e) {
            throw new IllegalStateException("The machine does not tell what is open.", e);
        }
        return targets;
    }

    private static boolean tellsWhatIsOpen() {
        return Files.isDirectory(DESCRIPTORS);
    }

    private static Path target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor);
        } catch (IOException closedMeanwhile) {
            return Path.of("");
        }
    }

    /** Others may take a moment to notice that a connection has ended. */
    private static void awaitTrue(String what, BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - start)
                    .as(what + ", threads " + threads() + ", sockets " + sockets())
                    .isLessThan(TimeUnit.SECONDS.toNanos(30));
            Thread.onSpinWait();
        }
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Every seventh connection ends without an answer, and none is answered before the mailer is being closed. */
    @ParameterizedTest
    @EnumSource
    void whatEndsInTimeIsWaitedFor(Over over) throws Exception {
        assertNothingLeft(() -> {
            CountDownLatch closing = new CountDownLatch(1);
            AtomicInteger taken = new AtomicInteger();
            try (Server server = over.answering(() -> await(closing) && taken.incrementAndGet() % 7 != 0)) {
                Mail mail = new Mail(server.mailer(), MESSAGES, subject -> Fault.message(subject, 10));
                awaitTrue(
                        "as many as may are on the wire", () -> server.ledger().size() == 3 * THREADS);
                FutureTask<Leftover> closed = new FutureTask<>(() -> mail.close(Duration.ofMinutes(1)));
                Thread closer = new Thread(closed, "closer");
                closer.start();
                awaitTrue("closing waits", () -> closer.getState() == Thread.State.TIMED_WAITING);
                closing.countDown();
                Leftover left = closed.get(1, TimeUnit.MINUTES);
                assertThat(left.isEmpty()).as(left.toString()).isTrue();
                int all = THREADS + MESSAGES + THREADS;
                assertThat(mail.count(server.ledger(), Fault.UNKNOWN)).isEqualTo(all / 7);
                assertThat(mail.count(server.ledger(), Fault.SENT)).isEqualTo(all - all / 7);
                mail.assertThatTheBulkWasStopped();
                server.awaitNoConnection();
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void whatDoesNotEndInTimeIsBrokenOffOrCancelledAndCounted(Over over) throws Exception {
        assertNothingLeft(() -> {
            try (Server server = over.silent()) {
                Mail mail = new Mail(server.mailer(), MESSAGES, subject -> Fault.message(subject, 10));
                awaitTrue(
                        "as many as may are on the wire", () -> server.ledger().size() == 3 * THREADS);
                Leftover left = mail.close(Duration.ofMillis(10));
                assertThat(left.brokenOff()).isEqualTo(3 * THREADS);
                assertThat(left.cancelled()).isEqualTo(MESSAGES - THREADS);
                assertThat(mail.count(server.ledger(), Fault.UNKNOWN)).isEqualTo(left.brokenOff());
                assertThat(mail.count(server.ledger(), "CANCELLED")).isEqualTo(left.cancelled());
                mail.assertThatTheBulkWasStopped();
                server.awaitNoConnection();
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void aFileThatIsAttachedIsClosedInTheMiddleOfIt(Over over, @TempDir Path directory) throws Exception {
        Path file = Files.write(directory.resolve("film.mp4"), new byte[LARGE]).toRealPath();
        assertNothingLeft(() -> {
            AtomicInteger stalled = new AtomicInteger();
            try (Server server = over.stalling(stalled)) {
                Mail mail = new Mail(server.mailer(), 1, subject -> message(subject, file));
                awaitTrue("each is on its way", () -> stalled.get() == 3);
                if (over.holdsTheFileOpen() && tellsWhatIsOpen()) {
                    awaitTrue("each has the file open", () -> open(file) == 3);
                } else {
                    assertThat(open(file)).isZero();
                }
                Leftover left = mail.close(Duration.ofMillis(10));
                assertThat(left.cancelled()).as(left.toString()).isEqualTo(3);
                assertThat(left.brokenOff()).as(left.toString()).isZero();
                assertThat(mail.count(server.ledger(), "CANCELLED")).isEqualTo(3);
                assertThat(open(file)).isZero();
            }
        });
    }

    private static EmailMessage message(String subject, Path file) {
        return EmailMessage.from("Acme <receipts@acme.example>")
                .to("Jane <jane@example.com>")
                .subject(subject)
                .text("Here it is.")
                .attach(Attachment.of(file))
                .build();
    }
}
