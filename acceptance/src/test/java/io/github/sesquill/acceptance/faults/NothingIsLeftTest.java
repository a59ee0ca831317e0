package io.github.sesquill.acceptance.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sesquill.SesMailer;
import io.github.sesquill.quota.SendingQuota;
import io.github.sesquill.transport.EmailTransport;
import io.github.sesquill.transport.SendOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** A mailer that is closed leaves no thread, no socket and no file, whatever it went through. */
@Isolated("others open sockets too")
class NothingIsLeftTest {

    private static final int MESSAGES = 40;

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.contains("sesquill"))
                .toList();
    }

    /** Counts open sockets; zero where the machine does not tell. */
    private static long sockets() {
        Path descriptors = Path.of("/proc/self/fd");
        if (!Files.isDirectory(descriptors)) {
            return 0;
        }
        try (Stream<Path> all = Files.list(descriptors)) {
            return all.filter(NothingIsLeftTest::isSocket).count();
        } catch (IOException e) {
            return 0;
        }
    }

    private static boolean isSocket(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }

    private static void sendAndClose(EmailTransport transport) throws InterruptedException {
        SesMailer mailer = SesMailer.builder(transport)
                .quota(SendingQuota.of(10_000, 1_000_000))
                .build();
        ExecutorService senders = Executors.newFixedThreadPool(8);
        IntStream.range(0, MESSAGES)
                .forEach(i -> senders.execute(() -> {
                    SendOutcome outcome = mailer.trySend(Fault.message("n" + i, 10));
                    assertThat(outcome).isNotNull();
                }));
        senders.shutdown();
        assertThat(senders.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        mailer.close();
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

    @Test
    void throughTheApi() throws Exception {
        assertNothingLeft(() -> {
            try (FaultyServer server = FaultyServer.start(FaultyServer.tookThen(""), FaultyServer.tookThenReset())) {
                sendAndClose(Fault.of("", "").transport(server.endpoint()));
                awaitTrue("the server's connections end", () -> server.connections() == 0);
            }
        });
    }

    @Test
    void throughSmtp() throws Exception {
        assertNothingLeft(() -> {
            Ledger ledger = new Ledger();
            try (FaultySmtp server = FaultySmtp.start(
                    ledger::take, moment -> moment == FaultySmtp.Moment.TAKEN && ledger.size() % 7 == 3)) {
                sendAndClose(SmtpCutsTest.transport(server.port()));
                awaitTrue("the server's connections end", () -> server.connections() == 0);
            }
        });
    }
}
