package io.github.sesquill.smtp;

import static io.github.sesquill.smtp.ScriptedFault.DAY;
import static io.github.sesquill.smtp.ScriptedFault.RATE;
import static io.github.sesquill.smtp.ScriptedFault.hang;
import static io.github.sesquill.smtp.ScriptedFault.reply;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sesquill.smtp.ScriptedSmtp.Step;
import io.github.sesquill.smtp.ScriptedSmtp.Verb;
import io.github.sesquill.transport.SendOutcome;
import io.github.sesquill.transport.SendOutcome.Reason;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What is known of a message after its last byte, which is as much as its server has said. */
class DotFaultsTest {

    private static final String NAMES = "dns:localhost";

    @TestFactory
    Stream<DynamicTest> afterTheDot() {
        return Stream.of(
                        new ScriptedFault(
                                "250 with id", Verb.DOT, reply("250 Ok 0102018f"), Sending.sentAs("0102018f")),
                        new ScriptedFault(
                                "250 queued as",
                                Verb.DOT,
                                reply("250 2.0.0 Ok: queued as 4XyZ12"),
                                Sending.sentAs("4XyZ12")),
                        new ScriptedFault(
                                "250 without id", Verb.DOT, reply("250 2.0.0 Ok"), Sending.acceptedWithoutId()),
                        new ScriptedFault("250 done", Verb.DOT, reply("250 Ok done"), Sending.acceptedWithoutId()),
                        new ScriptedFault(
                                "250 on several lines",
                                Verb.DOT,
                                ScriptedSmtp.reply("250-fine", "250 Ok 0102018f-4"),
                                Sending.sentAs("0102018f-4")),
                        new ScriptedFault("FIN", Verb.DOT, ScriptedSmtp.drop(), Sending.unknown()),
                        new ScriptedFault("silence", Verb.DOT, hang(), Sending.unknown()).impatient(),
                        new ScriptedFault(
                                "421 and FIN",
                                Verb.DOT,
                                ScriptedSmtp.replyAndClose("421 leaving"),
                                Sending.forNow(Reason.UNAVAILABLE)),
                        new ScriptedFault(
                                "451",
                                Verb.DOT,
                                reply("451 Temporary service failure"),
                                Sending.forNow(Reason.UNAVAILABLE)),
                        new ScriptedFault("454 rate", Verb.DOT, reply(RATE), Sending.forNow(Reason.THROTTLED)),
                        new ScriptedFault("454 day", Verb.DOT, reply(DAY), Sending.forNow(Reason.DAILY_QUOTA)),
                        new ScriptedFault(
                                "552", Verb.DOT, reply("552 Message is too long."), Sending.forGood(Reason.REJECTED)),
                        new ScriptedFault(
                                "554 not verified",
                                Verb.DOT,
                                reply("554 Message rejected: Email address is not verified."),
                                Sending.forGood(Reason.UNVERIFIED)),
                        new ScriptedFault("garbage", Verb.DOT, reply("@@@"), Sending.unknown()),
                        new ScriptedFault(
                                "half a code",
                                Verb.DOT,
                                (peer, good) -> {
                                    peer.write(new byte[] {'2', '5'});
                                    peer.close();
                                },
                                Sending.unknown()),
                        new ScriptedFault("354 again", Verb.DOT, reply("354 more"), Sending.unknown()),
                        new ScriptedFault("999", Verb.DOT, reply("999 odd"), Sending.unknown()),
                        new ScriptedFault(
                                "different codes", Verb.DOT, ScriptedSmtp.reply("250-Ok", "550 no"), Sending.unknown()))
                .map(ScriptedFault::test);
    }

    @Test
    void aLateAnswerBelongsToNoOtherMessage() throws IOException {
        CountDownLatch reported = new CountDownLatch(1);
        Step late = (peer, good) -> {
            try {
                reported.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            peer.say("250 Ok late-1");
        };
        try (ScriptedSmtp server = ScriptedSmtp.start().once(Verb.DOT, late);
                SmtpTransport transport =
                        Sending.to(server).readTimeout(Sending.SOON).build()) {
            Sending.unknown().accept(transport.send(Sending.message(), new TestAttempt()));
            reported.countDown();
            SendOutcome second = transport.send(Sending.message(), new TestAttempt());
            assertThat(second)
                    .isInstanceOfSatisfying(
                            SendOutcome.Sent.class,
                            sent -> assertThat(sent.messageId()).doesNotContain("late"));
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    void tlsThatIsCutOffAfterTheDotIsUnknown() throws IOException {
        try (ScriptedSmtp server =
                        ScriptedSmtp.implicitTls(TestKeys.serving(NAMES)).at(Verb.DOT, ScriptedSmtp.drop());
                SmtpTransport transport =
                        Sending.overTls(server, TestKeys.trusting(NAMES)).build()) {
            Sending.unknown().accept(transport.send(Sending.message(), new TestAttempt()));
        }
    }

    @Test
    void closingWaitsForTheDotAndThenSaysUnknown() throws Exception {
        CountDownLatch atTheDot = new CountDownLatch(1);
        Step hang = (peer, good) -> {
            atTheDot.countDown();
            peer.hang();
        };
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try (ScriptedSmtp server = ScriptedSmtp.start().at(Verb.DOT, hang)) {
            SmtpTransport transport =
                    Sending.to(server).drainLimit(Duration.ofMillis(50)).build();
            Future<SendOutcome> outcome = thread.submit(() -> transport.send(Sending.message(), new TestAttempt()));
            atTheDot.await();
            transport.close();
            Sending.unknown().accept(outcome.get());
            Sending.forGood(Reason.CANCELLED).accept(transport.send(Sending.message(), new TestAttempt()));
        } finally {
            thread.shutdownNow();
        }
    }

    @Test
    void closingLetsAMessageUnderWayArrive() throws Exception {
        CountDownLatch atTheDot = new CountDownLatch(1);
        CountDownLatch closing = new CountDownLatch(1);
        Step slow = (peer, good) -> {
            atTheDot.countDown();
            try {
                closing.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            peer.say(good);
        };
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try (ScriptedSmtp server = ScriptedSmtp.start().at(Verb.DOT, slow)) {
            SmtpTransport transport =
                    Sending.to(server).drainLimit(Duration.ofSeconds(20)).build();
            Future<SendOutcome> outcome = threads.submit(() -> transport.send(Sending.message(), new TestAttempt()));
            atTheDot.await();
            Future<?> closed = threads.submit(transport::close);
            closing.countDown();
            Sending.sent().accept(outcome.get());
            closed.get();
        } finally {
            threads.shutdownNow();
        }
    }
}
