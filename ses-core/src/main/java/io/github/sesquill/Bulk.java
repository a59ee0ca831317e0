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
final class Bulk {

    /** So many in line keep the quota busy; more would only hold threads and messages. */
    private static final int ENOUGH_IN_LINE = 4;

    private static final Duration NO_DEADLINE = Duration.ofDays(365);

    private final BulkSource source;
    private final BulkTally tally;
    private final BulkRoom room;
    private final TimeSource time;
    private final SendOptions options;
    private final long start;
    private final Duration deadline;
    private final CompletableFuture<Report> report = new CompletableFuture<>();
    private final AtomicInteger workers = new AtomicInteger();
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
        String refusal = callOneIn();
        if (refusal != null) {
            stop(refusal + " no thread was there to send it.");
            end();
        }
        return this;
    }

    /** Calls a thread in; says why none came. */
    private @Nullable String callOneIn() {
        workers.incrementAndGet();
        try {
            room.threads().sendBulk(this::work);
            return null;
        } catch (RuntimeException | Error e) {
            workers.decrementAndGet();
            return SendingThreads.refusal(e);
        }
    }

    private void work() {
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
            // A guard or a clock of the user's: the bulk ends and says so, or whoever waits for it waits for ever.
            failure = e;
            stop("It failed with " + e.getClass().getName() + '.');
        } finally {
            if (!wentHome) {
                leave();
            }
        }
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
        if (inLine.get() == 0 && workers.get() < room.mostThreads() && stopped.get() == null) {
            callOneIn();
        }
    }

    void entersLine() {
        inLine.incrementAndGet();
    }

    void leavesLine() {
        inLine.decrementAndGet();
        callForHelp();
    }

    /** Sends this thread home if others are enough; never the last one. */
    private boolean isOneTooMany() {
        return inLine.get() >= ENOUGH_IN_LINE && workers.getAndUpdate(count -> count > 1 ? count - 1 : count) > 1;
    }

    private void leave() {
        if (workers.decrementAndGet() == 0) {
            end();
        }
    }

    private void end() {
        source.close();
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
                : send(sends.get(0).message()).standsFor(sends.size());
        boolean begun = room.pipeline().begin(whole);
        underWay.add(whole);
        try {
            if (!begun) {
                stop("Its mailer was closed.");
            }
            if (cancelled || !begun) {
                whole.goNoFurther();
            }
            List<SendOutcome> outcomes = room.send(sends, whole);
            for (int i = 0; i < outcomes.size(); i++) {
                results.add(new Result(made.get(i).index(), outcomes.get(i)));
            }
            outcomes.forEach(this::heed);
            underWay.remove(whole);
            whole.isToldBy(Thread.currentThread());
            tally.add(results);
        } finally {
            underWay.remove(whole);
            room.pipeline().ended(whole);
        }
    }

    /** Where SES has paused sending or no time is left, the next million would only be told the same. */
    private void heed(SendOutcome outcome) {
        if (WithinQuota.isPaused(outcome)) {
            stop("SES has paused sending, or suspended the account; what was not taken is not tried.");
        } else if (outcome instanceof SendOutcome.NotSent notSent && notSent.reason() == Reason.DEADLINE) {
            stop("Its deadline of " + deadline + " leaves no time for more.");
        }
    }

    void cancel() {
        cancelled = true;
        stop("It was cancelled.");
        underWay.forEach(room.pipeline()::cancel);
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
