package io.github.sesquill;

import io.github.sesquill.BulkSend.Progress;
import io.github.sesquill.BulkSend.Report;
import io.github.sesquill.BulkSend.Result;
import io.github.sesquill.transport.SendOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts the results of a bulk, keeps the first that are not good news, and tells the user of each, one at a time. */
final class BulkTally {

    static final int MOST_KEPT = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(SesMailer.class);

    private final @Nullable Consumer<? super Result> onResult;
    private final OptionalLong total;
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong notSent = new AtomicLong();
    private final AtomicLong unknown = new AtomicLong();

    /** Has the user told one at a time; nothing of the mailer's waits for it but threads with results of this bulk. */
    private final ReentrantLock telling = new ReentrantLock();

    private final List<Result> keptNotSent = new ArrayList<>();
    private final List<Result> keptUnknown = new ArrayList<>();
    private volatile @Nullable Consumer<? super Progress> onProgress;
    private volatile boolean overfull;

    BulkTally(@Nullable Consumer<? super Result> onResult, OptionalLong total) {
        this.onResult = onResult;
        this.total = total;
    }

    void onProgress(Consumer<? super Progress> consumer) {
        onProgress = consumer;
    }

    Progress progress() {
        return new Progress(sent.get(), notSent.get(), unknown.get(), total);
    }

    /** Takes results in and tells of them. */
    void add(List<Result> results) {
        telling.lock();
        try {
            for (Result result : results) {
                count(result);
                tell(onResult, result);
            }
            tell(onProgress, progress());
        } finally {
            telling.unlock();
        }
    }

    private void count(Result result) {
        SendOutcome outcome = result.outcome();
        if (outcome instanceof SendOutcome.Sent) {
            sent.incrementAndGet();
        } else if (outcome instanceof SendOutcome.NotSent) {
            notSent.incrementAndGet();
            keep(result, keptNotSent);
        } else {
            unknown.incrementAndGet();
            keep(result, keptUnknown);
        }
    }

    /** Without a consumer all are kept: the bulk stops when there are too many, but some are under way then. */
    private void keep(Result result, List<Result> kept) {
        if (kept.size() < MOST_KEPT) {
            kept.add(result);
        } else if (onResult == null) {
            kept.add(result);
            overfull = true;
        }
    }

    private static <T> void tell(@Nullable Consumer<? super T> consumer, T what) {
        if (consumer == null) {
            return;
        }
        try {
            consumer.accept(what);
        } catch (RuntimeException | Error e) {
            LOG.error(
                    "What hears of a bulk failed with {}; the bulk goes on.",
                    e.getClass().getName());
        }
    }

    /** Tells whether more went wrong than anybody will hear of. */
    boolean isOverfull() {
        return overfull;
    }

    Report report(@Nullable String stopped, @Nullable Throwable failure) {
        telling.lock();
        try {
            return new Report(progress(), keptNotSent, keptUnknown, stopped, failure);
        } finally {
            telling.unlock();
        }
    }
}
