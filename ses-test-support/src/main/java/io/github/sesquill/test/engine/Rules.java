package io.github.sesquill.test.engine;

import io.github.sesquill.message.EmailAddress;
import io.github.sesquill.message.ListManagement;
import io.github.sesquill.time.TimeSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What SES refuses, in the order in which it is looked at; the quotas come last, for only what is otherwise fine is
 * charged. Not thread-safe; the engine holds a lock.
 */
final class Rules {

    /** SES Developer Guide, "Service quotas": To, Cc and Bcc together. */
    private static final int MOST_RECIPIENTS = 50;

    private final SesAccount account;
    private final TimeSource time;
    private final Identities identities;
    private final ConfigurationSets sets;
    private final Templates templates;
    private final ContactLists lists;
    private final SendingRate rate = new SendingRate();
    private final SendingDay day = new SendingDay();

    Rules(
            SesAccount account,
            TimeSource time,
            Identities identities,
            ConfigurationSets sets,
            Templates templates,
            ContactLists lists) {
        this.account = account;
        this.time = time;
        this.identities = identities;
        this.sets = sets;
        this.templates = templates;
        this.lists = lists;
    }

    /** Says why SES does not take it; it has charged the rate if it says nothing. */
    Optional<Refusal> refusal(Submission submission) {
        return standing()
                .or(() -> shape(submission))
                .or(() -> configurationSet(submission).flatMap(sets::refusal))
                .or(() -> submission.template().flatMap(template -> templates.refusal(submission, template)))
                .or(() -> listManagement(submission).flatMap(lists::refusal))
                .or(() -> unverified(submission))
                .or(() -> overQuota(submission));
    }

    private Optional<Refusal> standing() {
        if (account.isSuspended()) {
            return Optional.of(Refusal.suspended());
        }
        return account.isPaused() ? Optional.of(Refusal.paused()) : Optional.empty();
    }

    private static Optional<Refusal> shape(Submission submission) {
        int recipients = submission.recipients().size();
        if (recipients == 0) {
            return Optional.of(Refusal.noRecipient());
        }
        if (recipients > MOST_RECIPIENTS) {
            return Optional.of(Refusal.tooManyRecipients());
        }
        return submission.size() > SesEngine.LARGEST_MESSAGE
                ? Optional.of(Refusal.tooLong(submission.size(), SesEngine.LARGEST_MESSAGE))
                : Optional.empty();
    }

    static Optional<String> configurationSet(Submission submission) {
        return submission.configurationSet().or(() -> SesHeaders.configurationSet(submission.headers()));
    }

    static Optional<ListManagement> listManagement(Submission submission) {
        return submission.listManagement().or(() -> SesHeaders.listManagement(submission.headers()));
    }

    private Optional<Refusal> unverified(Submission submission) {
        Stream<EmailAddress> from =
                submission.fromIdentityArn().isPresent() ? Stream.empty() : Stream.of(submission.from());
        List<EmailAddress> missing = Stream.concat(
                        Stream.concat(from, submission.alsoVerified().stream())
                                .filter(sender -> !identities.covers(sender)),
                        unverified(submission.recipients()).stream())
                .distinct()
                .toList();
        return missing.isEmpty() ? Optional.empty() : Optional.of(Refusal.unverified(account.region(), missing));
    }

    /** Finds those whom the sandbox keeps mail from; nobody outside of it. */
    List<EmailAddress> unverified(List<EmailAddress> recipients) {
        return account.isInSandbox()
                ? recipients.stream()
                        .filter(recipient -> !recipient.isSimulator() && !identities.covers(recipient))
                        .toList()
                : List.of();
    }

    private Optional<Refusal> overQuota(Submission submission) {
        long now = time.nanoTime();
        int daily = daily(submission);
        long limit = account.quota().recipientsPer24Hours().orElse(Long.MAX_VALUE);
        if (daily > 0 && day.sum(now) + daily > limit) {
            return Optional.of(Refusal.dayFull());
        }
        return rate.take(submission.recipients().size(), account.quota().recipientsPerSecond(), now)
                ? Optional.empty()
                : Optional.of(Refusal.throttled());
    }

    /** Counts what SES has taken. */
    void charge(Submission submission) {
        day.add(daily(submission), time.nanoTime());
    }

    /** The simulator's recipients do not count for the day. */
    private static int daily(Submission submission) {
        return (int)
                submission.recipients().stream().filter(r -> !r.isSimulator()).count();
    }

    long sentLast24Hours() {
        return day.sum(time.nanoTime());
    }
}
