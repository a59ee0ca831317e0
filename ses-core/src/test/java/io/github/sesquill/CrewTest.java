package io.github.sesquill;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sesquill.quota.QuotaGuard;
import io.github.sesquill.quota.SendingQuota;
import io.github.sesquill.time.TimeSource;
import io.github.sesquill.transport.SendOutcome;
import io.github.sesquill.transport.SendOutcome.Reason;
import io.github.sesquill.transport.SendOutcome.Sent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** As few threads send as use the quota up, and none is missing where one is needed. */
class CrewTest extends WithMailer {

    private final SteppedTime time = new SteppedTime();

    /** Who is on its way through the pipeline. */
    private final Set<Thread> sending = ConcurrentHashMap.newKeySet();

    private SesMailer.Builder slow() {
        return SesMailer.builder(transport)
                .quota(SendingQuota.perSecond(1))
                .deadline(Duration.ofDays(1))
                .time(time)
                .intercept((message, send) -> {
                    sending.add(Thread.currentThread());
                    try {
                        return send.proceed(message);
                    } finally {
                        sending.remove(Thread.currentThread());
                    }
                });
    }

    private List<PendingSend> submit(int count) {
        List<PendingSend> pending = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            pending.add(mailer.sendAsync(ScriptedTransport.mail(i)));
        }
        return pending;
    }

    private long crewInLine() {
        return sending.stream()
                .filter(thread -> thread.getName().startsWith("sesquill-send-"))
                .filter(thread -> LockSupport.getBlocker(thread) instanceof Condition)
                .count();
    }

    private static void await(BooleanSupplier happened) {
        while (!happened.getAsBoolean()) {
            assertThat(Thread.currentThread().isInterrupted()).as("timed out").isFalse();
            Thread.onSpinWait();
        }
    }

    /** Lets so many pass, each only once the one before has made room for whoever follows. */
    private void letPass(int count, int stayInLine) {
        for (int i = 0; i < count; i++) {
            int gone = transport.attempts.get();
            await(() -> crewInLine() >= stayInLine);
            time.step();
            await(() -> transport.attempts.get() > gone);
        }
    }

    @Test
    void whileFourWaitForQuotaWhoHasSentGoesHome() {
        use(slow());
        submit(300);
        letPass(150, 4);
        Set<Thread> atWork = ConcurrentHashMap.newKeySet();
        transport.then((message, attempt) -> {
            atWork.add(Thread.currentThread());
            return transport.take(message, attempt);
        });
        letPass(100, 4);
        assertThat(atWork).hasSizeBetween(4, 6);
        assertThat(crewInLine()).isBetween(3L, 5L);
    }

    @Test
    void allComeWhileTheQuotaHoldsNobodyUp() {
        CountDownLatch all = new CountDownLatch(64);
        transport.then((message, attempt) -> {
            all.countDown();
            await(all);
            return transport.take(message, attempt);
        });
        List<PendingSend> pending = submit(64);
        assertThat(pending).allSatisfy(send -> assertThat(send.join()).isInstanceOf(Sent.class));
    }

    @Test
    void theyComeWhenTheQuotaHoldsNobodyUpAnyMore() {
        AtomicInteger permits = new AtomicInteger();
        use(slow().quota(new Opened(permits)));
        List<PendingSend> pending = submit(200);
        for (int i = 0; i < 100; i++) {
            permits.set(1);
            letPass(1, 4);
        }
        CountDownLatch many = new CountDownLatch(40);
        transport.then((message, attempt) -> {
            many.countDown();
            await(many);
            return transport.take(message, attempt);
        });
        permits.set(1_000);
        time.step();
        assertThat(pending).allSatisfy(send -> assertThat(send.join()).isInstanceOf(Sent.class));
    }

    /** A guard that grants as many permits as it is given, whatever the time. */
    private record Opened(AtomicInteger permits) implements QuotaGuard {

        @Override
        public Decision tryAcquire(Demand demand) {
            boolean granted = permits.getAndUpdate(now -> Math.max(0, now - 1)) > 0;
            return granted ? Decision.granted(() -> demand) : Decision.waitAtLeast(Duration.ofSeconds(1));
        }

        @Override
        public void settle(Permit permit, Use rest, int spent) {
            // It keeps no books.
        }

        @Override
        public void update(SendingQuota quota, long sentLast24Hours) {
            // It has no figures.
        }

        @Override
        public SendingQuota quota() {
            return SendingQuota.perSecond(1);
        }

        @Override
        public void close() {
            // It holds nothing.
        }
    }

    @Test
    void whatWaitsForAThreadIsNotTriedOnceSendingIsPaused() {
        use(slow());
        List<PendingSend> pending = submit(300);
        letPass(150, 4);
        int before = transport.attempts.get();
        transport.then((message, attempt) -> SendOutcome.notSent(Reason.SENDING_PAUSED, "Sending is paused."));
        time.step();
        List<PendingSend> rest = pending.subList(before, pending.size());
        assertThat(rest).hasSizeGreaterThan(100).allSatisfy(send -> assertReason(send.join(), Reason.SENDING_PAUSED));
        assertThat(transport.attempts).hasValue(before + 1);
        transport.then(transport::take);
        PendingSend afterwards = mailer.sendAsync(ScriptedTransport.mail(1));
        time.stepUntil(afterwards::isDone);
        assertThat(afterwards.join()).isInstanceOf(Sent.class);
    }

    @Test
    void aPasswordResetIsNotHeldUpByBulkMailThatWaitsWithTheThreads() {
        use(slow());
        for (int i = 0; i < 20; i++) {
            mailer.sendAsync(ScriptedTransport.mail(i), SendOptions.defaults().bulk());
        }
        await(() -> crewInLine() == 19);
        PendingSend reset = mailer.sendAsync(ScriptedTransport.mail(99));
        await(() -> crewInLine() == 20);
        time.stepUntil(reset::isDone);
        assertThat(transport.ledger).hasSizeLessThanOrEqualTo(4);
    }

    @Test
    void theyKeepAsMuchOfTheQuotaAsWhoSendsInAThreadOfHisOwn() throws Exception {
        use(slow());
        submit(150);
        letPass(100, 4);
        await(() -> crewInLine() == 4);
        Set<Thread> others = new HashSet<>();
        for (int i = 0; i < 12; i++) {
            Thread other = new Thread(() -> mailer.trySend(ScriptedTransport.mail(1_000)));
            other.start();
            others.add(other);
        }
        await(() -> others.stream().allMatch(thread -> LockSupport.getBlocker(thread) instanceof Condition));
        submit(20);
        await(() -> crewInLine() >= 12);
        mailer.close(Duration.ZERO);
        for (Thread other : others) {
            other.join();
        }
    }

    @Test
    void anInterruptLeftBehindIsNotMeantForTheNextSend() {
        use(mailer().concurrency(1));
        PendingSend second = queuedBehindOneThat(() -> Thread.currentThread().interrupt());
        assertThat(second.join()).isInstanceOf(Sent.class);
    }

    @Test
    void aClockThatFailsAtTheEndOfOneSendLeavesNoOtherBehind() {
        AtomicBoolean failing = new AtomicBoolean();
        use(mailer().concurrency(1).time(new FailingAtTheEnd(failing)));
        PendingSend second = queuedBehindOneThat(() -> failing.set(true));
        assertThat(second.join()).isInstanceOf(Sent.class);
        assertThat(failing).isFalse();
    }

    /** Submits a send that does this on its way, and another while the only thread is busy with it. */
    private PendingSend queuedBehindOneThat(Runnable doesThis) {
        CountDownLatch bothQueued = new CountDownLatch(1);
        transport.then((message, attempt) -> {
            await(bothQueued);
            doesThis.run();
            return transport.take(message, attempt);
        });
        mailer.sendAsync(ScriptedTransport.mail(1));
        await(() -> transport.attempts.get() == 1);
        transport.then(transport::take);
        PendingSend second = mailer.sendAsync(ScriptedTransport.mail(2));
        bothQueued.countDown();
        return second;
    }

    /** Throws once, where a send is told of, past all that would catch it. */
    private record FailingAtTheEnd(AtomicBoolean failing) implements TimeSource {

        @Override
        public Instant instant() {
            return TimeSource.system().instant();
        }

        @Override
        public long nanoTime() {
            boolean atTheEnd = StackWalker.getInstance()
                    .walk(frames ->
                            frames.anyMatch(frame -> frame.getClassName().equals(Pipeline.class.getName())
                                    && frame.getMethodName().equals("finished")));
            if (atTheEnd && failing.getAndSet(false)) {
                throw new IllegalStateException("no time");
            }
            return TimeSource.system().nanoTime();
        }

        @Override
        public long awaitNanos(Condition condition, long nanos) throws InterruptedException {
            return TimeSource.system().awaitNanos(condition, nanos);
        }
    }
}
