package io.github.sesquill.test;

import io.github.sesquill.SesMailer;
import io.github.sesquill.message.EmailAddress;
import io.github.sesquill.quota.SendingQuota;
import io.github.sesquill.suppression.Suppression;
import io.github.sesquill.test.engine.AccountSuppressions.Entry;
import io.github.sesquill.test.engine.Body;
import io.github.sesquill.test.engine.Change;
import io.github.sesquill.test.engine.ContactLists.ContactList;
import io.github.sesquill.test.engine.ContactLists.Topic;
import io.github.sesquill.test.engine.EventType;
import io.github.sesquill.test.engine.Notice;
import io.github.sesquill.test.engine.RefusalException;
import io.github.sesquill.test.engine.SesEngine;
import io.github.sesquill.transport.EmailTransport;
import io.github.sesquill.transport.SendOutcome;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
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
 * other mail is delivered, unless {@link #mailbox} or {@link #suppress} says otherwise. Templates are filled as SES fills
 * them; one that lacks an attribute is taken, and a Rendering Failure follows. Configuration sets, templates and contact
 * lists count as there until the first of their kind is made; then the others are refused.
 *
 * <p>Thread-safe. It keeps everything in memory until it is closed.
 */
public final class FakeSes implements AutoCloseable {

    private static final Duration LONGEST_SETTLING = Duration.ofHours(1);

    private final VirtualTime time;
    private final SesEngine engine;
    private final FakeAnswers answers;
    private final LentMailer mailer = new LentMailer(this);

    private FakeSes(Builder builder) {
        time = VirtualTime.startAt(builder.start);
        engine = builder.engine(time);
        answers = new FakeAnswers(engine, time);
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

    /**
     * Stores a template, as SES would: from then on templates that are not stored are refused.
     *
     * @param text the plain text body, or null
     * @param html the HTML body, or null
     * @throws IllegalArgumentException if it is there already, malformed or too large; the message says where
     */
    public FakeSes createTemplate(String name, String subject, @Nullable String text, @Nullable String html) {
        return made(() -> engine.templates().create(name, new Body(subject, text, html)));
    }

    /**
     * Makes a configuration set that publishes every kind of event; from then on sets that were not made are refused.
     *
     * @throws IllegalArgumentException if it is there already
     */
    public FakeSes createConfigurationSet(String name) {
        return made(() -> engine.configurationSets().create(name, EventType.values()));
    }

    /**
     * Makes the contact list of the account, whose contacts get every topic until they unsubscribe.
     *
     * @throws IllegalArgumentException if there is one already, or it has more than 20 topics
     */
    public FakeSes createContactList(String name, String... topics) {
        return made(() -> engine.contactLists()
                .create(new ContactList(
                        name, "", Stream.of(topics).map(Topic::new).toList())));
    }

    private FakeSes made(Runnable making) {
        try {
            making.run();
            return this;
        } catch (RefusalException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /**
     * Puts an address on the account's suppression list: SES takes mail to it and does not send it.
     *
     * @throws IllegalArgumentException if the reason is not one that SES has: a bounce or a complaint
     */
    public FakeSes suppress(String address, Suppression.Reason reason) {
        if (reason != Suppression.Reason.BOUNCE && reason != Suppression.Reason.COMPLAINT) {
            throw new IllegalArgumentException(
                    "The suppression list of an account has the reasons BOUNCE and COMPLAINT, not " + reason + '.');
        }
        engine.suppressions().put(address, reason);
        return this;
    }

    /** Returns the addresses on the account's suppression list, those that SES has put there too. */
    public List<String> suppressed() {
        engine.publishDue();
        return engine.suppressions().list().stream().map(Entry::address).toList();
    }

    /**
     * Says what a mailbox does with mail from now on.
     *
     * @throws IllegalArgumentException if it is not one address
     */
    public FakeSes mailbox(String address, Mailbox kind) {
        engine.destine(EmailAddress.of(address), kind.fate());
        return this;
    }

    /**
     * Has a message bounce for good at one of its recipients, now.
     *
     * @throws IllegalArgumentException if he is none
     */
    public FakeSes bounce(SentMessage message, String recipient) {
        engine.happenings().bounce(message.messageId(), EmailAddress.of(recipient), true);
        return this;
    }

    /**
     * Has one of its recipients complain of a message, now.
     *
     * @throws IllegalArgumentException if he is none
     */
    public FakeSes complain(SentMessage message, String recipient) {
        engine.happenings().complain(message.messageId(), EmailAddress.of(recipient));
        return this;
    }

    /**
     * Has the recipient follow the link to unsubscribe.
     *
     * @throws IllegalArgumentException if the message has none, because it named no contact list or several recipients
     */
    public FakeSes unsubscribe(SentMessage message) {
        if (!engine.happenings().unsubscribe(message.messageId())) {
            throw new IllegalArgumentException("Message " + message.messageId()
                    + " has no link to unsubscribe; it needs listManagement(…) and a single recipient.");
        }
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
     * {@link SesFault} has what goes wrong most.
     */
    public FakeSes enqueue(SendOutcome answer) {
        return enqueue(() -> answer);
    }

    /**
     * Scripts what happens to one attempt: the code runs when the attempt is made, may let time pass, and may throw, as a
     * transport that breaks does.
     */
    public FakeSes enqueue(Supplier<? extends SendOutcome> answer) {
        answers.enqueue(answer);
        return this;
    }

    /**
     * Returns a mailer on the fake's time that keeps to the account's quota: always the same one, until it is closed.
     * For one with other settings, give {@link #transport()} and {@link #time()} to {@link SesMailer#builder}.
     */
    public SesMailer mailer() {
        return mailer.get();
    }

    /** Returns a new transport into this fake, for one mailer to own; what it sends counts for the same account. */
    public EmailTransport transport() {
        return new FakeTransport(this);
    }

    SesEngine engine() {
        return engine;
    }

    FakeAnswers answers() {
        return answers;
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
        return answers.refused();
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
        return listen(notice -> listener.accept(notice.json()));
    }

    /**
     * Posts what is published from now on to a webhook, in signed envelopes, as SNS does: in the threads and at the times
     * at which {@link #onNotification} calls. What the webhook does not take fails there too.
     */
    public FakeSes publishTo(URI endpoint, SnsSigner sns) {
        SnsPublisher publisher = new SnsPublisher(endpoint, sns);
        return listen(publisher::publish);
    }

    private FakeSes listen(Consumer<Notice> listener) {
        engine.subscribe(change -> {
            if (change instanceof Change.Published published) {
                listener.accept(published.notice());
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
        mailer.close();
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
