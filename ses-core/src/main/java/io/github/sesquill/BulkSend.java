package io.github.sesquill;

import io.github.sesquill.transport.SendOutcome;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Many messages on their way, read one after the other as the quota lets them go: what is in memory is what is being sent,
 * never the whole.
 *
 * <pre>{@code
 * BulkSend bulk = mailer.sendAll(messages, BulkOptions.defaults().onResult(r -> log.write(r.index(), r.outcome())));
 * bulk.onProgress(p -> bar.update(p.done(), p.total()));
 * BulkSend.Report report = bulk.join();
 * }</pre>
 *
 * <p>Bulk mail lets other mail pass while both wait for quota, and gets the share that the mailer's builder names, so that
 * it never starves. A full day is waited for, and nothing else waits so long. One message that cannot be sent never stops
 * the rest; a bulk stops when its source, its guard of the quota or its clock throws, it is cancelled, a thread that sends
 * it is interrupted, its deadline passes, its mailer is closed, no executor takes it, SES pauses sending of the account
 * or of the configuration set of a mailing, or more than 10,000 messages were not sent or unknown and
 * {@link BulkOptions#onResult nobody hears of them}.
 *
 * <p>Thread-safe.
 */
public final class BulkSend {

    private final Bulk bulk;

    BulkSend(Bulk bulk) {
        this.bulk = bulk;
    }

    /** Waits until the bulk has ended and everybody was told. Not for what is called back, which would wait for itself. */
    public Report join() {
        return bulk.report().join();
    }

    /** Returns the report as a stage that never fails and that nobody else can complete. */
    public CompletionStage<Report> report() {
        return bulk.report().minimalCompletionStage();
    }

    /**
     * Takes no more messages and cancels those under way: they are CANCELLED if they were not handed over, and unknown if
     * they were and SES has not answered. The source is not interrupted while it is read. A bulk that no thread has begun
     * ends at once, on the thread that cancels it.
     */
    public void cancel() {
        bulk.cancel();
    }

    /** Tells how far the bulk is after each message or batch, one at a time; what the consumer throws is logged. */
    public BulkSend onProgress(Consumer<? super Progress> consumer) {
        bulk.onProgress(consumer);
        return this;
    }

    /** Returns how far the bulk is. */
    public Progress progress() {
        return bulk.progress();
    }

    @Override
    public String toString() {
        return "BulkSend[" + progress() + ']';
    }

    /** How far a bulk is. Immutable. */
    public static final class Progress {

        private final long sent;
        private final long notSent;
        private final long unknown;
        private final OptionalLong total;

        Progress(long sent, long notSent, long unknown, OptionalLong total) {
            this.sent = sent;
            this.notSent = notSent;
            this.unknown = unknown;
            this.total = total;
        }

        /** Returns how many messages have an outcome. */
        public long done() {
            return sent + notSent + unknown;
        }

        /** Returns how many there are; nothing for a stream or another source of unknown size. */
        public OptionalLong total() {
            return total;
        }

        /** Returns how many were sent. */
        public long sent() {
            return sent;
        }

        /** Returns how many were not sent. */
        public long notSent() {
            return notSent;
        }

        /** Returns of how many it is unknown. */
        public long unknown() {
            return unknown;
        }

        @Override
        public String toString() {
            return sent + " sent, " + notSent + " not sent, " + unknown + " unknown"
                    + (total.isPresent() ? " of " + total.getAsLong() : "");
        }
    }

    /** What became of one message. Immutable. */
    public static final class Result {

        private final long index;
        private final SendOutcome outcome;

        Result(long index, SendOutcome outcome) {
            this.index = index;
            this.outcome = outcome;
        }

        /** Returns the place of the message in its source, from 0. */
        public long index() {
            return index;
        }

        /** Returns what became of it. */
        public SendOutcome outcome() {
            return outcome;
        }

        @Override
        public String toString() {
            return index + ": " + outcome;
        }
    }

    /** What became of a bulk. Immutable. */
    public static final class Report {

        private final Progress counts;
        private final List<Result> firstNotSent;
        private final List<Result> firstUnknown;
        private final @Nullable String stopped;
        private final @Nullable Throwable failure;

        Report(
                Progress counts,
                List<Result> firstNotSent,
                List<Result> firstUnknown,
                @Nullable String stopped,
                @Nullable Throwable failure) {
            this.counts = counts;
            this.firstNotSent = List.copyOf(firstNotSent);
            this.firstUnknown = List.copyOf(firstUnknown);
            this.stopped = stopped;
            this.failure = failure;
        }

        /** Returns how many messages were taken from the source; each has an outcome. */
        public long done() {
            return counts.done();
        }

        /** Returns how many were sent. */
        public long sent() {
            return counts.sent();
        }

        /** Returns how many were not sent. */
        public long notSent() {
            return counts.notSent();
        }

        /** Returns of how many it is unknown. */
        public long unknown() {
            return counts.unknown();
        }

        /** Returns the first that were not sent, 10,000 at most, or all if nobody heard of them one by one. */
        public List<Result> firstNotSent() {
            return firstNotSent;
        }

        /** Returns the first of unknown outcome, 10,000 at most, or all if nobody heard of them one by one. */
        public List<Result> firstUnknown() {
            return firstUnknown;
        }

        /** Says in a sentence why the bulk stopped before the end of its source, if it did. */
        public Optional<String> stopped() {
            return Optional.ofNullable(stopped);
        }

        /** Returns what the source, a guard or a clock threw and thereby ended the bulk, if one did; its message may hold anything. */
        public Optional<Throwable> failure() {
            return Optional.ofNullable(failure);
        }

        @Override
        public String toString() {
            return "Report[" + counts + (stopped == null ? "]" : ", stopped: " + stopped + ']');
        }
    }
}
