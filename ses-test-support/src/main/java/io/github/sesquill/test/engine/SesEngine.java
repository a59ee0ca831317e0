package io.github.sesquill.test.engine;

import io.github.sesquill.message.EmailAddress;
import io.github.sesquill.quota.SendingQuota;
import io.github.sesquill.suppression.Suppression.Reason;
import io.github.sesquill.time.TimeSource;
import io.github.sesquill.transport.AccountStatus;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * SES for one account in one region, whichever way messages come in and wherever time comes from.
 *
 * <p>By default: {@code eu-west-1}, in production with 14 recipients a second and 50,000 in 24 hours, nothing verified,
 * everything kept. Thread-safe: one lock around everything; subscribers are told outside of it.
 */
public final class SesEngine {

    /** What the v2 API and SMTP take, in bytes (SES Developer Guide, "Service quotas in Amazon SES"). */
    public static final long LARGEST_MESSAGE = 40L * 1024 * 1024;

    /** How many entries a bulk call takes (SES API reference, {@code SendBulkEmail}). */
    public static final int MOST_ENTRIES = 50;

    private final SesAccount account;
    private final TimeSource time;
    private final Identities identities = new Identities();
    private final AccountSuppressions suppressions;
    private final ConfigurationSets sets;
    private final Templates templates;
    private final ContactLists lists;
    private final Rules rules;
    private final Decisions decisions;
    private final MessageIds ids;
    private final Aftermath aftermath;
    private final Outbox outbox;
    private final Subscribers subscribers = new Subscribers();
    private final Queue<Scripted> script = new ArrayDeque<>();
    private final Ledger ledger;
    private final ReentrantLock lock = new ReentrantLock();

    private SesEngine(Builder builder) {
        time = builder.time;
        account = builder.account(this::changed);
        suppressions = new AccountSuppressions(time);
        sets = new ConfigurationSets(builder.strict);
        templates = new Templates(builder.strict, time);
        lists = new ContactLists(builder.strict);
        rules = new Rules(account, time, identities, sets, templates, lists);
        decisions = new Decisions(account, identities, templates, lists, suppressions, builder.unsubscribeUrl);
        SplittableRandom random = new SplittableRandom(builder.seed);
        ids = new MessageIds(account.region(), random);
        aftermath = new Aftermath(account, sets, ids, random);
        ledger = new Ledger(builder.keep);
        outbox = new Outbox(builder.keep > Integer.MAX_VALUE / 10 ? Integer.MAX_VALUE : builder.keep * 10);
    }

    /** Begins an account whose clock is given. */
    public static Builder builder(TimeSource time) {
        return new Builder(time);
    }

    /** Answers one message as SES would, or as the script says. */
    public Answer submit(Submission submission) {
        publishAside();
        Answer answer = locked(() -> {
            Scripted scripted = script.poll();
            return noted(scripted == null ? judge(submission) : play(scripted, submission));
        });
        publishAside();
        return answer;
    }

    /** Answers the entries of one bulk call, in order; all are refused if they are too many or none. */
    public List<Answer> submitBulk(List<? extends Submission> entries) {
        if (entries.isEmpty() || entries.size() > MOST_ENTRIES) {
            Refusal refusal = Refusal.entries(entries.size());
            return locked(() -> entries.stream()
                    .<Answer>map(entry -> noted(refuse(entry, refusal)))
                    .toList());
        }
        return entries.stream().map(this::submit).toList();
    }

    private Answer noted(Answer answer) {
        subscribers.note(new Change.Answered(answer));
        return answer;
    }

    private Answer judge(Submission submission) {
        return rules.refusal(submission)
                .<Answer>map(refusal -> refuse(submission, refusal))
                .orElseGet(() -> accept(submission));
    }

    private Accepted accept(Submission submission) {
        String id = ids.next(time.instant());
        return record(submission, id, ids.onTheWire(id));
    }

    private Accepted record(Submission submission, String id, String wireId) {
        rules.charge(submission);
        Accepted taken = new Accepted(submission, id, wireId, time.instant(), decisions.of(submission, id));
        ledger.add(taken);
        aftermath.of(taken).forEach(outbox::schedule);
        return taken;
    }

    private Refused refuse(Submission submission, Refusal refusal) {
        Refused answer = new Refused(submission, refusal, time.instant());
        ledger.add(answer);
        return answer;
    }

    private Answer play(Scripted scripted, Submission submission) {
        if (scripted instanceof Scripted.Refuse refuse) {
            return refuse(submission, refuse.refusal());
        }
        return new Lost(
                submission, ((Scripted.Lose) scripted).accepts() ? Optional.of(accept(submission)) : Optional.empty());
    }

    /** Scripts the answer to one submission, after those scripted before; the rules do not apply to it. */
    public void enqueue(Scripted scripted) {
        locked(() -> script.add(scripted));
    }

    /** Takes a message whatever the rules say. */
    public void force(Submission submission) {
        forced(() -> accept(submission));
    }

    /** Takes a message under ids of its own, whatever the rules say. */
    public void force(Submission submission, String messageId, String wireMessageId) {
        forced(() -> record(submission, messageId, wireMessageId));
    }

    private void forced(Supplier<Accepted> taking) {
        locked(() -> noted(taking.get()));
        publishAside();
    }

    /** Returns the identities. */
    public Identities identities() {
        return identities;
    }

    /** Returns the account's suppression list. */
    public AccountSuppressions suppressions() {
        return suppressions;
    }

    /** Returns the configuration sets. */
    public ConfigurationSets configurationSets() {
        return sets;
    }

    /** Returns the stored templates. */
    public Templates templates() {
        return templates;
    }

    /** Returns the contact lists. */
    public ContactLists contactLists() {
        return lists;
    }

    /** Returns how the account stands, which can be changed. */
    public SesAccount account() {
        return account;
    }

    private void changed() {
        locked(() -> {
            subscribers.note(new Change.Account());
            return true;
        });
        subscribers.tellAside();
    }

    /** Says what becomes of mail to an address outside the simulator from now on. */
    public void destine(EmailAddress recipient, Fate fate) {
        decisions.destine(recipient, fate);
    }

    /** Returns what the account may send and has sent. */
    public AccountStatus status() {
        return locked(() -> AccountStatus.of(account.quota().recipientsPerSecond(), dailyLimit())
                .sentLast24Hours((double) rules.sentLast24Hours())
                .productionAccess(!account.isInSandbox())
                .sendingEnabled(account.isEnabled())
                .build());
    }

    private double dailyLimit() {
        OptionalLong limit = account.quota().recipientsPer24Hours();
        return limit.isPresent() ? (double) limit.getAsLong() : AccountStatus.UNLIMITED;
    }

    /** Finds those whom the sandbox keeps mail from; nobody outside of it. */
    public List<EmailAddress> unverified(List<EmailAddress> recipients) {
        return rules.unverified(recipients);
    }

    /** Returns the messages that were accepted and are kept, in order. */
    public List<Accepted> accepted() {
        return locked(ledger::accepted);
    }

    /** Returns the messages that were refused and are kept, in order. */
    public List<Refused> refused() {
        return locked(ledger::refused);
    }

    /** Finds an accepted message that is kept. */
    public Optional<Accepted> find(String messageId) {
        return locked(() -> ledger.find(messageId));
    }

    /** Returns what was published until now and is kept, but for the first so many of all time. */
    public List<Notice> published(int skipped) {
        publishAside();
        return locked(() -> outbox.published(skipped));
    }

    /** Returns what was published of a message and is kept. */
    public List<Notice> notices(String messageId) {
        return published(0).stream()
                .filter(notice -> notice.messageId().equals(messageId))
                .toList();
    }

    /** Returns when the next notification is due, if one is. */
    public Optional<Instant> nextDue() {
        return locked(outbox::nextDue);
    }

    /** Publishes what is due, and tells subscribers; throws what they throw. */
    public void publishDue() {
        locked(this::publish);
        subscribers.tell();
    }

    private void publishAside() {
        locked(this::publish);
        subscribers.tellAside();
    }

    private boolean publish() {
        List<Notice> due = outbox.publish(time.instant());
        due.forEach(this::announce);
        return !due.isEmpty();
    }

    private void announce(Notice notice) {
        Reason reason = notice.type() == EventType.COMPLAINT ? Reason.COMPLAINT : Reason.BOUNCE;
        notice.suppresses().forEach(address -> suppressions.feed(address.address(), reason));
        if (notice.isTold()) {
            subscribers.note(new Change.Published(notice));
        }
    }

    /** Adds a subscriber for what changes from now on; it is called in order, by whoever changes something. */
    public AutoCloseable subscribe(Consumer<Change> subscriber) {
        publishAside();
        return subscribers.add(subscriber);
    }

    /** Returns what makes things happen to messages by hand. */
    public Happenings happenings() {
        return new Happenings(this, aftermath);
    }

    /** Publishes at once what somebody made happen; answers what was published. */
    List<Notice> happen(Function<Instant, List<Notice>> happening) {
        List<Notice> told = locked(() -> {
            List<Notice> notices = happening.apply(time.instant());
            notices.forEach(notice -> {
                if (notice.isTold()) {
                    outbox.add(notice);
                }
                announce(notice);
            });
            return notices;
        });
        subscribers.tell();
        return told;
    }

    /** Forgets messages and notifications, those still due too; the account stays as it is. */
    public void clear() {
        locked(() -> {
            ledger.clear();
            outbox.clear();
            return true;
        });
        changed();
    }

    private <T> T locked(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }

    /** Collects an account; not thread-safe. */
    public static final class Builder {

        private static final SendingQuota PRODUCTION = SendingQuota.of(14, 50_000);

        private final TimeSource time;
        private String region = "eu-west-1";
        private boolean sandbox;
        private @Nullable SendingQuota quota;
        private long seed = 1;
        private int keep = Integer.MAX_VALUE;
        private boolean strict;
        private String unsubscribeUrl = "https://unsubscribe.example/";

        private Builder(TimeSource time) {
            this.time = time;
        }

        /** Sets the region. */
        public Builder region(String name) {
            region = name;
            return this;
        }

        /** Opens the account in the sandbox. */
        public Builder sandbox() {
            sandbox = true;
            return this;
        }

        /** Sets the quota; by default 14/s and 50,000 in 24 hours, in the sandbox 1/s and 200. */
        public Builder quota(SendingQuota figures) {
            quota = figures;
            return this;
        }

        /** Sets what ids and delays are drawn from; 1 by default. */
        public Builder seed(long number) {
            seed = number;
            return this;
        }

        /** Sets how many messages, refusals and ten times as many notifications are kept; all by default. */
        public Builder keep(int messages) {
            keep = messages;
            return this;
        }

        /** Refuses configuration sets, templates and contact lists that were not made, even if none was. */
        public Builder strict() {
            strict = true;
            return this;
        }

        /** Sets what links to unsubscribe begin with; the token follows. */
        public Builder unsubscribeUrl(String prefix) {
            unsubscribeUrl = prefix;
            return this;
        }

        private SesAccount account(Runnable changed) {
            SendingQuota usual = sandbox ? SendingQuota.sandbox() : PRODUCTION;
            return new SesAccount(region, sandbox, quota == null ? usual : quota, changed);
        }

        /** Opens the account. */
        public SesEngine build() {
            return new SesEngine(this);
        }
    }
}
