package io.github.sesquill;

import io.github.sesquill.api.SesApiTransport;
import io.github.sesquill.message.EmailMessage;
import io.github.sesquill.message.TemplateMailing;
import io.github.sesquill.quota.QuotaGuard;
import io.github.sesquill.quota.SendingQuota;
import io.github.sesquill.suppression.SuppressionList;
import io.github.sesquill.time.TimeSource;
import io.github.sesquill.transport.EmailTransport;
import io.github.sesquill.transport.SendOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Sends messages through Amazon SES and never more than the account may.
 *
 * <pre>{@code
 * try (SesMailer mailer = SesMailer.create()) {
 *     SendOutcome.Sent sent = mailer.send(EmailMessage.from("Acme <receipts@acme.example>")
 *             .to("Jane Doe <jane@example.com>")
 *             .subject("Your receipt")
 *             .text("Thank you.")
 *             .build());
 *     System.out.println(sent.messageId());
 * }
 * }</pre>
 *
 * <p>By default: a deadline of 30 s for waiting, pauses and network together; {@link RetryPolicy#defaults()}; the quota
 * that {@code GetAccount} reports, which the first send waits for at most 2 s, and the figures of the sandbox until it
 * has; 10,000 sends waiting for quota at most, and as many for a thread; up to 64 threads for
 * {@link #sendAsync} and 64 for {@link #sendAll}; one in ten recipients for bulk mail while other mail waits too; no
 * suppression list.
 *
 * <p>Create one for an account and region and share it: thread-safe, and the quota is kept by the one that is shared. It
 * owns its transport and closes it.
 */
public final class SesMailer implements EmailSender, AutoCloseable {

    /** How long sends that were broken off may take to tell their callers. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    private final EmailTransport transport;
    private final QuotaGuard guard;
    private final boolean ownsGuard;
    private final TimeSource time;
    private final Duration deadline;
    private final Duration drainLimit;
    private final Listeners listeners;
    private final SendLine line;
    private final Sends sends;
    private final Waiting waiting;
    private final int concurrency;
    private final SendingThreads threads;
    private final Overdue overdue = new Overdue();
    private final Pipeline pipeline;
    private final BatchAttempts batches;
    private final Submissions submissions;

    private SesMailer(Builder builder) {
        transport = builder.transport;
        time = builder.time;
        ownsGuard = builder.guard == null;
        guard = builder.guard == null ? QuotaGuard.of(builder.quotaOrSandbox(), time) : builder.guard;
        deadline = builder.deadline;
        drainLimit = builder.drainLimit;
        listeners = new Listeners(List.copyOf(builder.listeners));
        line = new SendLine(guard, time, builder.capacity, builder.whenFull == WhenFull.REFUSE, builder.bulkShare);
        sends = new Sends(time);
        concurrency = builder.concurrency;
        threads = builder.executor == null
                ? SendingThreads.own(builder.concurrency, line)
                : SendingThreads.of(builder.executor);
        waiting = new Waiting(builder.capacity, builder.whenFull == WhenFull.REFUSE, threads);
        WithinQuota withinQuota = new WithinQuota(line, guard, time, listeners);
        AttemptIds ids = new AttemptIds();
        Retries retries = new Retries(builder.retry, time);
        batches = new BatchAttempts(transport, retries, withinQuota, guard, ids, listeners, time);
        pipeline = new Pipeline(stages(builder, retries, withinQuota, ids), line, sends, listeners);
        submissions = new Submissions(pipeline, waiting, threads, overdue, listeners);
    }

    /** The architecture: what happens to a message, in this order. */
    private List<Stage> stages(Builder builder, Retries retries, WithinQuota withinQuota, AttemptIds ids) {
        List<Stage> stages = new ArrayList<>();
        builder.interceptors.forEach(interceptor -> stages.add(new Interception(interceptor)));
        if (builder.suppressionList != null) {
            stages.add(new SuppressedRecipients(builder.suppressionList));
        }
        stages.add(new PreFlight(transport, new Account(transport, guard, time, builder.asksAccount())));
        stages.add(new Gathering());
        stages.add(retries);
        stages.add(withinQuota);
        stages.add(new OneAttempt(transport, ids, time, listeners));
        return stages;
    }

    /**
     * Makes a mailer over the SES v2 API with every default: region and credentials from the AWS default chain, the quota
     * from the account. No I/O before the first send.
     */
    public static SesMailer create() {
        return builder(SesApiTransport.create()).build();
    }

    /** Begins a mailer that owns, and closes, this transport. */
    public static Builder builder(EmailTransport owned) {
        return new Builder(owned);
    }

    /**
     * Sends a message and answers what became of it. A closed mailer and an interrupted thread answer
     * {@link SendOutcome.Reason#CANCELLED}; the interrupt stays set.
     */
    @Override
    public SendOutcome trySend(EmailMessage message, SendOptions options) {
        return pipeline.send(new Send(message, options, deadline, time));
    }

    /** Sends with the default options on another thread, as {@link #sendAsync(EmailMessage, SendOptions)} does. */
    public PendingSend sendAsync(EmailMessage message) {
        return sendAsync(message, SendOptions.defaults());
    }

    /**
     * Sends on another thread: one of a pool of this mailer's own, or of the executor that its builder was given. The
     * deadline counts from now. If as many sends as the queue takes are waiting for a thread, this waits for a place,
     * or answers {@link SendOutcome.Reason#QUEUE_FULL}, as {@link Builder#queue} says; what is called back on a thread of
     * the pool never waits.
     */
    public PendingSend sendAsync(EmailMessage message, SendOptions options) {
        return submissions.submit(new Send(message, options, deadline, time));
    }

    /**
     * Sends many, read one after the other while they are sent; they let other mail pass.
     *
     * @param messages read once, by one thread at a time; a message may be made in {@code next()}, but what that throws
     *     ends the source
     */
    public BulkSend sendAll(Iterable<? extends EmailMessage> messages, BulkOptions options) {
        return sendAll(BulkSource.of(messages), options, null);
    }

    /** Sends what an iterator yields, such as a cursor, as the other method does; whoever opened it closes it. */
    public BulkSend sendAll(Iterator<? extends EmailMessage> messages, BulkOptions options) {
        return sendAll(BulkSource.of(messages), options, null);
    }

    /** Sends what a stream yields, as the other method does, and closes the stream in the end. */
    public BulkSend sendAll(Stream<? extends EmailMessage> messages, BulkOptions options) {
        return sendAll(BulkSource.of(messages), options, null);
    }

    /**
     * Sends a mailing: in batches of 50 entries at most, and no more than go in a second, if the transport carries
     * batches, else one by one. Of a batch only entries that certainly were not sent and may succeed are tried again.
     */
    public BulkSend sendAll(TemplateMailing mailing, BulkOptions options) {
        return sendAll(BulkSource.of(mailing), options, mailing);
    }

    private BulkSend sendAll(BulkSource source, BulkOptions options, @Nullable TemplateMailing mailing) {
        BulkRoom room = new BulkRoom(mailing, transport.batchLimit(), guard, batches, pipeline, threads, concurrency);
        return new BulkSend(new Bulk(source, options, room, time).begin());
    }

    /** Returns the guard that keeps to the quota, to be shared with other mailers of the account and region. */
    public QuotaGuard quota() {
        return guard;
    }

    /** Closes with the drain limit of the builder, as {@link #close(Duration)} does. */
    @Override
    public void close() {
        close(drainLimit);
    }

    /**
     * Refuses new sends, gives those under way some time to end, breaks off the rest and closes the transport. Each send
     * that is broken off tells its caller so. Idempotent; an interrupt ends the waiting and stays set.
     *
     * @param drain how long to wait; zero breaks off at once
     * @return what was left; nothing if it was closed before
     */
    public Leftover close(Duration drain) {
        Duration atMost = Checks.notNegative("drain limit", drain);
        if (sends.close()) {
            return new Leftover(0, 0);
        }
        waiting.close();
        try {
            sends.awaitEnd(atMost);
            Leftover left = sends.cancel();
            line.close();
            if (!left.isEmpty()) {
                sends.awaitEnd(LAST_WORDS);
            }
            overdue.close(LAST_WORDS);
            threads.close(LAST_WORDS);
            return left;
        } finally {
            closeTransport();
        }
    }

    private void closeTransport() {
        try {
            transport.close();
        } finally {
            if (ownsGuard) {
                guard.close();
            }
        }
    }

    /** What a send does when as many are waiting for quota as the queue takes. */
    public enum WhenFull {
        /** Waits all the same: the caller's own thread is what is bounded. */
        WAIT,
        /** Answers {@link SendOutcome.Reason#QUEUE_FULL} at once. */
        REFUSE
    }

    /** Collects a mailer; not thread-safe. Everything has the default that {@link SesMailer} names. */
    public static final class Builder {

        private static final int MOST_THREADS = 10_000;
        private static final int MOST_WAITING = 1_000_000;

        private final EmailTransport transport;
        private final List<SendInterceptor> interceptors = new ArrayList<>();
        private final List<SendListener> listeners = new ArrayList<>();
        private @Nullable SuppressionList suppressionList;
        private @Nullable SendingQuota quota;
        private @Nullable QuotaGuard guard;
        private RetryPolicy retry = RetryPolicy.defaults();
        private Duration deadline = Duration.ofSeconds(30);
        private Duration drainLimit = Duration.ofSeconds(30);
        private double bulkShare = 0.1;
        private int capacity = 10_000;
        private WhenFull whenFull = WhenFull.WAIT;
        private TimeSource time = TimeSource.system();
        private int concurrency = 64;
        private @Nullable Executor executor;

        private Builder(EmailTransport transport) {
            this.transport = transport;
        }

        private SendingQuota quotaOrSandbox() {
            return quota == null ? SendingQuota.sandbox() : quota;
        }

        private boolean asksAccount() {
            return quota == null && guard == null;
        }

        /** Keeps to a quota that is known, and never asks the account. */
        public Builder quota(SendingQuota known) {
            quota = known;
            guard = null;
            return this;
        }

        /** Keeps to the quota of a guard that others use too; it is not closed, and the account is never asked. */
        public Builder quota(QuotaGuard shared) {
            guard = shared;
            quota = null;
            return this;
        }

        /** Leaves out recipients who are on this list. */
        public Builder suppressionList(SuppressionList list) {
            suppressionList = list;
            return this;
        }

        /** Adds an interceptor; the first one added sees a message first. */
        public Builder intercept(SendInterceptor interceptor) {
            interceptors.add(interceptor);
            return this;
        }

        /** Sets how often what was not sent is tried again. */
        public Builder retry(RetryPolicy policy) {
            retry = policy;
            return this;
        }

        /**
         * Sets how long a send may take in all, unless its options say otherwise.
         *
         * @throws IllegalArgumentException if it is not more than zero, or more than a year
         */
        public Builder deadline(Duration total) {
            deadline = Checks.positive("deadline", total);
            return this;
        }

        /**
         * Sets which share of recipients bulk mail gets while other mail waits too.
         *
         * @param share 0, bulk waits for all other mail, to 1
         * @throws IllegalArgumentException if it is out of bounds
         */
        public Builder bulkShare(double share) {
            if (!(share >= 0 && share <= 1)) {
                throw new IllegalArgumentException(
                        "The share of bulk mail must be 0 to 1, such as 0.1, not " + share + '.');
            }
            bulkShare = share;
            return this;
        }

        /**
         * Sets how many sends may wait for quota, and how many for a thread, and what happens to one more.
         *
         * @param waiting 1 to 1,000,000
         * @throws IllegalArgumentException if it is out of bounds
         */
        public Builder queue(int waiting, WhenFull whenFull) {
            capacity = Checks.between("capacity of the queue", waiting, 1, MOST_WAITING);
            this.whenFull = whenFull;
            return this;
        }

        /**
         * Sets how many threads of the mailer's own send at once at most for {@link SesMailer#sendAsync}, and as many again
         * for {@link SesMailer#sendAll}. No more are at work than it takes to use the quota up: while four of them wait for
         * it, and no fewer than threads of yours, no other begins. They end after 5 s without work. A transport with fewer
         * connections has some of them wait.
         *
         * @param threads 1 to 10,000; 64 by default
         * @throws IllegalArgumentException if it is out of bounds
         */
        public Builder concurrency(int threads) {
            concurrency = Checks.between("number of threads", threads, 1, MOST_THREADS);
            return this;
        }

        /**
         * Sends on an executor of yours instead, virtual threads included, which is never shut down here. It is the place
         * to carry over context such as logging's MDC. A bulk keeps up to {@link #concurrency} of its threads.
         */
        public Builder executor(Executor yours) {
            executor = yours;
            return this;
        }

        /** Adds a listener. */
        public Builder listener(SendListener listener) {
            listeners.add(listener);
            return this;
        }

        /**
         * Sets how long {@link SesMailer#close()} waits for sends under way.
         *
         * @throws IllegalArgumentException if it is negative or more than a year
         */
        public Builder drainLimit(Duration atMost) {
            drainLimit = Checks.notNegative("drain limit", atMost);
            return this;
        }

        /** Takes time from this source; for tests. */
        public Builder time(TimeSource source) {
            time = source;
            return this;
        }

        /** Makes the mailer; no I/O. */
        public SesMailer build() {
            return new SesMailer(this);
        }
    }
}
