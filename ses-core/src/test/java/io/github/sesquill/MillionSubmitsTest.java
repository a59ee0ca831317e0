package io.github.sesquill;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sesquill.SesMailer.WhenFull;
import io.github.sesquill.message.EmailMessage;
import io.github.sesquill.quota.SendingQuota;
import io.github.sesquill.transport.EmailTransport;
import io.github.sesquill.transport.SendOutcome;
import io.github.sesquill.transport.SendOutcome.NotSent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Somebody submits a million messages as fast as a loop runs, in 64 MB: the queue of 10,000 holds, as it was told to. */
@Tag("nightly")
class MillionSubmitsTest {

    private static final int SUBMITS = 1_000_000;

    private static final int CAPACITY = 10_000;

    @ParameterizedTest
    @EnumSource
    void fitsIn64MegabytesWithTheDefaultQueue(WhenFull whenFull, @TempDir Path directory)
            throws IOException, InterruptedException {
        Path said = directory.resolve("said.txt");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Flood.class.getName(),
                        whenFull.name())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        boolean ended = process.waitFor(10, TimeUnit.MINUTES);
        process.destroyForcibly().waitFor();
        String output = Files.readString(said);
        assertThat(ended).as(output).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        assertThat(output).contains("ended " + SUBMITS + ',').contains("at most " + CAPACITY + " in the queue");
        if (whenFull == WhenFull.WAIT) {
            assertThat(output).contains("sent " + SUBMITS + ',');
        } else {
            assertThat(output).contains("others 0").doesNotContain("refused 0,");
        }
        System.out.println(whenFull + ": " + output.strip());
    }

    /** The process that is kept to 64 MB. */
    static final class Flood {

        private Flood() {}

        public static void main(String[] args) {
            WhenFull whenFull = WhenFull.valueOf(args[0]);
            AtomicLong sent = new AtomicLong();
            AtomicLong refused = new AtomicLong();
            AtomicLong others = new AtomicLong();
            AtomicInteger mostWaiting = new AtomicInteger();
            SesMailer mailer = SesMailer.builder(new Forgetful())
                    .quota(SendingQuota.perSecond(50_000))
                    .deadline(Duration.ofMinutes(5))
                    .queue(CAPACITY, whenFull)
                    .listener(new SendListener() {
                        @Override
                        public void queued(int waiting) {
                            mostWaiting.accumulateAndGet(waiting, Math::max);
                        }
                    })
                    .build();
            for (int i = 0; i < SUBMITS; i++) {
                mailer.sendAsync(message(i)).outcome().thenAccept(outcome -> {
                    boolean full =
                            outcome instanceof NotSent notSent && notSent.reason() == SendOutcome.Reason.QUEUE_FULL;
                    (outcome instanceof SendOutcome.Sent ? sent : full ? refused : others).incrementAndGet();
                });
            }
            mailer.close(Duration.ofMinutes(5));
            System.out.println("sent " + sent + ", refused " + refused + ", others " + others + ", ended "
                    + (sent.get() + refused.get() + others.get()) + ", at most " + mostWaiting + " in the queue");
        }

        /** A mail of its own each, of 2 KB. */
        private static EmailMessage message(int number) {
            return EmailMessage.from("news@acme.example")
                    .to("jane" + number + "@example.com")
                    .subject("Hello " + number)
                    .text(("Hello " + number + '\n').repeat(150))
                    .build();
        }
    }

    /** Takes everything and remembers nothing. */
    private static final class Forgetful implements EmailTransport {

        @Override
        public SendOutcome send(EmailMessage message, Attempt attempt) {
            return attempt.handOff()
                    ? SendOutcome.sent("id-" + attempt.id(), "<id@email.amazonses.com>")
                    : SendOutcome.notSent(SendOutcome.Reason.CANCELLED, "the gate is shut");
        }

        @Override
        public void close() {}
    }
}
