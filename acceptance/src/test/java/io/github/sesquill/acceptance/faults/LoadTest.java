package io.github.sesquill.acceptance.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sesquill.RetryPolicy;
import io.github.sesquill.SesMailer;
import io.github.sesquill.quota.SendingQuota;
import io.github.sesquill.smtp.SmtpTransport;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** Long loads over loopback: nothing lost, nothing twice, never above the rate, and no heap that grows. */
@Tag("nightly")
class LoadTest {

    private static final int RATE = 2000;

    /** Until the code is compiled, two cores do not give that rate. */
    private static final int WARM_UP = 20_000;

    private static final long FLAT = 4 * 1024 * 1024;

    private volatile Load load = new Load(0);

    /** So many, or as many as {@code -Dsesquill.load=} says, to try the test itself. */
    private static int messages(int all) {
        return Integer.getInteger("sesquill.load", all);
    }

    @Test
    void aHundredThousandMessagesArriveOnceAndWithinTheRate(TestReporter reporter) throws Exception {
        int messages = messages(100_000);
        load = new Load(messages(WARM_UP));
        try (FaultyServer server = FaultyServer.start().otherwise(connection -> {
                    load.take(connection.readSubject());
                    connection.say();
                });
                SesMailer mailer = Fault.of("", "")
                        .mailer(server.endpoint())
                        .quota(SendingQuota.of(RATE, 10_000_000))
                        .deadline(Duration.ofMinutes(5))
                        .build()) {
            load.send(mailer, 64);
            load = new Load(messages);
            load.send(mailer, 64);
        }
        reporter.publishEntry(load.figures());
        assertThat(load.count(Load.SENT)).isEqualTo(messages);
        assertThat(load.lost()).isZero();
        assertThat(load.takenTwice()).isZero();
        assertThat(load.lies()).isZero();
        assertThat(load.mostInASecond()).isLessThanOrEqualTo(RATE + RATE / 20);
        assertThat(load.growth()).isLessThan(FLAT);
    }

    /** One connection in twenty messages is dropped, before, in or after a message, and all of them every five seconds. */
    @Test
    void fiftyThousandMessagesSurviveAServerThatDropsThem(TestReporter reporter) throws Exception {
        int messages = messages(50_000);
        load = new Load(messages);
        AtomicInteger kills = new AtomicInteger();
        AtomicInteger killed = new AtomicInteger();
        AtomicInteger dropped = new AtomicInteger();
        // Three commands, the end of the body and both sides of its reply: one in 120 of each is one in twenty
        // messages.
        try (FaultySmtp server = FaultySmtp.start((subject, attempt) -> load.take(subject), moment -> {
                    boolean drops = ThreadLocalRandom.current().nextInt(120) == 0;
                    dropped.addAndGet(drops ? 1 : 0);
                    return drops;
                });
                SesMailer mailer = SesMailer.builder(SmtpTransport.host("127.0.0.1")
                                .port(server.port())
                                .withoutTls()
                                .maxConnections(8)
                                .build())
                        .quota(SendingQuota.of(RATE, 10_000_000))
                        .retry(RetryPolicy.defaults().attempts(20).pauses(Duration.ofMillis(5), Duration.ofMillis(50)))
                        .deadline(Duration.ofMinutes(5))
                        .build()) {
            ScheduledExecutorService balancer = Executors.newSingleThreadScheduledExecutor();
            Future<?> drops = balancer.scheduleAtFixedRate(
                    () -> {
                        killed.addAndGet(server.connections());
                        server.dropAll();
                        kills.incrementAndGet();
                    },
                    5,
                    5,
                    TimeUnit.SECONDS);
            load.send(mailer, 16);
            assertThat(drops.isDone()).as("the balancer failed").isFalse();
            balancer.shutdownNow();
        }
        reporter.publishEntry(load.figures());
        reporter.publishEntry(Map.of(
                "dropped", dropped.toString(), "kills of all", kills.toString(), "killed by them", killed.toString()));
        assertThat(dropped.get())
                .as("connections dropped, a twentieth of the messages expected")
                .isGreaterThan(messages / 25);
        // The quota allows no less time than this.
        int fives = messages / RATE / 5;
        assertThat(kills.get()).as("kills of all connections").isGreaterThanOrEqualTo(Math.max(0, fives - 1));
        assertThat(killed.get()).as("connections killed").isGreaterThanOrEqualTo(kills.get());
        assertThat(load.count(Load.UNKNOWN)).as("unknown").isBetween(messages / 250, messages / 10);
        // Most connections that die before a message are replaced within the attempt, and dice decide how many do not.
        assertThat(load.retried()).as("tried again").isGreaterThan(messages / 1_000);
        assertThat(load.count(Load.SENT) + load.count(Load.UNKNOWN)).isEqualTo(messages);
        assertThat(load.lost()).isZero();
        assertThat(load.takenTwice()).isZero();
        assertThat(load.lies()).isZero();
        assertThat(load.mostInASecond()).isLessThanOrEqualTo(RATE + RATE / 20);
        assertThat(load.growth()).isLessThan(FLAT);
    }
}
