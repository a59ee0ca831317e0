package io.github.sesquill.api;

import io.github.sesquill.message.EmailAddress;
import io.github.sesquill.message.EmailMessage;
import io.github.sesquill.message.TemplateMailing;
import io.github.sesquill.time.TimeSource;
import io.github.sesquill.transport.AccountStatus;
import io.github.sesquill.transport.EmailTransport;
import io.github.sesquill.transport.SendOutcome;
import io.github.sesquill.transport.SendOutcome.Reason;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sesv2.model.SendBulkEmailRequest;
import software.amazon.awssdk.services.sesv2.model.SendEmailRequest;

/**
 * Sends through the SES v2 API.
 *
 * <pre>{@code
 * SesApiTransport.create();                                // region and credentials from the AWS default chain
 * SesApiTransport.builder().region("eu-west-1").build();
 * SesApiTransport.using(client);                           // a SesV2Client of your own, which stays yours
 * }</pre>
 *
 * <p>Nothing is looked up and no connection is opened before the first send or question. The SDK's own retries are off,
 * on lent clients too and whatever {@code AWS_MAX_ATTEMPTS} says, because SES cannot tell a repeated request from a second
 * mail. An HTTP proxy comes from the JVM's and the environment's settings, as the SDK reads them.
 *
 * <p>Times: connect 2 s, 20 s for each wait for the answer, 10 s without progress in writing, and 30 s for the whole, or
 * what is left of the attempt if that is less, reading attachments and looking up region and credentials included; a name
 * that is being looked up in the DNS, and credentials that are being renewed, are not broken off but end by themselves,
 * and then nothing is sent. A lent client keeps its own connect and read timeouts. Answers longer than 1 MiB, and
 * compressed ones, are not read. A connection that was idle for 5 s is not used again, and closed within about a minute.
 *
 * <p>Thread-safe. One for the whole application is enough.
 */
public final class SesApiTransport implements EmailTransport {

    private static final Logger LOG = LoggerFactory.getLogger(SesApiTransport.class);
    private static final int MAX_BATCH = 50;
    private static final int MAX_CONNECTIONS = 10_000;

    /** Shorter than any server keeps an idle connection: one that SES has closed would make the next send unknown. */
    private static final Duration MAX_IDLE = Duration.ofSeconds(5);

    private static final Pattern REGION = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    private final ClientSource source;
    private final ApiTimeouts timeouts;
    private final Watch watch;
    private final SingleAttempt singleAttempt = new SingleAttempt();
    private final @Nullable Customization customization;
    private final TimeSource time;
    private final VerifiedIdentities identities;
    private volatile boolean closed;

    private SesApiTransport(Builder builder) {
        this.timeouts = builder.timeouts;
        this.watch = new Watch(timeouts);
        this.customization = builder.customizer == null ? null : new Customization(builder.customizer);
        this.time = builder.time;
        this.source = builder.lent == null
                ? new OwnClient(builder.region, builder.endpoint, timeouts, builder.maxIdle, builder.maxConnections)
                : new LentClient(RegionalClient.of(builder.lent));
        this.identities = new VerifiedIdentities(
                (page, atMost) -> source.client(atMost).ses().listEmailIdentities(page), time);
    }

    /** Makes a transport with region and credentials from the AWS default chain, looked up with the first send. */
    public static SesApiTransport create() {
        return builder().build();
    }

    /** Sends through a client of yours, which is never closed here. */
    public static SesApiTransport using(SesV2Client lent) {
        return builder(lent).build();
    }

    /** Begins a transport with a client of its own. */
    public static Builder builder() {
        return new Builder(null);
    }

    /** Begins a transport that sends through a client of yours, which is never closed here. */
    public static Builder builder(SesV2Client lent) {
        return new Builder(lent);
    }

    @Override
    public SendOutcome send(EmailMessage message, Attempt attempt) {
        SendOutcome outcome = attempted(attempt, () -> prepared(message, attempt), Function.identity());
        LOG.debug("Attempt {}: {}", attempt.id(), outcome);
        return outcome;
    }

    /** Returns 50, or 0 if there is a customizer, which knows messages only ({@code SendBulkEmail} takes 50 entries). */
    @Override
    public int batchLimit() {
        return customization == null ? MAX_BATCH : 0;
    }

    @Override
    public List<SendOutcome> sendBatch(TemplateMailing mailing, List<TemplateMailing.Entry> entries, Attempt attempt) {
        int size = entries.size();
        List<SendOutcome> outcomes =
                attempted(attempt, () -> prepared(mailing, entries, attempt), all -> BatchAnswers.ofEach(all, size));
        LOG.debug("Attempt {}: {}", attempt.id(), outcomes);
        return outcomes;
    }

    /** Makes a call ready, as far as the message allows. */
    private interface Preparation<T> {
        Function<RegionalClient, T> call() throws UnsendableException;
    }

    private <T> T attempted(Attempt attempt, Preparation<T> preparation, Function<SendOutcome, T> otherwise) {
        if (closed) {
            return otherwise.apply(SendOutcome.notSent(Reason.CANCELLED, "The transport is closed."));
        }
        Exchange exchange = new Exchange(attempt, timeouts);
        if (exchange.isTooLate() || Thread.currentThread().isInterrupted()) {
            return otherwise.apply(Failures.givenUp(exchange));
        }
        try {
            return exchange.run(watch, () -> preparation.call().apply(source.client(attempt.remaining())));
        } catch (UnsendableException e) {
            return otherwise.apply(Failures.judge(e, exchange));
        } catch (RuntimeException e) {
            return otherwise.apply(exchange.reply()
                    .map(reply -> Answers.judge(reply, e, exchange, time.instant()))
                    .orElseGet(() -> Failures.judge(e, exchange)));
        }
    }

    private Function<RegionalClient, SendOutcome> prepared(EmailMessage message, Attempt attempt)
            throws UnsendableException {
        Optional<String> refusal = refusal(message);
        if (refusal.isPresent()) {
            throw new UnsendableException(refusal.get());
        }
        SendEmailRequest.Builder plain = RequestMapping.request(message, attempt.id());
        SendEmailRequest asked =
                customization == null ? plain.build() : customization.applyTo(plain, message, attempt.id());
        SendEmailRequest request = isAsTheClientIs(asked.overrideConfiguration())
                ? asked
                : asked.toBuilder()
                        .overrideConfiguration(call(asked.overrideConfiguration(), attempt.remaining()))
                        .build();
        return client -> Acceptance.judge(client.ses().sendEmail(request), client.region());
    }

    private Function<RegionalClient, List<SendOutcome>> prepared(
            TemplateMailing mailing, List<TemplateMailing.Entry> entries, Attempt attempt) throws UnsendableException {
        SendBulkEmailRequest.Builder request = BatchMapping.request(mailing, entries, attempt);
        if (!isAsTheClientIs(Optional.empty())) {
            request.overrideConfiguration(call(Optional.empty(), attempt.remaining()));
        }
        SendBulkEmailRequest batch = request.build();
        return client ->
                BatchAnswers.judge(client.ses().sendBulkEmail(batch), entries.size(), client.region(), time.instant());
    }

    /** A client of ours says itself what every call must be, as long as the request does not contradict. */
    private boolean isAsTheClientIs(Optional<AwsRequestOverrideConfiguration> customized) {
        return customized.isEmpty() && !source.needsPlugin();
    }

    /** Says last, after the customizer, what every call must be: one attempt within its time. */
    private AwsRequestOverrideConfiguration call(
            Optional<AwsRequestOverrideConfiguration> customized, Duration remaining) {
        AwsRequestOverrideConfiguration.Builder call = customized
                .map(AwsRequestOverrideConfiguration::toBuilder)
                .orElseGet(AwsRequestOverrideConfiguration::builder);
        Duration atMost = remaining.compareTo(timeouts.total()) < 0 ? remaining : timeouts.total();
        return call.addPlugin(singleAttempt)
                .apiCallTimeout(atMost.toMillis() < 1 ? Duration.ofMillis(1) : atMost)
                .build();
    }

    /**
     * Says what the API cannot carry: more than 40 MB encoded, more than 15 headers, or one with more than 126
     * characters of name, 995 of value or 996 together; and a multi-region endpoint without
     * {@code software.amazon.awssdk:http-auth-aws-crt} on the class path.
     */
    @Override
    public Optional<String> refusal(EmailMessage message) {
        return Limits.refusal(message);
    }

    /** Asks {@code GetAccount}, which needs the permission {@code ses:GetAccount}. */
    @Override
    public Optional<AccountStatus> account(Duration atMost) {
        return Optional.of(AccountReader.read(source, atMost));
    }

    /**
     * Looks among the verified identities of the account, remembered and asked for again at most once a second, which
     * needs the permission {@code ses:ListEmailIdentities}; without it nobody is called unverified.
     */
    @Override
    public List<EmailAddress> unverified(List<EmailAddress> recipients, Duration atMost) {
        return identities.missingAmong(recipients, atMost);
    }

    /** Closes the client if it is this transport's own; what is under way on it fails. */
    @Override
    public void close() {
        closed = true;
        source.close();
        watch.close();
    }

    /** Collects a transport. Not thread-safe. */
    public static final class Builder {

        private final @Nullable SesV2Client lent;
        private @Nullable String region;
        private @Nullable URI endpoint;
        private ApiTimeouts timeouts = ApiTimeouts.DEFAULTS;
        private Duration maxIdle = MAX_IDLE;
        private int maxConnections = 128;
        private @Nullable Consumer<SendEmailRequest.Builder> customizer;
        private TimeSource time = TimeSource.system();

        private Builder(@Nullable SesV2Client lent) {
            this.lent = lent;
        }

        /**
         * Names the region, such as {@code eu-west-1}, instead of the one that the AWS default chain finds.
         *
         * @throws IllegalArgumentException if it is not made of lower-case letters, digits and dashes
         * @throws IllegalStateException if the client is lent
         */
        public Builder region(String id) {
            ownOnly("region");
            if (!REGION.matcher(id).matches()) {
                throw new IllegalArgumentException(
                        "'" + printable(id) + "' is not the name of an AWS region; write it as in eu-west-1.");
            }
            region = id;
            return this;
        }

        /**
         * Sends to another address than that of SES in the region, such as {@code http://localhost:8005} in a test.
         * Over {@code http} messages are readable on the way.
         *
         * @throws IllegalArgumentException unless it is http or https and a host, perhaps with port and path
         * @throws IllegalStateException if the client is lent
         */
        public Builder endpoint(URI uri) {
            ownOnly("endpoint");
            boolean web = "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
            if (!web || uri.getHost() == null || uri.getRawUserInfo() != null || uri.getRawQuery() != null) {
                throw new IllegalArgumentException(
                        "The endpoint must be http or https and a host, perhaps with port and path, such as"
                                + " https://email.eu-west-1.amazonaws.com, without user and query.");
            }
            endpoint = uri;
            return this;
        }

        /**
         * Sets how long a connection may take to open, TLS included; 2 s by default, 1 ms to 10 min.
         *
         * @throws IllegalArgumentException if it is out of bounds
         * @throws IllegalStateException if the client is lent
         */
        public Builder connectTimeout(Duration timeout) {
            ownOnly("connect timeout");
            timeouts = timeouts.withConnect(timeout);
            return this;
        }

        /**
         * Sets how long SES may be silent while an answer is waited for; 20 s by default, 1 ms to 10 min. When it
         * passes the outcome is unknown, so a short one makes unknown outcomes of slow ones.
         *
         * @throws IllegalArgumentException if it is out of bounds
         * @throws IllegalStateException if the client is lent
         */
        public Builder readTimeout(Duration timeout) {
            ownOnly("read timeout");
            timeouts = timeouts.withRead(timeout);
            return this;
        }

        /**
         * Sets how long SES may take nothing of a message that is still being written; 10 s by default, 1 ms to 10 min.
         *
         * @throws IllegalArgumentException if it is out of bounds
         */
        public Builder writeTimeout(Duration timeout) {
            timeouts = timeouts.withWrite(timeout);
            return this;
        }

        /**
         * Sets how long an attempt may take from waiting for a connection to the end of the answer; 30 s by default,
         * 1 ms to 10 min. What is left of the attempt counts if it is less.
         *
         * @throws IllegalArgumentException if it is out of bounds
         */
        public Builder totalTimeout(Duration timeout) {
            timeouts = timeouts.withTotal(timeout);
            return this;
        }

        /**
         * Sets how many messages can be on their way at once; further ones wait for a connection. 128 by default, as
         * many as the threads of a mailer: 64 for single sends and 64 for bulk; who sends from more threads of his own may
         * want more.
         *
         * @throws IllegalArgumentException unless it is 1 to 10,000
         * @throws IllegalStateException if the client is lent
         */
        public Builder maxConnections(int connections) {
            ownOnly("number of connections");
            if (connections < 1 || connections > MAX_CONNECTIONS) {
                throw new IllegalArgumentException(
                        "There can be 1 to " + MAX_CONNECTIONS + " connections, not " + connections + '.');
            }
            maxConnections = connections;
            return this;
        }

        /**
         * Changes every request right before it goes out, for what SES can do and a message cannot say. A change of the
         * recipients or of the tag {@code sesquill-attempt} is refused and the message not sent. Runs on the sending
         * thread, several at a time.
         */
        public Builder customize(Consumer<SendEmailRequest.Builder> change) {
            customizer = change;
            return this;
        }

        /** Takes the time from elsewhere, for tests; timeouts of connections stay with the real one. */
        public Builder time(TimeSource source) {
            time = source;
            return this;
        }

        Builder maxIdle(Duration atMost) {
            maxIdle = atMost;
            return this;
        }

        /** Makes the transport; no I/O. */
        public SesApiTransport build() {
            return new SesApiTransport(this);
        }

        private void ownOnly(String what) {
            if (lent != null) {
                throw new IllegalStateException("The " + what
                        + " belongs to the lent client; set it there, or begin with SesApiTransport.builder().");
            }
        }

        private static String printable(String text) {
            return text.length() > 60 || text.chars().anyMatch(Character::isISOControl) ? "…" : text;
        }
    }
}
