package io.github.sesquill.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sesquill.RetryPolicy;
import io.github.sesquill.SendOptions;
import io.github.sesquill.SesMailer;
import io.github.sesquill.message.EmailMessage;
import io.github.sesquill.quota.SendingQuota;
import io.github.sesquill.smtp.SmtpCredentials;
import io.github.sesquill.smtp.SmtpTransport;
import io.github.sesquill.transport.SendOutcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real mail server takes what we send, under the ids that we report, and its death costs no message its truth. */
@Tag("interop")
class PostfixTest {

    private static final int MESSAGES = 1_000;
    private static final int THREADS = 8;
    private static final Pattern NUMBER = Pattern.compile("(?m)^X-Number: (\\d+)$");

    @TempDir
    Path folder;

    private static SesMailer mailer(SmtpTransport.Builder transport, Postfix postfix) throws Exception {
        return SesMailer.builder(transport
                        .credentials(SmtpCredentials.of(Postfix.USER, Postfix.PASSWORD))
                        .sslContext(postfix.trusted())
                        .maxConnections(THREADS)
                        .build())
                .quota(SendingQuota.perSecond(10_000))
                .deadline(Duration.ofMinutes(2))
                .retry(RetryPolicy.defaults().attempts(10))
                .build();
    }

    private static EmailMessage message(int number) {
        return EmailMessage.from("Acme <acme@acme.example>")
                .to("jane" + number + "@example.com")
                .bcc("hidden@example.com")
                .subject("Caf\u00e9 " + number)
                .text("Hi.\n.\n.. dots and caf\u00e9\n")
                .html("<p>Hi.")
                .header("X-Number", String.valueOf(number))
                .build();
    }

    /** Sends all messages by several threads; {@code onCount} hears how many are done. */
    private static List<SendOutcome> sendAll(SesMailer mailer, SendOptions options, AtomicInteger done)
            throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<SendOutcome>> futures = new ArrayList<>();
            for (int i = 0; i < MESSAGES; i++) {
                EmailMessage message = message(i);
                futures.add(threads.submit(() -> {
                    SendOutcome outcome = mailer.trySend(message, options);
                    done.incrementAndGet();
                    return outcome;
                }));
            }
            List<SendOutcome> outcomes = new ArrayList<>();
            for (Future<SendOutcome> future : futures) {
                outcomes.add(future.get());
            }
            return outcomes;
        } finally {
            threads.shutdownNow();
        }
    }

    /** Counts how often each number is in the queue. */
    private static Map<Integer, Integer> counted(Map<String, String> messages) {
        Map<Integer, Integer> counts = new HashMap<>();
        messages.values().forEach(message -> counts.merge(number(message), 1, Integer::sum));
        return counts;
    }

    private static int number(String message) {
        Matcher number = NUMBER.matcher(message);
        assertThat(number.find()).as(message).isTrue();
        return Integer.parseInt(number.group(1));
    }

    @Test
    void takesAThousandMessagesUnderTheIdsThatWereReported() throws Exception {
        try (Postfix postfix = Postfix.start(folder);
                SesMailer mailer = mailer(SmtpTransport.host("localhost").port(postfix.tlsPort()), postfix)) {
            List<SendOutcome> outcomes = sendAll(mailer, SendOptions.defaults(), new AtomicInteger());
            Map<String, String> kept = postfix.messages();
            assertThat(kept).hasSize(MESSAGES);
            for (int i = 0; i < MESSAGES; i++) {
                SendOutcome.Sent sent = (SendOutcome.Sent) outcomes.get(i);
                assertThat(kept).as("message %d", i).containsKey(sent.messageId());
                String message = Objects.requireNonNull(kept.get(sent.messageId()));
                assertThat(number(message)).isEqualTo(i);
                assertThat(message)
                        .contains("Message-ID: " + sent.wireMessageId())
                        .doesNotContain("hidden@example.com");
            }
        }
    }

    @Test
    void takesAMessageOverStartTls() throws Exception {
        try (Postfix postfix = Postfix.start(folder);
                SesMailer mailer = mailer(
                        SmtpTransport.host("localhost")
                                .port(postfix.startTlsPort())
                                .startTls(),
                        postfix)) {
            SendOutcome.Sent sent = mailer.send(message(1));
            assertThat(postfix.messages()).containsOnlyKeys(sent.messageId());
        }
    }

    @Test
    void losesNothingAndDoublesNothingWhenItIsKilledInTheMiddle() throws Exception {
        try (Postfix postfix = Postfix.start(folder);
                SesMailer mailer = mailer(SmtpTransport.host("localhost").port(postfix.tlsPort()), postfix)) {
            AtomicInteger done = new AtomicInteger();
            ExecutorService main = Executors.newSingleThreadExecutor();
            Future<List<SendOutcome>> sending = main.submit(() -> sendAll(mailer, SendOptions.defaults(), done));
            for (int kill = 1; kill <= 3; kill++) {
                while (done.get() < kill * MESSAGES / 5) {
                    Thread.onSpinWait();
                }
                postfix.kill();
                postfix.start();
            }
            List<SendOutcome> outcomes = sending.get();
            main.shutdownNow();

            Map<Integer, Integer> kept = counted(postfix.messages());
            int sent = 0;
            int unknown = 0;
            int unknownAndThere = 0;
            int triedAgain = 0;
            for (int i = 0; i < MESSAGES; i++) {
                int copies = kept.getOrDefault(i, 0);
                triedAgain += outcomes.get(i).attemptIds().size() > 1 ? 1 : 0;
                if (outcomes.get(i) instanceof SendOutcome.Sent) {
                    sent++;
                    assertThat(copies)
                            .as("copies of message %d, which was sent", i)
                            .isEqualTo(1);
                } else if (outcomes.get(i) instanceof SendOutcome.Unknown) {
                    unknown++;
                    unknownAndThere += copies;
                    assertThat(copies)
                            .as("copies of message %d, which is unknown", i)
                            .isLessThanOrEqualTo(1);
                } else {
                    assertThat(copies)
                            .as("%s of message %d", outcomes.get(i), i)
                            .isZero();
                }
            }
            System.out.printf(
                    "Postfix killed three times in %d messages: %d sent, %d unknown (of which %d are there), %d not sent.%n",
                    MESSAGES, sent, unknown, unknownAndThere, MESSAGES - sent - unknown);
            assertThat(outcomes)
                    .as("all others were tried again")
                    .hasSize(MESSAGES)
                    .noneMatch(SendOutcome.NotSent.class::isInstance);
            assertThat(triedAgain + unknown).as("messages that a kill hit").isPositive();
        }
    }
}
