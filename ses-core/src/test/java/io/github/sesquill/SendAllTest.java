package io.github.sesquill;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sesquill.BulkSend.Report;
import io.github.sesquill.BulkSend.Result;
import io.github.sesquill.message.EmailMessage;
import io.github.sesquill.quota.SendingQuota;
import io.github.sesquill.transport.SendOutcome;
import io.github.sesquill.transport.SendOutcome.NotSent;
import io.github.sesquill.transport.SendOutcome.Reason;
import io.github.sesquill.transport.SendOutcome.Sent;
import io.github.sesquill.transport.SendOutcome.Unknown;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A bulk: every message it takes has one result, whatever happens, and it takes no more than it sends. */
@Timeout(60)
class SendAllTest {

    private final ScriptedTransport transport = new ScriptedTransport();
    private SesMailer mailer = mailer().build();

    private SesMailer.Builder mailer() {
        return SesMailer.builder(transport).quota(SendingQuota.perSecond(100_000));
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

    private static SendOutcome refused() {
        return SendOutcome.notSent(Reason.REJECTED, "so it is");
    }

    @Test
    void everyMessageHasOneResult() {
        transport.then((message, attempt) -> switch (numberOf(message) % 10) {
            case 3 -> refused();
            case 7 -> {
                attempt.handOff();
                yield SendOutcome.unknown("silence");
            }
            default -> transport.take(message, attempt);
        });
        BitSet seen = new BitSet();
        AtomicInteger results = new AtomicInteger();
        Report report = mailer.sendAll(mails(2_000), BulkOptions.defaults().onResult(result -> {
                    seen.set((int) result.index());
                    results.incrementAndGet();
                    int last = (int) (result.index() % 10);
                    assertThat(result.outcome())
                            .isInstanceOf(last == 3 ? NotSent.class : last == 7 ? Unknown.class : Sent.class);
                }))
                .join();
        assertThat(results).hasValue(2_000);
        assertThat(seen.cardinality()).isEqualTo(2_000);
        assertThat(report.done()).isEqualTo(2_000);
        assertThat(report.sent()).isEqualTo(1_600);
        assertThat(report.notSent()).isEqualTo(200);
        assertThat(report.unknown()).isEqualTo(200);
        assertThat(report.firstNotSent()).hasSize(200);
        assertThat(report.firstUnknown()).hasSize(200);
        assertThat(report.stopped()).isEmpty();
        assertThat(transport.ledger).hasSize(1_600);
    }

    private static int numberOf(EmailMessage message) {
        return Integer.parseInt(ScriptedTransport.key(message).replaceAll("\\D", ""));
    }

    @Test
    void anEmptySourceIsDoneAtOnce() {
        assertThat(mailer.sendAll(List.of(), BulkOptions.defaults()).join().done())
                .isZero();
    }

    @Test
    void aStreamIsReadNoFurtherThanItIsSentAndClosedInTheEnd() {
        AtomicInteger read = new AtomicInteger();
        AtomicInteger ended = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicBoolean closed = new AtomicBoolean();
        use(mailer().concurrency(8));
        Stream<EmailMessage> endless = Stream.iterate(0, i -> i + 1)
                .limit(5_000)
                .map(ScriptedTransport::mail)
                .peek(message -> most.accumulateAndGet(read.incrementAndGet() - ended.get(), Math::max))
                .onClose(() -> closed.set(true));
        Report report = mailer.sendAll(endless, BulkOptions.defaults().onResult(result -> ended.incrementAndGet()))
                .join();
        assertThat(report.sent()).isEqualTo(5_000);
        assertThat(most.get()).isLessThanOrEqualTo(8);
        assertThat(closed).isTrue();
    }

    @Test
    void anIteratorThatThrowsEndsTheBulkAndLosesNothing() {
        Iterable<EmailMessage> failing = () -> new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public EmailMessage next() {
                if (next == 5) {
                    throw new IllegalStateException("the cursor is closed");
                }
                return ScriptedTransport.mail(next++);
            }
        };
        Report report = mailer.sendAll(failing, BulkOptions.defaults()).join();
        assertThat(report.sent()).isEqualTo(5);
        assertThat(report.stopped())
                .hasValueSatisfying(
                        why -> assertThat(why).isEqualTo("Its source failed with java.lang.IllegalStateException."));
        assertThat(report.failure())
                .hasValueSatisfying(thrown -> assertThat(thrown).hasMessage("the cursor is closed"));
    }

    @Test
    void aMessageThatIsNotThereSpoilsItselfOnly() {
        List<EmailMessage> some = new ArrayList<>(mails(3));
        some.set(1, null);
        Report report = mailer.sendAll(some, BulkOptions.defaults()).join();
        assertThat(report.sent()).isEqualTo(2);
        assertThat(report.firstNotSent())
                .singleElement()
                .satisfies(result -> assertThat(result.index()).isOne());
    }

    @Test
    void aConsumerThatThrowsHearsOfTheRestAllTheSame() {
        Set<Long> heard = new HashSet<>();
        Report report = mailer.sendAll(mails(100), BulkOptions.defaults().onResult(result -> {
                    heard.add(result.index());
                    throw new IllegalStateException("a user's mistake");
                }))
                .join();
        assertThat(report.sent()).isEqualTo(100);
        assertThat(heard).hasSize(100);
    }

    @Test
    void theReportComesAfterTheLastResult() {
        for (int round = 0; round < 50; round++) {
            Set<Long> heard = new HashSet<>();
            mailer.sendAll(mails(40), BulkOptions.defaults().onResult(result -> heard.add(result.index())))
                    .join();
            assertThat(heard).hasSize(40);
        }
    }

    @Test
    void withoutAConsumerItStopsBeforeFailuresAreLost() {
        transport.then((message, attempt) -> refused());
        use(mailer().concurrency(4));
        Report report = mailer.sendAll(mails(20_000), BulkOptions.defaults()).join();
        assertThat(report.stopped()).hasValueSatisfying(why -> assertThat(why).contains("10000", "onResult"));
        assertThat(report.notSent()).isBetween(10_001L, 10_010L);
        assertThat(report.firstNotSent()).hasSize((int) report.notSent());
        assertThat(report.firstNotSent().stream().map(Result::index).collect(Collectors.toSet()))
                .hasSize((int) report.notSent());
    }

    @Test
    void withAConsumerItGoesOnAndKeepsTheFirst() {
        transport.then((message, attempt) -> refused());
        AtomicInteger heard = new AtomicInteger();
        Report report = mailer.sendAll(
                        mails(12_000), BulkOptions.defaults().onResult(result -> heard.incrementAndGet()))
                .join();
        assertThat(heard).hasValue(12_000);
        assertThat(report.stopped()).isEmpty();
        assertThat(report.firstNotSent()).hasSize(10_000);
    }

    @Test
    void cancellingEndsWhatIsUnderWayAndTakesNoMore() throws Exception {
        transport.then((message, attempt) -> transport.hang(message, attempt, true));
        use(mailer().concurrency(3));
        BulkSend bulk =
                mailer.sendAll(Stream.iterate(0, i -> i + 1).map(ScriptedTransport::mail), BulkOptions.defaults());
        transport.awaitHanging();
        bulk.cancel();
        Report report = bulk.join();
        assertThat(report.stopped()).contains("It was cancelled.");
        assertThat(report.done()).isBetween(1L, 3L);
        assertThat(report.unknown()).isEqualTo(transport.ledger.size());
    }

    @Test
    void itsDeadlineEndsIt() {
        use(SesMailer.builder(transport).quota(SendingQuota.perSecond(1)).concurrency(2));
        Report report = mailer.sendAll(mails(1_000), BulkOptions.defaults().deadline(Duration.ofMillis(300)))
                .join();
        assertThat(report.sent()).isOne();
        assertThat(report.stopped()).hasValueSatisfying(why -> assertThat(why).contains("deadline"));
        assertThat(report.firstNotSent())
                .allSatisfy(result -> assertThat(result.outcome())
                        .isInstanceOfSatisfying(
                                NotSent.class, late -> assertThat(late.reason()).isEqualTo(Reason.DEADLINE)));
    }

    @Test
    void aPausedAccountStopsIt() {
        transport.then((message, attempt) -> SendOutcome.notSent(Reason.SENDING_PAUSED, "Sending is paused."));
        use(mailer().concurrency(2));
        Report report = mailer.sendAll(mails(1_000), BulkOptions.defaults()).join();
        assertThat(report.stopped()).hasValueSatisfying(why -> assertThat(why).contains("SES has paused sending"));
        assertThat(report.done()).isLessThanOrEqualTo(4);
    }

    @Test
    void closingTheMailerEndsIt() throws Exception {
        transport.then((message, attempt) -> transport.hang(message, attempt, true));
        use(mailer().concurrency(2));
        BulkSend bulk =
                mailer.sendAll(Stream.iterate(0, i -> i + 1).map(ScriptedTransport::mail), BulkOptions.defaults());
        transport.awaitHanging();
        Leftover left = mailer.close(Duration.ofMillis(10));
        Report report = bulk.join();
        assertThat(report.stopped()).contains("Its mailer was closed.");
        assertThat(left.brokenOff()).isPositive();
        assertThat(report.sent()).isZero();
        assertThat(bulk.report().toCompletableFuture()).isDone();
    }

    @Test
    void aConsumerMayCloseTheMailer() {
        AtomicInteger heard = new AtomicInteger();
        use(mailer().concurrency(1));
        Report report = mailer.sendAll(mails(10), BulkOptions.defaults().onResult(result -> {
                    heard.incrementAndGet();
                    mailer.close(Duration.ofMinutes(5));
                }))
                .join();
        assertThat(report.sent()).isOne();
        assertThat(report.done()).isEqualTo(heard.get());
    }

    @Test
    void tellsHowFarItIs() {
        List<Long> done = new ArrayList<>();
        CountDownLatch go = new CountDownLatch(1);
        transport.then((message, attempt) -> {
            try {
                go.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return transport.take(message, attempt);
        });
        BulkSend bulk = mailer.sendAll(mails(10), BulkOptions.defaults()).onProgress(progress -> {
            assertThat(progress.total()).hasValue(10);
            done.add(progress.done());
        });
        go.countDown();
        bulk.join();
        assertThat(done).isSorted().last().isEqualTo(10L);
        assertThat(bulk.progress().toString()).isEqualTo("10 sent, 0 not sent, 0 unknown of 10");
    }

    @Test
    void oneThreadOfAnExecutorIsEnough() {
        ExecutorService one = Executors.newSingleThreadExecutor();
        try {
            use(mailer().executor(one));
            assertThat(mailer.sendAll(mails(500), BulkOptions.defaults()).join().sent())
                    .isEqualTo(500);
        } finally {
            one.shutdownNow();
        }
    }

    @Test
    void theCallersOwnThreadWillDo() {
        use(mailer().executor(Runnable::run));
        assertThat(mailer.sendAll(mails(500), BulkOptions.defaults()).join().sent())
                .isEqualTo(500);
    }

    @Test
    void anExecutorThatTakesNothingEndsIt() {
        use(mailer().executor(task -> {
            throw new RejectedExecutionException("full");
        }));
        assertThat(mailer.sendAll(mails(5), BulkOptions.defaults()).join().stopped())
                .isPresent();
    }

    @Test
    void closingLeavesNoThread() {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        mailer.sendAll(mails(1_000), BulkOptions.defaults()).join();
        mailer.close();
        assertThat(Thread.getAllStackTraces().keySet().stream()
                        .filter(thread ->
                                !before.contains(thread) && thread.getName().startsWith("sesquill")))
                .isEmpty();
    }
}
