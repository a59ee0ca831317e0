package io.github.sesquill;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sesquill.BulkSend.Report;
import io.github.sesquill.message.EmailMessage;
import io.github.sesquill.message.TemplateMailing;
import io.github.sesquill.quota.SendingQuota;
import io.github.sesquill.time.TimeSource;
import io.github.sesquill.transport.SendOutcome;
import io.github.sesquill.transport.SendOutcome.Sent;
import io.github.sesquill.transport.SendOutcome.Unknown;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever an executor, an interrupt or a clock does to its threads, a bulk ends once and loses nothing it took. */
@Timeout(60)
class BulkEndsTest {

    private final ScriptedTransport transport = new ScriptedTransport();
    private final AtomicBoolean sourceIsClosed = new AtomicBoolean();
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

    private Stream<EmailMessage> endless() {
        return Stream.iterate(0, i -> i + 1).map(ScriptedTransport::mail).onClose(() -> sourceIsClosed.set(true));
    }

    private static Report now(BulkSend bulk) {
        assertThat(bulk.report().toCompletableFuture()).isDone();
        return bulk.join();
    }

    private static Report awaited(BulkSend bulk) throws Exception {
        return bulk.report().toCompletableFuture().get();
    }

    @Test
    void anInterruptThatAConsumerRestoresStopsIt() throws Exception {
        use(mailer().concurrency(1));
        Report report = awaited(mailer.sendAll(
                endless(),
                BulkOptions.defaults().onResult(result -> Thread.currentThread().interrupt())));
        assertThat(report.stopped()).contains("A thread that sent it was interrupted.");
        assertThat(report.sent()).isOne();
        assertThat(report.done()).isOne();
        assertThat(sourceIsClosed).isTrue();
    }

    @Test
    void anExecutorThatIsShutDownMeanwhileStopsIt() throws Exception {
        ExecutorService users = Executors.newFixedThreadPool(4);
        CountDownLatch sent = new CountDownLatch(100);
        use(mailer().executor(users));
        BulkSend bulk = mailer.sendAll(endless(), BulkOptions.defaults().onResult(result -> sent.countDown()));
        sent.await();
        users.shutdownNow();
        assertThat(awaited(bulk).stopped()).contains("A thread that sent it was interrupted.");
    }

    @Test
    void closingEndsWhatAnExecutorNeverRan() {
        use(mailer().executor(task -> {}));
        BulkSend bulk = mailer.sendAll(endless(), BulkOptions.defaults());
        assertThat(mailer.close(Duration.ofMinutes(5)).isEmpty()).isTrue();
        assertThat(now(bulk).stopped()).contains("Its mailer was closed.");
        assertThat(sourceIsClosed).isTrue();
    }

    @Test
    void cancellingEndsWhatAnExecutorNeverRan() {
        use(mailer().executor(task -> {}));
        BulkSend bulk = mailer.sendAll(endless(), BulkOptions.defaults());
        bulk.cancel();
        assertThat(now(bulk).stopped()).contains("It was cancelled.");
        assertThat(sourceIsClosed).isTrue();
    }

    @Test
    void aMailerThatIsClosedTakesNothing() {
        mailer.close();
        BulkSend bulk = mailer.sendAll(endless(), BulkOptions.defaults());
        assertThat(now(bulk).stopped()).contains("Its mailer was closed.");
        assertThat(now(bulk).done()).isZero();
        assertThat(sourceIsClosed).isTrue();
    }

    @Test
    void oneThreadIsEnoughIfAllOthersAreDropped() {
        AtomicBoolean first = new AtomicBoolean(true);
        use(mailer().executor(task -> {
            if (first.getAndSet(false)) {
                task.run();
            }
        }));
        assertThat(now(mailer.sendAll(mails(500), BulkOptions.defaults())).sent())
                .isEqualTo(500);
    }

    @Test
    void aThreadThatComesTooLateReadsNoSourceThatIsClosed() {
        Queue<Runnable> given = new ArrayDeque<>();
        AtomicInteger readTooLate = new AtomicInteger();
        use(mailer().executor(given::add));
        Stream<EmailMessage> messages = endless().takeWhile(message -> {
            readTooLate.addAndGet(sourceIsClosed.get() ? 1 : 0);
            return !ScriptedTransport.key(message).equals("jane100@example.com");
        });
        BulkSend bulk = mailer.sendAll(messages, BulkOptions.defaults());
        given.remove().run();
        assertThat(now(bulk).sent()).isEqualTo(100);
        assertThat(given).isNotEmpty();
        given.forEach(Runnable::run);
        assertThat(readTooLate).hasValue(0);
        assertThat(bulk.progress().done()).isEqualTo(100);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 100_000})
    void aThreadThatIsGivenItsOwnTaskSendsFirstWhatItHolds(int perSecond) {
        List<Long> heard = new ArrayList<>();
        use(mailer().quota(SendingQuota.perSecond(perSecond)).executor(Runnable::run));
        Report report =
                now(mailer.sendAll(mails(100), BulkOptions.defaults().onResult(result -> heard.add(result.index()))));
        assertThat(report.sent()).isEqualTo(100);
        assertThat(heard)
                .containsExactlyElementsOf(LongStream.range(0, 100).boxed().toList());
    }

    @Test
    void anIteratorIsReadToItsEndAndItsSizeIsNotKnown() throws Exception {
        BulkSend bulk = mailer.sendAll(mails(100).iterator(), BulkOptions.defaults());
        assertThat(awaited(bulk).sent()).isEqualTo(100);
        assertThat(bulk.progress().total()).isEmpty();
    }

    /** A clock of the user's that stops once something was handed over. */
    private static final class Stops implements TimeSource {

        private final AtomicBoolean broken = new AtomicBoolean();

        @Override
        public long nanoTime() {
            if (broken.get()) {
                throw new IllegalStateException("the clock stands still");
            }
            return TimeSource.system().nanoTime();
        }

        @Override
        public Instant instant() {
            return TimeSource.system().instant();
        }

        @Override
        public long awaitNanos(Condition condition, long nanos) throws InterruptedException {
            return TimeSource.system().awaitNanos(condition, nanos);
        }
    }

    @Test
    void whatWasTakenIsToldEvenIfTheClockFails() throws Exception {
        Stops clock = new Stops();
        transport.then((message, attempt) -> {
            SendOutcome outcome = transport.take(message, attempt);
            clock.broken.set(true);
            return outcome;
        });
        List<SendOutcome> told = Collections.synchronizedList(new ArrayList<>());
        use(mailer().concurrency(1).time(clock));
        Report report = awaited(
                mailer.sendAll(endless(), BulkOptions.defaults().onResult(result -> told.add(result.outcome()))));
        clock.broken.set(false);
        assertThat(told).singleElement().isInstanceOf(Sent.class);
        assertThat(report.done()).isOne();
        assertThat(report.failure())
                .hasValueSatisfying(thrown -> assertThat(thrown).hasMessage("the clock stands still"));
    }

    @Test
    void aBatchThatWasTakenIsToldEvenIfTheClockFails() throws Exception {
        Stops clock = new Stops();
        transport.thenBatches(messages -> {
            clock.broken.set(true);
            return null;
        });
        List<SendOutcome> told = Collections.synchronizedList(new ArrayList<>());
        use(mailer().concurrency(1).time(clock));
        TemplateMailing mailing = TemplateMailing.from("news@acme.example")
                .template("october")
                .entries(
                        IntStream.range(0, 1_000).boxed().toList(),
                        i -> TemplateMailing.Entry.to("jane" + i + "@example.com")
                                .build());
        Report report =
                awaited(mailer.sendAll(mailing, BulkOptions.defaults().onResult(result -> told.add(result.outcome()))));
        clock.broken.set(false);
        assertThat(told).hasSize(50).allSatisfy(outcome -> assertThat(outcome).isInstanceOf(Unknown.class));
        assertThat(report.done()).isEqualTo(50);
        assertThat(report.failure()).isPresent();
    }
}
