package io.github.sesquill.smtp;

import io.github.sesquill.message.EmailMessage;
import io.github.sesquill.mime.MimeWriter;
import io.github.sesquill.time.TimeSource;
import io.github.sesquill.transport.EmailTransport;
import io.github.sesquill.transport.SendOutcome;
import io.github.sesquill.transport.SendOutcome.NotSent;
import io.github.sesquill.transport.SendOutcome.Reason;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Sends through the SMTP interface of SES, or to another SMTP server.
 *
 * <pre>{@code
 * SmtpTransport.region("eu-west-1")
 *         .credentials(SmtpCredentials.fromIamKey(accessKeyId, secretAccessKey))
 *         .build();
 * }</pre>
 *
 * <p>Implicit TLS on port 465 unless told otherwise; on 25, 587 and 2587 STARTTLS is required. TLS is 1.2 or later, the
 * server's name is checked, and authentication is required: whatever of it fails, no credential and no address has left.
 * What the API has as parameters goes as headers that SES reads and takes off (SES Developer Guide, "Headers for
 * SMTP-specific features"). SMTP cannot ask what the account may do, so give the mailer a quota.
 *
 * <p>Connections are kept as SES keeps them: at most 16, idle for at most 5 s, for at most 100 messages and 60 s. One that
 * was idle for more than a second is asked for a sign of life first. One that failed, answered late or out of place is not
 * used again. When SES says that there are too many, fewer are used for a while.
 *
 * <p>Times: connect 5 s, TLS included, 20 s for each answer, 10 s for the server to take what is written, and 30 s for the
 * whole, or what is left of the attempt if that is less. The system's look-up of a name and the source of an attachment
 * cannot be broken off: they end by themselves, and then nothing is sent. After credentials were refused no other
 * connection is tried for a minute.
 *
 * <p>Thread-safe. One for the whole application is enough.
 */
public final class SmtpTransport implements EmailTransport {

    /** How often one message may find that a kept connection was dead before the next must be told. */
    private static final int STALE_CONNECTIONS = 3;

    private final Endpoint endpoint;
    private final Connections connections;
    private final Pool pool;
    private final Duration total;
    private final Duration drain;
    private final long maxSize;
    private final TimeSource time;
    private volatile boolean closed;

    private SmtpTransport(Builder builder) {
        endpoint = builder.endpoint();
        pool = new Pool(builder.limits, builder.time);
        connections = new Connections(builder.opening(endpoint), pool, builder.time);
        total = builder.timeouts.total();
        drain = builder.drain;
        maxSize = builder.maxSize;
        time = builder.time;
    }

    /**
     * Begins a transport to SES in a region of any partition, such as {@code eu-west-1}.
     *
     * @throws IllegalArgumentException if it is not made of lower-case letters, digits and dashes
     */
    public static Builder region(String id) {
        return new Builder(Endpoint.hostOf(Endpoint.checkedRegion(id)), id);
    }

    /**
     * Begins a transport to a host by its name or address, such as a local SES.
     *
     * @throws IllegalArgumentException if it is neither
     */
    public static Builder host(String name) {
        return new Builder(Endpoint.checkedHost(name), Endpoint.regionOf(name));
    }

    @Override
    public SendOutcome send(EmailMessage message, Attempt attempt) {
        if (closed) {
            return closedAlready();
        }
        Optional<String> refusal = refusal(message);
        if (refusal.isPresent()) {
            return SendOutcome.notSent(Reason.INVALID, refusal.get());
        }
        MimeWriter mime = MimeWriter.of(
                        message, '<' + attempt.id() + '@' + message.from().domain() + '>')
                .date(time.instant())
                .withSesHeaders(Map.of(Attempt.TAG, attempt.id()));
        Exchange exchange = new Exchange(message, mime, attempt, total);
        if (exchange.isGivenUp()) {
            return exchange.givenUp();
        }
        attempt.onAbort(exchange::cancel);
        return exchanged(exchange);
    }

    private static NotSent closedAlready() {
        return SendOutcome.notSent(Reason.CANCELLED, "The transport is closed.");
    }

    private SendOutcome exchanged(Exchange exchange) {
        for (int stale = 0; true; stale++) {
            try {
                return over(connections.take(exchange), exchange);
            } catch (StaleException e) {
                pool.dropIdle();
                if (stale == STALE_CONNECTIONS) {
                    return exchange.unlessGivenUp(Refusals.broken("on one connection after the other", e));
                }
            } catch (NotOpenedException e) {
                return exchange.unlessGivenUp(e.outcome());
            } catch (Pool.NoRoomException e) {
                return e.isClosed() ? closedAlready() : exchange.unlessGivenUp(noRoom());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return exchange.givenUp();
            }
        }
    }

    private NotSent noRoom() {
        return SendOutcome.notSent(
                        Reason.UNAVAILABLE, "None of the " + pool.limit() + " connections was free for " + total + '.')
                .retryable(null);
    }

    private SendOutcome over(Connection connection, Exchange exchange) throws StaleException {
        Transaction transaction = new Transaction(exchange, connection, time, maxSize, endpoint.region());
        boolean done = false;
        try {
            SendOutcome outcome = transaction.run();
            done = true;
            return outcome;
        } finally {
            exchange.letsGo();
            if (!done) {
                connection.giveUp();
            }
            pool.giveBack(connection);
            if (transaction.isCrowded()) {
                pool.crowded();
            }
        }
    }

    /**
     * Says what SMTP cannot carry: a template, a multi-region endpoint, more than 40 MB encoded unless told otherwise, and
     * lines that cannot be broken.
     */
    @Override
    public Optional<String> refusal(EmailMessage message) {
        if (message.endpointId().isPresent()) {
            return Optional.of("The message goes through a multi-region endpoint, which only the SES API knows.");
        }
        Optional<String> refusal = MimeWriter.refusal(message);
        return refusal.isPresent() || message.encodedSize() < maxSize / 2 ? refusal : tooLarge(message);
    }

    private Optional<String> tooLarge(EmailMessage message) {
        long size = MimeWriter.of(message).withSesHeaders(Map.of()).size();
        return size <= maxSize
                ? Optional.empty()
                : Optional.of("The message takes " + size + " bytes once it is encoded and at most " + maxSize
                        + " are sent; send a link instead of an attachment.");
    }

    /** Closes connections at rest, waits for those in use as long as {@link Builder#drainLimit} says, and breaks them off. */
    @Override
    public void close() {
        closed = true;
        pool.close(drain);
    }

    /** Collects a transport. Not thread-safe. */
    public static final class Builder {

        private static final int MAX_PORT = 65_535;
        private static final Pattern EHLO_NAME =
                Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]{0,252}[A-Za-z0-9])?|\\[[A-Za-z0-9:.]{2,64}\\]");

        private final String host;
        private @Nullable String region;
        private int port = 465;
        private boolean withoutTls;
        private @Nullable SmtpCredentials credentials;
        private @Nullable SSLContext tls;
        private @Nullable String ehloName;
        private SmtpTimeouts timeouts = SmtpTimeouts.DEFAULTS;
        private PoolLimits limits = PoolLimits.DEFAULTS;
        private Duration drain = Duration.ofSeconds(5);
        private long maxSize = 40_000_000;
        private TimeSource time = TimeSource.system();
        private Endpoint.@Nullable Security security;
        private Supplier<Socket> sockets = Socket::new;

        private Builder(String host, @Nullable String region) {
            this.host = host;
            this.region = region;
        }

        /** Sets who sends. */
        public Builder credentials(SmtpCredentials of) {
            credentials = of;
            return this;
        }

        /**
         * Names the region of a host that does not tell it, which derived credentials and the Message-ID that SES writes
         * depend on.
         *
         * @throws IllegalArgumentException if it is not made of lower-case letters, digits and dashes
         */
        public Builder region(String id) {
            region = Endpoint.checkedRegion(id);
            return this;
        }

        /**
         * Sets the port, 465 by default: STARTTLS is required on 25, 587 and 2587, TLS from the first byte on any other.
         *
         * @throws IllegalArgumentException unless it is 1 to 65,535
         */
        public Builder port(int number) {
            if (number < 1 || number > MAX_PORT) {
                throw new IllegalArgumentException("A port is 1 to " + MAX_PORT + ", not " + number + '.');
            }
            port = number;
            return this;
        }

        /** Requires STARTTLS, whatever the port. */
        public Builder startTls() {
            security = Endpoint.Security.STARTTLS;
            return this;
        }

        /**
         * Speaks in clear, and without credentials if there are none, to a server on this machine such as a local SES in
         * a test. An address of any other machine is refused.
         */
        public Builder withoutTls() {
            withoutTls = true;
            return this;
        }

        /**
         * Sets what TLS trusts, and with which key it shows itself, instead of the JVM's defaults. The server's name is
         * checked whatever the context is, unless its trust manager is an {@code X509ExtendedTrustManager}, which takes
         * that upon itself.
         */
        public Builder sslContext(SSLContext context) {
            tls = context;
            return this;
        }

        /**
         * Sets the name in EHLO, by default the address of this end of the connection, for which nothing is looked up.
         *
         * @throws IllegalArgumentException if it is neither a host name nor an address in brackets
         */
        public Builder ehloName(String name) {
            if (!EHLO_NAME.matcher(name).matches()) {
                throw new IllegalArgumentException("'" + Endpoint.shown(name)
                        + "' is not a host name; write it as in mail.acme.example, or an address as in [192.0.2.1].");
            }
            ehloName = name;
            return this;
        }

        /**
         * Sets how long a connection may take to open, and TLS to stand; 5 s each by default, 1 ms to 10 min.
         *
         * @throws IllegalArgumentException if it is out of bounds
         */
        public Builder connectTimeout(Duration timeout) {
            timeouts = timeouts.withConnect(timeout);
            return this;
        }

        /**
         * Sets how long an answer may take; 20 s by default, 1 ms to 10 min. When it passes after the message was handed
         * over the outcome is unknown, so a short one makes unknown outcomes of slow ones.
         *
         * @throws IllegalArgumentException if it is out of bounds
         */
        public Builder readTimeout(Duration timeout) {
            timeouts = timeouts.withRead(timeout);
            return this;
        }

        /**
         * Sets how long the server may take none of what is written; 10 s by default, 1 ms to 10 min.
         *
         * @throws IllegalArgumentException if it is out of bounds
         */
        public Builder writeTimeout(Duration timeout) {
            timeouts = timeouts.withWrite(timeout);
            return this;
        }

        /**
         * Sets how long an attempt may take from waiting for a connection to the last answer; 30 s by default, 1 ms to
         * 10 min. What is left of the attempt counts if it is less.
         *
         * @throws IllegalArgumentException if it is out of bounds
         */
        public Builder totalTimeout(Duration timeout) {
            timeouts = timeouts.withTotal(timeout);
            return this;
        }

        /**
         * Sets how many connections there may be; further messages wait for one. 16 by default. At a round trip of 20 ms
         * each carries about 12 messages a second.
         *
         * @throws IllegalArgumentException unless it is 1 to 1,000
         */
        public Builder maxConnections(int connections) {
            limits = limits.withConnections(connections);
            return this;
        }

        /**
         * Sets how large a message may be once it is encoded, in bytes; 40,000,000 by default, which is what SES takes
         * (SES Developer Guide, "Service quotas").
         *
         * @throws IllegalArgumentException if it is less than 1,000
         */
        public Builder maxMessageSize(long bytes) {
            if (bytes < 1_000) {
                throw new IllegalArgumentException("A message needs at least 1000 bytes, not " + bytes + '.');
            }
            maxSize = bytes;
            return this;
        }

        /**
         * Sets how long {@link SmtpTransport#close()} waits for messages under way; 5 s by default.
         *
         * @throws IllegalArgumentException if it is negative or more than 10 min
         */
        public Builder drainLimit(Duration atMost) {
            if (atMost.isNegative() || atMost.compareTo(Duration.ofMinutes(10)) > 0) {
                throw new IllegalArgumentException("The drain limit is 0 to 10 minutes, not " + atMost + '.');
            }
            drain = atMost;
            return this;
        }

        /** Takes the time from elsewhere, for tests; timeouts of connections stay with the real one. */
        public Builder time(TimeSource source) {
            time = source;
            return this;
        }

        /** Takes the sockets from elsewhere, for tests that must know what the client has read. */
        Builder sockets(Supplier<Socket> of) {
            sockets = of;
            return this;
        }

        private Endpoint endpoint() {
            Endpoint.Security chosen = security == null ? Endpoint.securityOf(port) : security;
            return new Endpoint(host, port, withoutTls ? Endpoint.Security.LOOPBACK : chosen, region);
        }

        private Opening opening(Endpoint to) {
            return new Opening(to, credentials, tls, ehloName, timeouts, sockets, time);
        }

        /**
         * Makes the transport; no I/O.
         *
         * @throws IllegalStateException if there are no credentials, or derived ones without a region
         */
        public SmtpTransport build() {
            if (credentials == null && !withoutTls) {
                throw new IllegalStateException("SMTP needs credentials; give it credentials(…).");
            }
            if (credentials != null && credentials.needsRegion() && region == null) {
                throw new IllegalStateException(
                        "The password is derived for a region, and the host tells none; give it region(…).");
            }
            return new SmtpTransport(this);
        }
    }
}
