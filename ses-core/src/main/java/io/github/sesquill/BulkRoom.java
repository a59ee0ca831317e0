package io.github.sesquill;

import io.github.sesquill.message.EmailMessage;
import io.github.sesquill.message.TemplateMailing;
import io.github.sesquill.quota.QuotaGuard;
import io.github.sesquill.transport.SendOutcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a bulk works with.
 *
 * @param mailing what all its mails share, if they go in batches
 */
record BulkRoom(
        @Nullable TemplateMailing mailing,
        int batchLimit,
        QuotaGuard guard,
        BatchAttempts attempts,
        Pipeline pipeline,
        SendingThreads threads,
        int mostThreads) {

    boolean isBatched() {
        return mailing != null && batchLimit > 0;
    }

    /** Returns how many messages go at once: as many as one second takes, so that a batch never waits for more. */
    int atOnce() {
        int aSecond = (int) Math.min(batchLimit, guard.quota().recipientsPerSecond());
        return isBatched() ? Math.max(1, aSecond) : 1;
    }

    /** Tells whether all messages are known to go to the configuration set of this one. */
    boolean allGoToSetOf(EmailMessage message) {
        return mailing != null && mailing.configurationSet().equals(message.configurationSet());
    }

    List<SendOutcome> send(List<Send> sends, Send whole) {
        return isBatched() && mailing != null
                ? new Batch(mailing, sends, whole, pipeline, attempts).send()
                : List.of(pipeline.finished(whole, pipeline.outcome(whole)));
    }
}
