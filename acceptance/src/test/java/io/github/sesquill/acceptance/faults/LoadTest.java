package io.github.sesquill.acceptance.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sesquill.SesMailer;
import io.github.sesquill.quota.SendingQuota;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** Long loads over loopback: nothing lost, nothing twice, never above the rate, and no heap that grows. */
@Tag("nightly")
class LoadTest {

    private static final int RATE = 2000;
    private static final long FLAT = 4 * 1024 * 1024;

    @Test
    void aHundredThousandMessagesArriveOnceAndWithinTheRate(TestReporter reporter) throws Exception {
        Load load = new Load(100_000);
        try (FaultyServer server = FaultyServer.start().otherwise(connection -> {
                    load.take(connection.readSubject());
                    connection.write(FaultyServer.response(
                            200, "{\"MessageId\":\"" + connection.nextId() + "\"}", FaultyServer.ofSes()));
                });
                SesMailer mailer = Fault.of("", "")
                        .mailer(server.endpoint())
                        .quota(SendingQuota.of(RATE, 10_000_000))
                        .deadline(Duration.ofMinutes(5))
                        .build()) {
            load.send(mailer, 64);
        }
        reporter.publishEntry(load.figures());
        assertThat(load.count(Load.SENT)).isEqualTo(100_000);
        assertThat(load.lost()).isZero();
        assertThat(load.takenTwice()).isZero();
        assertThat(load.lies()).isZero();
        assertThat(load.mostInASecond()).isLessThanOrEqualTo(RATE + RATE / 20);
        assertThat(load.growth()).isLessThan(FLAT);
    }
}
