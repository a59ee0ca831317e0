package io.github.sesquill;

import io.github.sesquill.BulkSend.Progress;
import io.github.sesquill.BulkSend.Report;
import io.github.sesquill.BulkSend.Result;
import io.github.sesquill.message.EmailMessage;
import io.github.sesquill.time.TimeSource;
import io.github.sesquill.transport.SendOutcome;
import io.github.sesquill.transport.SendOutcome.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Has as many threads send a bulk as it takes to use the quota up. Each takes a message, sends it and takes the next. While
 * none waits for quota another is called in; while several do, who has sent goes home: then the quota is what bounds it.
 */
final class Bulk implements Workforce {

    /** So many in line keep the quota busy; more would only hold threads and messages. */
    private static final int ENOUGH_IN_LINE = 4;

    private static final Duration NO_DEADLINE = Duration.ofDays(365);

    private static final String CLOSED = "Its mailer was closed.";

    private final BulkSource source;
    private final BulkTally tally;
    private final BulkRoom room;
    private final TimeSource time;
    private final SendOptions options;
    private final long start;
    private final Duration deadline;
    private final CompletableFuture<Report> report = new CompletableFuture<>();
    private final BulkWorkers workers = new BulkWorkers();
    private final AtomicInteger inLine = new AtomicInteger();
    private final Set<Send> underWay = ConcurrentHashMap.newKeySet();
    private final AtomicReference<@Nullable String> stopped = new AtomicReference<>();
    private volatile boolean cancelled;
    private volatile @Nullable Throwable failure;

    Bulk(BulkSource source, BulkOptions options, BulkRoom room, TimeSource time) {
        this.source = source;
        this.tally = new BulkTally(options.onResult().orElse(null), source.size());
        this.room = room;
        this.time = time;
        this.start = time.nanoTime();
        this.deadline = options.deadline().orElse(NO_DEADLINE);
        this.options = options.isAtLeastOnce()
                ? SendOptions.defaults().bulk().atLeastOnce()
                : SendOptions.defaults().bulk();
    }

    Bulk begin() {
        if (!room.pipeline().begin(this)) {
            mailerCloses();
            return this;
        }
        String refusal = callOneIn();
        if (refusal != null) {
            endUnlessBegun(refusal + " no thread was there to send it.");
        }
        return this;
    }

    /** Calls a thread in if there may be one more; says why none came. */
    private @Nullable String callOneIn() {
        if (!workers.mayCall(room.mostThreads())) {
            return null;
        }
        try {
            room.threads().sendBulk(this::work);
            return null;
        } catch (RuntimeException | Error e) {
            workers.tookNone();
            return SendingThreads.refusal(e);
        }
    }

    private void work() {
        if (!workers.begin()) {
            return;
        }
        boolean wentHome = false;
        try {
            List<BulkSource.Item> items = take();
            while (!wentHome && !items.isEmpty()) {
                callForHelp();
                send(items);
                wentHome = isOneTooMany();
                items = wentHome ? items : take();
            }
        } catch (RuntimeException | Error e) {
            fail(e);
        } finally {
            if (!wentHome && workers.leaveForGood()) {
                end();
            }
        }
    }

    /** A guard or a clock of the user's failed: the bulk ends and says so, or whoever waits for it waits for ever. */
    private void fail(Throwable thrown) {
        failure = thrown;
        stop("It failed with " + thrown.getClass().getName() + '.');
    }

    /** Takes what comes next, unless something stops the bulk. */
    private List<BulkSource.Item> take() {
        if (left().isZero()) {
            stop("Its deadline of " + deadline + " passed.");
        }
        if (tally.isOverfull()) {
            stop("More than " + BulkTally.MOST_KEPT
                    + " messages were not sent or are unknown, and nobody hears of them;"
                    + " give BulkOptions an onResult.");
        }
        if (Thread.currentThread().isInterrupted()) {
            stop("A thread that sent it was interrupted.");
        }
        if (stopped.get() != null) {
            return List.of();
        }
        try {
            return source.take(room.atOnce());
        } catch (BulkSource.SourceFailedException e) {
            failure = e.getCause();
            stop("Its source failed with " + e.what() + '.');
            return List.of();
        }
    }

    private void stop(String why) {
        stopped.compareAndSet(null, why);
    }

    /** Calls another thread in while the quota is not what is waited for. */
    private void callForHelp() {
        if (inLine.get() == 0 && stopped.get() == null) {
            callOneIn();
        }
    }

    @Override
    public void entersLine() {
        inLine.incrementAndGet();
    }

    @Override
    public void leavesLine() {
        inLine.decrementAndGet();
        callForHelp();
    }

    @Override
    public boolean waitsForDay() {
        return true;
    }

    /** Sends this thread home if others are enough; never the last one. */
    private boolean isOneTooMany() {
        return inLine.get() >= ENOUGH_IN_LINE && workers.leaveToOthers();
    }

    /** Ends it if no thread has begun it, and one may never; whoever has begun sees for himself why it stops. */
    private void endUnlessBegun(String why) {
        stop(why);
        if (workers.endIfNobodyWorks()) {
            end();
        }
    }

    private void end() {
        source.close();
        room.pipeline().ended(this);
        report.complete(tally.report(stopped.get(), failure));
    }

    private Duration left() {
        long left = deadline.toNanos() - (time.nanoTime() - start);
        return left <= 0 ? Duration.ZERO : Duration.ofNanos(left);
    }

    private void send(List<BulkSource.Item> items) {
        List<Result> results = new ArrayList<>(items.size());
        List<BulkSource.Item> made = new ArrayList<>(items.size());
        List<Send> sends = new ArrayList<>(items.size());
        for (BulkSource.Item item : items) {
            try {
                sends.add(send(item.message().get()));
                made.add(item);
            } catch (RuntimeException | Error e) {
                results.add(new Result(item.index(), unmade(e)));
            }
        }
        if (sends.isEmpty()) {
            tally.add(results);
        } else {
            sendAndTell(sends, made, results);
        }
    }

    private Send send(EmailMessage message) {
        return new Send(message, options, left(), time, this);
    }

    private static SendOutcome unmade(Throwable thrown) {
        return SendOutcome.notSent(Reason.INVALID, "No message could be made of the object: " + thrown);
    }

    private void sendAndTell(List<Send> sends, List<BulkSource.Item> made, List<Result> results) {
        Send whole = sends.size() == 1 && !room.isBatched()
                ? sends.get(0)
                : sends.get(0).wholeOf(sends.size());
        boolean begun = room.pipeline().begin(whole);
        underWay.add(whole);
        try {
            if (!begun) {
                stop(CLOSED);
            }
            if (cancelled || !begun) {
                whole.goNoFurther();
            }
            List<SendOutcome> outcomes = outcomes(sends, whole);
            for (int i = 0; i < outcomes.size(); i++) {
                results.add(new Result(made.get(i).index(), outcomes.get(i)));
                heed(sends.get(i), outcomes.get(i));
            }
            underWay.remove(whole);
            whole.isToldBy(Thread.currentThread());
            tally.add(results);
        } finally {
            underWay.remove(whole);
            room.pipeline().ended(whole);
        }
    }

    /** Says of each what is known, whatever is thrown on the way: they were taken, and nobody takes them again. */
    private List<SendOutcome> outcomes(List<Send> sends, Send whole) {
        try {
            return room.send(sends, whole);
        } catch (RuntimeException | Error e) {
            fail(e);
            return sends.stream().map(send -> send.tell(send.judge(e))).toList();
        }
    }

    /** Where SES has paused all there is or no time is left, the next million would only be told the same. */
    private void heed(Send send, SendOutcome outcome) {
        if (!(outcome instanceof SendOutcome.NotSent notSent)) {
            return;
        }
        if (WithinQuota.isPaused(notSent) && (!WithinQuota.isOfSet(notSent) || room.allGoToSetOf(send.message()))) {
            stop("SES has paused sending, or suspended the account; what was not taken is not tried.");
        } else if (notSent.reason() == Reason.DEADLINE) {
            stop("Its deadline of " + deadline + " leaves no time for more.");
        }
    }

    void cancel() {
        cancelled = true;
        endUnlessBegun("It was cancelled.");
        underWay.forEach(room.pipeline()::cancel);
    }

    /** Its mailer lets no more begin. */
    void mailerCloses() {
        endUnlessBegun(CLOSED);
    }

    void onProgress(Consumer<? super Progress> consumer) {
        tally.onProgress(consumer);
    }

    Progress progress() {
        return tally.progress();
    }

    CompletableFuture<Report> report() {
        return report;
    }
}
