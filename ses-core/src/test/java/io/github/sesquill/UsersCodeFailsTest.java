package io.github.sesquill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.sesquill.message.EmailMessage;
import io.github.sesquill.message.TemplateMailing;
import io.github.sesquill.quota.QuotaGuard;
import io.github.sesquill.quota.SendingQuota;
import io.github.sesquill.transport.SendOutcome;
import io.github.sesquill.transport.SendOutcome.NotSent;
import io.github.sesquill.transport.SendOutcome.Reason;
import io.github.sesquill.transport.SendOutcome.Sent;
import io.github.sesquill.transport.SendOutcome.Unknown;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever the code of a user throws or answers, every send and every bulk ends, and what it says is true. */
@Timeout(60)
class UsersCodeFailsTest {

    private final ScriptedTransport transport = new ScriptedTransport();
    private final List<SendOutcome> told = Collections.synchronizedList(new ArrayList<>());
    private SesMailer mailer = mailer().build();

    private SesMailer.Builder mailer() {
        return SesMailer.builder(transport)
                .quota(SendingQuota.perSecond(100_000))
                .retry(RetryPolicy.defaults().pauses(Duration.ofMillis(1), Duration.ofMillis(2)));
    }

    private void use(SesMailer.Builder builder) {
        mailer.close();
        mailer = builder.build();
    }

    @AfterEach
    void close() {
        mailer.close(Duration.ZERO);
    }

    private static List<EmailMessage> mails(int count) {
        return IntStream.range(0, count).mapToObj(ScriptedTransport::mail).toList();
    }

    private static TemplateMailing mailing(int count) {
        return TemplateMailing.from("news@acme.example")
                .template("october")
                .entries(
                        IntStream.range(0, count).boxed().toList(),
                        i -> TemplateMailing.Entry.to("jane" + i + "@example.com")
                                .build());
    }

    private BulkSend.Report send(TemplateMailing mailing) {
        return mailer.sendAll(mailing, BulkOptions.defaults().onResult(result -> told.add(result.outcome())))
                .join();
    }

    /** A guard of the user's, which may keep its figures in a store that fails. */
    private static class Shared implements QuotaGuard {

        private final QuotaGuard guard;

        Shared() {
            this(SendingQuota.perSecond(100_000));
        }

        Shared(SendingQuota quota) {
            this.guard = QuotaGuard.of(quota);
        }

        @Override
        public Decision tryAcquire(Demand demand) {
            return guard.tryAcquire(demand);
        }

        @Override
        public void settle(Permit permit, Use rest, int spent) {
            guard.settle(permit, rest, spent);
        }

        @Override
        public void update(SendingQuota quota, long sentLast24Hours) {
            guard.update(quota, sentLast24Hours);
        }

        @Override
        public SendingQuota quota() {
            return guard.quota();
        }

        @Override
        public void close() {
            guard.close();
        }
    }

    @Test
    void aListenerWithAnErrorHoldsNothingUp() {
        use(mailer().listener(new SendListener() {
            @Override
            public void queued(int waiting) {
                throw new NoClassDefFoundError("queued");
            }

            @Override
            public void attempted(String attemptId, SendOutcome outcome, Duration took) {
                throw new AssertionError("attempted");
            }

            @Override
            public void finished(SendOutcome outcome, Duration took) {
                throw new StackOverflowError("finished");
            }
        }));
        assertThat(mailer.sendAsync(ScriptedTransport.mail(1)).join()).isInstanceOf(Sent.class);
        assertThat(mailer.trySend(ScriptedTransport.mail(2))).isInstanceOf(Sent.class);
        assertThat(mailer.sendAll(mails(20), BulkOptions.defaults()).join().sent())
                .isEqualTo(20);
        assertThat(mailer.close(Duration.ofSeconds(30)).isEmpty()).isTrue();
    }

    @Test
    @SuppressWarnings("NullAway") // that is what is wrong with it
    void anInterceptorThatAnswersNullChangesNothingOfTheTruth() {
        use(mailer().intercept((message, next) -> {
            next.proceed(message);
            return null;
        }));
        assertThat(mailer.sendAsync(ScriptedTransport.mail(1)).join()).isInstanceOf(Sent.class);
        assertThat(mailer.sendAll(mails(20), BulkOptions.defaults()).join().sent())
                .isEqualTo(20);
    }

    @Test
    void aGuardThatFailsEndsABulkAndSaysSo() {
        AtomicInteger asked = new AtomicInteger();
        transport.batchLimit = 50;
        use(mailer().quota(new Shared() {
            @Override
            public SendingQuota quota() {
                if (asked.incrementAndGet() > 3) {
                    throw new IllegalStateException("the store is gone");
                }
                return super.quota();
            }
        }));
        BulkSend.Report report = send(mailing(1_000));
        assertThat(report.stopped()).hasValueSatisfying(why -> assertThat(why).contains("IllegalStateException"));
        assertThat(report.failure()).isPresent();
        assertThat(told).hasSize((int) report.done());
    }

    /** The first few who wait for quota find its store gone, and then it is back. */
    private static final class GoneForAWhile extends Shared {

        private final AtomicInteger asked = new AtomicInteger();

        @Override
        public Decision tryAcquire(Demand demand) {
            int time = asked.getAndIncrement();
            if (time >= 20) {
                return super.tryAcquire(demand);
            }
            if (time % 2 == 1) {
                throw new IllegalStateException("the store is gone");
            }
            return Decision.waitAtLeast(Duration.ofNanos(1));
        }
    }

    @Test
    void aGuardThatFailsSpoilsNoMessageAndIsAskedAgain() {
        use(mailer().quota(new GoneForAWhile()).retry(RetryPolicy.none()));
        assertThat(mailer.trySend(ScriptedTransport.mail(1))).isInstanceOfSatisfying(NotSent.class, outcome -> {
            assertThat(outcome.reason()).isEqualTo(Reason.UNAVAILABLE);
            assertThat(outcome.isRetryable()).isTrue();
            assertThat(outcome.detail()).contains("IllegalStateException").doesNotContain("the store is gone");
        });
        use(mailer().quota(new GoneForAWhile())
                .retry(RetryPolicy.defaults().attempts(20).pauses(Duration.ofMillis(1), Duration.ofMillis(2))));
        assertThat(mailer.trySend(ScriptedTransport.mail(1))).isInstanceOf(Sent.class);
    }

    @Test
    void aGuardThatKnowsNoPaceLeavesNobodyInLine() {
        use(mailer().retry(RetryPolicy.none()).quota(new Shared(SendingQuota.perSecond(50)) {
            @Override
            public Duration pace() {
                throw new IllegalStateException("the store is gone");
            }
        }));
        List<SendOutcome> outcomes = mails(8).stream().map(mailer::sendAsync).toList().stream()
                .map(PendingSend::join)
                .toList();
        assertThat(outcomes).filteredOn(Sent.class::isInstance).isNotEmpty();
        assertThat(outcomes)
                .filteredOn(NotSent.class::isInstance)
                .isNotEmpty()
                .allSatisfy(outcome -> assertThat(((NotSent) outcome).reason()).isEqualTo(Reason.UNAVAILABLE));
        assertThat(mailer.trySend(ScriptedTransport.mail(9))).isNotNull();
    }

    @Test
    void aGuardThatFailedForAWhileLeavesABulkAllItsThreads() throws Exception {
        CountDownLatch twoAtOnce = new CountDownLatch(2);
        transport.then((message, attempt) -> {
            twoAtOnce.countDown();
            try {
                twoAtOnce.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return transport.take(message, attempt);
        });
        use(mailer().quota(new GoneForAWhile()).retry(RetryPolicy.none()));
        BulkSend bulk = mailer.sendAll(mails(100), BulkOptions.defaults());
        twoAtOnce.await();
        assertThat(bulk.join().sent()).isPositive();
    }

    @Test
    void aPermitThatCannotBeSettledMakesNoLieOfWhatWasSent() {
        transport.thenEntries((message, batch) -> SendOutcome.sent("id", "<id@email.amazonses.com>"));
        use(mailer().quota(new Shared() {
            @Override
            public void settle(Permit permit, Use rest, int spent) {
                throw new IllegalStateException("the store is gone");
            }
        }));
        assertThat(mailer.sendAsync(ScriptedTransport.mail(1)).join()).isInstanceOf(Sent.class);
        send(mailing(20));
        assertThat(told).hasSize(20).allSatisfy(outcome -> assertThat(outcome).isInstanceOf(Sent.class));
    }

    @Test
    void anErrorAfterABatchWasHandedOverLeavesAllOfItUnknown() {
        transport.thenBatches(messages -> {
            throw new StackOverflowError();
        });
        send(mailing(20));
        assertThat(told).hasSize(20).allSatisfy(outcome -> assertThat(outcome).isInstanceOf(Unknown.class));
    }

    @Test
    void anErrorInALaterAttemptForgetsNoUnknownOne() {
        AtomicInteger attempts = new AtomicInteger();
        transport.then((message, attempt) -> {
            if (attempts.incrementAndGet() > 1) {
                throw new StackOverflowError();
            }
            transport.take(message, attempt);
            return SendOutcome.unknown("no answer");
        });
        SendOutcome outcome = mailer.sendAsync(
                        ScriptedTransport.mail(1), SendOptions.defaults().atLeastOnce())
                .join();
        assertThat(attempts).hasValue(2);
        assertThat(outcome).isInstanceOf(Unknown.class);
    }

    @Test
    void cancellingABulkReachesAMailThatGoesAlone() throws Exception {
        CountDownLatch attempted = new CountDownLatch(1);
        transport.batchLimit = 50;
        transport.then((message, attempt) -> {
            attempt.handOff();
            attempted.countDown();
            return SendOutcome.notSent(Reason.DAILY_QUOTA, "the day is full").retryable(null);
        });
        use(mailer().retry(RetryPolicy.defaults().pauses(Duration.ofDays(1), Duration.ofDays(1)))
                .intercept((message, next) -> next.proceed(
                        message.toBuilder().configurationSet("other").build())));
        BulkSend bulk = mailer.sendAll(mailing(5), BulkOptions.defaults());
        attempted.await();
        bulk.cancel();
        assertThat(bulk.join().done()).isEqualTo(5);
    }

    @Test
    void whatWasAnsweredIsNotBrokenOffWhenTheMailerCloses() throws Exception {
        CountDownLatch attempted = new CountDownLatch(1);
        transport.then((message, attempt) -> {
            attempt.handOff();
            return SendOutcome.notSent(Reason.THROTTLED, "too fast").retryable(null);
        });
        use(mailer().retry(RetryPolicy.defaults().pauses(Duration.ofHours(1), Duration.ofHours(1)))
                .deadline(Duration.ofDays(1))
                .listener(new SendListener() {
                    @Override
                    public void attempted(String attemptId, SendOutcome outcome, Duration took) {
                        attempted.countDown();
                    }
                }));
        PendingSend send = mailer.sendAsync(ScriptedTransport.mail(1));
        attempted.await();
        Leftover left = mailer.close(Duration.ZERO);
        assertThat(left.brokenOff()).isZero();
        assertThat(left.cancelled()).isOne();
        assertThat(send.join())
                .isInstanceOfSatisfying(
                        NotSent.class, notSent -> assertThat(notSent.reason()).isEqualTo(Reason.CANCELLED));
    }

    @Test
    void aDrainLimitOutOfBoundsClosesNothing() {
        assertThatIllegalArgumentException().isThrownBy(() -> mailer.close(Duration.ofSeconds(-1)));
        assertThat(mailer.trySend(ScriptedTransport.mail(1))).isInstanceOf(Sent.class);
        mailer.close();
        assertThat(transport.closed).isTrue();
    }
}
