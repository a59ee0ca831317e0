package io.github.sesquill.test;

import io.github.sesquill.SesMailer;
import io.github.sesquill.quota.SendingQuota;
import io.github.sesquill.test.engine.Accepted;
import io.github.sesquill.test.engine.Answer;
import io.github.sesquill.test.engine.Change;
import io.github.sesquill.test.engine.Lost;
import io.github.sesquill.test.engine.Refusal;
import io.github.sesquill.test.engine.Refused;
import io.github.sesquill.test.engine.SesEngine;
import io.github.sesquill.transport.EmailTransport;
import io.github.sesquill.transport.SendOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Amazon SES in memory, for tests: it refuses what SES refuses, keeps what it accepts, and publishes what SES would.
 *
 * <pre>{@code
 * try (FakeSes ses = FakeSes.production()) {
 *     ses.verifyIdentity("acme.example");
 *     new Signup(ses.mailer()).register("jane@example.com");
 *     assertThat(ses).hasSent(1).first().isTo("jane@example.com").hasSubject("Welcome");
 * }
 * }</pre>
 *
 * <p>By default: region {@code eu-west-1}; a production account with 14 recipients a second and 50,000 in 24 hours, or a
 * sandbox with 1 and 200; nothing verified. Time is its own and passes only when somebody waits or advances it.
 *
 * <p>Messages that name a configuration set are followed by events, all others by the feedback notifications of their
 * sender's identity; never both. Mail to {@code success}, {@code bounce}, {@code ooto}, {@code complaint} and
 * {@code suppressionlist} at {@code simulator.amazonses.com}, labels allowed, meets the fate that SES gives it; all
 * other mail is delivered. Templates are not rendered.
 *
 * <p>Thread-safe. It keeps everything in memory until it is closed.
 */
public final class FakeSes implements AutoCloseable {

    private static final Duration LONGEST_SETTLING = Duration.ofHours(1);

    private final VirtualTime time;
    private final SesEngine engine;
    private final Queue<SendOutcome> script = new ConcurrentLinkedQueue<>();
    private final Queue<RefusedMessage> refused = new ConcurrentLinkedQueue<>();
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable FakeTransport lent;
    private @Nullable SesMailer mailer;

    private FakeSes(Builder builder) {
        time = VirtualTime.startAt(builder.start);
        engine = builder.engine(time);
        time.follow(engine::publishDue);
    }

    /** Opens a production account: 14 recipients a second, 50,000 in 24 hours, anybody may be written to. */
    public static FakeSes production() {
        return builder().build();
    }

    /** Opens an account in the sandbox: 1 recipient a second, 200 in 24 hours, verified recipients and the simulator. */
    public static FakeSes sandbox() {
        return builder().sandbox().build();
    }

    /** Begins an account with figures of its own. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Verifies an address, or a domain with all its addresses and subdomains, to send from and in the sandbox to send to.
     *
     * @throws IllegalArgumentException if it is neither
     */
    public FakeSes verifyIdentity(String addressOrDomain) {
        engine.identities().verify(addressOrDomain);
        return this;
    }

    /** Changes the quota from now on, as AWS does now and then; a mailer hears of it when it asks again. */
    public FakeSes changeQuota(SendingQuota quota) {
        engine.account().quota(quota);
        return this;
    }

    /** Pauses sending: every message is answered {@link SendOutcome.Reason#SENDING_PAUSED}. */
    public FakeSes pauseSending() {
        engine.account().pause(true);
        return this;
    }

    /** Ends the pause. */
    public FakeSes resumeSending() {
        engine.account().pause(false);
        return this;
    }

    /**
     * Scripts the answer to one attempt, after those scripted before; the rules do not apply to it.
     *
     * <p>The fake has the message afterwards if the answer says that SES accepted it: {@link SendOutcome.Sent}, under its
     * id, and {@link SendOutcome.Unknown} that is {@linkplain SendOutcome.Unknown#accepted() accepted}.
     */
    public FakeSes enqueue(SendOutcome answer) {
        script.add(answer);
        return this;
    }

    /**
     * Returns a mailer on the fake's time that keeps to the account's quota: always the same one, until it is closed.
     * For one with other settings, give {@link #transport()} and {@link #time()} to {@link SesMailer#builder}.
     */
    public SesMailer mailer() {
        lock.lock();
        try {
            if (mailer == null || lent == null || lent.isClosed()) {
                lent = new FakeTransport(this);
                mailer = SesMailer.builder(lent).time(time).build();
            }
            return mailer;
        } finally {
            lock.unlock();
        }
    }

    /** Returns a new transport into this fake, for one mailer to own; what it sends counts for the same account. */
    public EmailTransport transport() {
        return new FakeTransport(this);
    }

    SesEngine engine() {
        return engine;
    }

    /** Answers one attempt as the script says, or else as the rules do. */
    SendOutcome answer(MessageSubmission submission) {
        SendOutcome scripted = script.poll();
        return scripted == null ? judged(submission) : played(scripted, submission);
    }

    private SendOutcome judged(MessageSubmission submission) {
        Answer answer = engine.submit(submission);
        if (answer instanceof Accepted accepted) {
            return SendOutcome.sent(accepted.messageId(), accepted.wireMessageId());
        }
        if (answer instanceof Refused no) {
            return refused(submission, outcome(no.refusal()));
        }
        SendOutcome unknown = SendOutcome.unknown("No answer came.");
        return ((Lost) answer).accepted().isPresent() ? unknown : refused(submission, unknown);
    }

    private static SendOutcome outcome(Refusal refusal) {
        SendOutcome.NotSent not =
                SendOutcome.notSent(refusal.reason(), refusal.text()).code(refusal.code());
        return refusal.isRetryable() ? not.retryable(null) : not;
    }

    /** Answers what the script says; SES has the message if the answer says that it accepted it. */
    private SendOutcome played(SendOutcome answer, MessageSubmission submission) {
        if (answer instanceof SendOutcome.Sent sent) {
            engine.force(submission, sent.messageId(), sent.wireMessageId());
            return answer;
        }
        if (answer instanceof SendOutcome.Unknown unknown && unknown.accepted()) {
            engine.force(submission);
            return answer;
        }
        return refused(submission, answer);
    }

    private SendOutcome refused(MessageSubmission submission, SendOutcome answer) {
        refused.add(new RefusedMessage(submission.message(), answer, time.instant(), submission.attemptId()));
        return answer;
    }

    /** Returns the fake's time. */
    public VirtualTime time() {
        return time;
    }

    /** Returns the messages that were accepted, in order. */
    public List<SentMessage> sent() {
        return engine.accepted().stream().map(SentMessage::new).toList();
    }

    /** Returns the attempts that were not accepted, in order. */
    public List<RefusedMessage> refused() {
        return List.copyOf(refused);
    }

    /** Returns the notifications that were published until now, as JSON and in order, and tells listeners of them. */
    public List<String> notifications() {
        engine.publishDue();
        return new Published(engine.published(0));
    }

    /**
     * Adds a listener for what is published from now on. It is called in order, one notification at a time, by a thread
     * that sends, advances time, asks for notifications or settles; it may send.
     */
    public FakeSes onNotification(Consumer<String> listener) {
        engine.publishDue();
        engine.subscribe(change -> {
            if (change instanceof Change.Published published) {
                listener.accept(published.notice().json());
            }
        });
        return this;
    }

    /**
     * Lets time pass until every notification is published, and returns them all.
     *
     * @throws IllegalStateException if that takes more than an hour, because a listener sends again and again
     */
    public List<String> settle() {
        Instant last = time.instant().plus(LONGEST_SETTLING);
        engine.publishDue();
        for (Optional<Instant> due = engine.nextDue(); due.isPresent(); due = engine.nextDue()) {
            if (due.get().isAfter(last)) {
                throw new IllegalStateException("Notifications are still due after " + LONGEST_SETTLING
                        + " of waiting for them; does a listener answer each of them with a new message?");
            }
            time.advanceTo(due.get());
            engine.publishDue();
        }
        return notifications();
    }

    /** Closes the mailer of {@link #mailer()}; idempotent. What was sent can still be read. */
    @Override
    public void close() {
        lock.lock();
        try {
            if (mailer != null) {
                mailer.close();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Says how much was sent and refused. */
    @Override
    public String toString() {
        return "FakeSes[" + sent().size() + " sent, " + refused().size() + " refused]";
    }

    /** Collects an account; not thread-safe. */
    public static final class Builder {

        private static final Pattern REGION = Pattern.compile("[a-z]+(-[a-z]+)+-[0-9]+");

        private String region = "eu-west-1";
        private boolean sandbox;
        private @Nullable SendingQuota quota;
        private long seed = 1;
        private Instant start = VirtualTime.start().instant();

        private Builder() {}

        /** Opens the account in the sandbox. */
        public Builder sandbox() {
            sandbox = true;
            return this;
        }

        /** Sets what the account may send; by default 14/s and 50,000 in 24 hours, in the sandbox 1/s and 200. */
        public Builder quota(SendingQuota quota) {
            this.quota = quota;
            return this;
        }

        /**
         * Sets the region, which ids, ARNs and host names show; {@code eu-west-1} by default.
         *
         * @throws IllegalArgumentException if it does not look like the name of a region
         */
        public Builder region(String region) {
            if (!REGION.matcher(region).matches()) {
                throw new IllegalArgumentException(
                        "'" + region + "' does not look like the name of a region, such as eu-west-1.");
            }
            this.region = region;
            return this;
        }

        /** Sets what ids and delays are drawn from; 1 by default, so that a test sees the same ones each time. */
        public Builder seed(long seed) {
            this.seed = seed;
            return this;
        }

        /** Sets when time starts; noon of 1 January 2026, UTC, by default. */
        public Builder startingAt(Instant instant) {
            start = instant;
            return this;
        }

        private SesEngine engine(VirtualTime time) {
            SesEngine.Builder engine = SesEngine.builder(time).region(region).seed(seed);
            if (sandbox) {
                engine.sandbox();
            }
            if (quota != null) {
                engine.quota(quota);
            }
            return engine.build();
        }

        /** Opens the account. */
        public FakeSes build() {
            return new FakeSes(this);
        }
    }
}
