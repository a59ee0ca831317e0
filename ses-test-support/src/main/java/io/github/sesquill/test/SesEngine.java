package io.github.sesquill.test;

import io.github.sesquill.message.EmailAddress;
import io.github.sesquill.quota.SendingQuota;
import io.github.sesquill.time.TimeSource;
import io.github.sesquill.transport.AccountStatus;
import io.github.sesquill.transport.SendOutcome;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The rules of SES for one account in one region, whichever way messages come in and wherever time comes from.
 *
 * <p>Thread-safe: one lock around everything.
 */
final class SesEngine {

    /** What the v2 API and SMTP take (SES Developer Guide, "Service quotas in Amazon SES"). */
    static final long LARGEST_MESSAGE = 40L * 1024 * 1024;

    private final SesAccount account;
    private final TimeSource time;
    private final Identities identities = new Identities();
    private final SendingRate rate = new SendingRate();
    private final SendingDay day = new SendingDay();
    private final MessageIds ids;
    private final Aftermath aftermath;
    private final Outbox outbox = new Outbox();
    private final Queue<SendOutcome> script = new ArrayDeque<>();
    private final List<SentMessage> sent = new ArrayList<>();
    private final List<RefusedMessage> refused = new ArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private SendingQuota quota;
    private boolean paused;

    SesEngine(SesAccount account, TimeSource time) {
        this.account = account;
        this.time = time;
        SplittableRandom random = new SplittableRandom(account.seed());
        ids = new MessageIds(account.region(), random);
        aftermath = new Aftermath(account, ids, random);
        quota = account.quota();
    }

    /** Answers one attempt as SES would, or as the script says. */
    SendOutcome submit(Submission submission) {
        return locked(() -> {
            SendOutcome scripted = script.poll();
            return scripted == null ? judge(submission) : play(scripted, submission);
        });
    }

    private SendOutcome judge(Submission submission) {
        return refusal(submission)
                .<SendOutcome>map(refusal -> refuse(submission, refusal))
                .orElseGet(() -> accept(submission));
    }

    private Optional<SendOutcome.NotSent> refusal(Submission submission) {
        if (paused) {
            return Optional.of(Refusals.paused());
        }
        if (submission.size() > LARGEST_MESSAGE) {
            return Optional.of(Refusals.tooLong(submission.size(), LARGEST_MESSAGE));
        }
        List<EmailAddress> unverified = unverified(submission);
        return unverified.isEmpty()
                ? overQuota(submission)
                : Optional.of(Refusals.unverified(account.region(), unverified));
    }

    private Optional<SendOutcome.NotSent> overQuota(Submission submission) {
        long now = time.nanoTime();
        long limit = quota.recipientsPer24Hours().orElse(Long.MAX_VALUE);
        if (submission.daily() > 0 && day.sum(now) + submission.daily() > limit) {
            return Optional.of(Refusals.dayFull());
        }
        return rate.take(submission.recipients(), quota.recipientsPerSecond(), now)
                ? Optional.empty()
                : Optional.of(Refusals.throttled());
    }

    /** Lists the identities that must be verified and are not; those lent by another account are its own business. */
    private List<EmailAddress> unverified(Submission submission) {
        var message = submission.message();
        Stream<EmailAddress> from = message.fromIdentityArn().isPresent() ? Stream.empty() : Stream.of(message.from());
        Stream<EmailAddress> feedback =
                message.feedbackIdentityArn().isPresent() ? Stream.empty() : message.feedbackTo().stream();
        return Stream.of(
                        from.filter(sender -> !identities.covers(sender)),
                        feedback.filter(sender -> !identities.covers(sender)),
                        unverifiedRecipients(message.recipients()).stream())
                .flatMap(addresses -> addresses)
                .distinct()
                .toList();
    }

    /** Finds those whom the sandbox keeps mail from; nobody outside of it. */
    List<EmailAddress> unverifiedRecipients(List<EmailAddress> recipients) {
        return account.sandbox()
                ? recipients.stream()
                        .filter(recipient -> !recipient.isSimulator() && !identities.covers(recipient))
                        .toList()
                : List.of();
    }

    private SendOutcome accept(Submission submission) {
        day.add(submission.daily(), time.nanoTime());
        String id = ids.next(time.instant());
        return record(submission, id, ids.onTheWire(id));
    }

    private SendOutcome.Sent record(Submission submission, String id, String wireId) {
        SentMessage message = new SentMessage(submission.message(), id, wireId, time.instant(), submission.attemptId());
        sent.add(message);
        Optional<String> identity = identities.covering(submission.message().from());
        aftermath.of(message, identity).forEach(outbox::schedule);
        return SendOutcome.sent(id, wireId);
    }

    private SendOutcome refuse(Submission submission, SendOutcome outcome) {
        refused.add(new RefusedMessage(submission.message(), outcome, time.instant(), submission.attemptId()));
        return outcome;
    }

    /** Answers what the script says; SES has the message if the answer says that it accepted it. */
    private SendOutcome play(SendOutcome outcome, Submission submission) {
        if (outcome instanceof SendOutcome.Sent scripted) {
            day.add(submission.daily(), time.nanoTime());
            return record(submission, scripted.messageId(), scripted.wireMessageId());
        }
        if (outcome instanceof SendOutcome.Unknown unknown && unknown.accepted()) {
            accept(submission);
            return outcome;
        }
        return refuse(submission, outcome);
    }

    void script(SendOutcome outcome) {
        locked(() -> script.add(outcome));
    }

    void verify(String identity) {
        identities.verify(identity);
    }

    void pause(boolean pause) {
        locked(() -> paused = pause);
    }

    void change(SendingQuota changed) {
        locked(() -> quota = changed);
    }

    AccountStatus status() {
        return locked(() -> AccountStatus.of(quota.recipientsPerSecond(), dailyLimit())
                .sentLast24Hours((double) day.sum(time.nanoTime()))
                .productionAccess(!account.sandbox())
                .sendingEnabled(!paused)
                .build());
    }

    private double dailyLimit() {
        OptionalLong limit = quota.recipientsPer24Hours();
        return limit.isPresent() ? (double) limit.getAsLong() : AccountStatus.UNLIMITED;
    }

    List<SentMessage> sent() {
        return locked(() -> List.copyOf(sent));
    }

    List<RefusedMessage> refused() {
        return locked(() -> List.copyOf(refused));
    }

    /** Returns what has been published until now, but for the first so many. */
    List<String> published(int skipped) {
        return locked(() -> outbox.published(skipped, time.instant()));
    }

    /** Returns when the next notification will be published, if one will. */
    Optional<Instant> nextDue() {
        return locked(outbox::nextDue);
    }

    private <T> T locked(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }
}
