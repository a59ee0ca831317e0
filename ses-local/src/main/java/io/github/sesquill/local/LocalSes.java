package io.github.sesquill.local;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sesquill.quota.SendingQuota;
import io.github.sesquill.test.engine.Change;
import io.github.sesquill.test.engine.SelfSigned;
import io.github.sesquill.test.engine.SesEngine;
import io.github.sesquill.time.TimeSource;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A SES on this machine: the v2 API, SMTP and a web inbox over the rules of {@code ses-test-support}.
 *
 * <pre>{@code
 * try (LocalSes ses = LocalSes.start()) {
 *     ses.verifyIdentity("acme.example");
 *     SesV2Client client = SesV2Client.builder().endpointOverride(ses.endpoint())  .build();
 *
 *     System.out.println("Read it at " + ses.endpoint());
 * }
 * }</pre>
 *
 * <p>By default: on loopback only and at free ports; region {@code eu-west-1}; a production account with 14 recipients a
 * second and 50,000 in 24 hours; nothing verified; the last 1,000 messages are kept in memory, with what is in them as long
 * as it takes no more than 256 MB and a quarter of the heap. The API believes any signature, SMTP only
 * {@link #smtpPassword()}.
 *
 * <p>Not for the open network: it has no users, and everybody who reaches it reads everything. Thread-safe.
 */
public final class LocalSes implements AutoCloseable {

    private static final long PUBLISHING_MILLIS = 50;

    private final SesEngine engine;
    private final SelfSigned certificate;
    private final SmtpPassword password;
    private final Listener http;
    private final Listener smtp;
    private final Listener smtps;
    private final LiveEvents live = new LiveEvents();
    private final @Nullable Webhook webhook;
    private final List<Route> routes;
    private final List<Listener> listeners = new ArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final ScheduledExecutorService timer;
    private final Future<?> publishing;
    private final URI endpoint;

    private LocalSes(Settings settings) {
        try {
            http = Listener.at(settings.address, settings.httpPort, "http");
            listeners.add(http);
            smtp = Listener.at(settings.address, settings.smtpPort, "smtp");
            listeners.add(smtp);
            smtps = Listener.at(settings.address, settings.smtpsPort, "smtps");
            listeners.add(smtps);
            endpoint = URI.create("http://" + host(settings.address) + ':' + http.port());
            engine = settings.engine(endpoint + "/unsubscribe/");
        } catch (RuntimeException e) {
            listeners.forEach(Listener::close);
            throw e;
        }
        certificate = SelfSigned.of("localhost", List.of(settings.address), settings.time.instant());
        password = SmtpPassword.derive(settings.accessKeyId, settings.secretAccessKey, settings.region);
        webhook = settings.webhook == null ? null : Webhook.to(settings.webhook, settings.topicArn());
        Cellar cellar = Cellar.ofHeap();
        Post post = new Post(engine, cellar);
        routes = routes(settings, post, cellar);
        engine.subscribe(this::tell);
        timer = Executors.newSingleThreadScheduledExecutor(LocalSes::timerThread);
        publishing = timer.scheduleWithFixedDelay(this::publish, 0, PUBLISHING_MILLIS, TimeUnit.MILLISECONDS);
        SmtpDoor plain = SmtpDoor.withStartTls(post, password, certificate);
        http.serve(new HttpDoor(new Guard(settings.names), routes));
        smtp.serve(plain);
        smtps.serve(plain.implicit());
    }

    /** Starts one with the defaults, at free ports. */
    public static LocalSes start() {
        return builder().start();
    }

    /** Begins one with settings of its own. */
    public static Builder builder() {
        return new Builder();
    }

    private List<Route> routes(Settings settings, Post post, Cellar cellar) {
        Api api = new Api();
        SendOperations.addTo(api, post);
        AccountOperations.addTo(api, engine);
        IdentityOperations.addTo(api, engine, settings.pendingIdentities);
        TemplateOperations.addTo(api, engine.templates());
        ConfigurationSetOperations.addTo(api, engine.configurationSets());
        ContactOperations.addTo(api, engine.contactLists());
        List<Route> routes = new ArrayList<>(Pages.routes());
        routes.addAll(api.routes());
        routes.addAll(new Inbox(engine, cellar, live).routes());
        routes.addAll(new AccountPage(engine).routes());
        if (webhook != null) {
            routes.add(Route.get("/sns/certificate.pem", call -> Reply.text(200, webhookCertificatePem())));
        }
        return routes;
    }

    /** Returns where requests go. */
    List<Route> routes() {
        return List.copyOf(routes);
    }

    private static String host(InetAddress address) {
        if (address.isAnyLocalAddress()) {
            return "localhost";
        }
        String text = address.getHostAddress();
        return text.indexOf(':') < 0 ? text : '[' + text + ']';
    }

    private static Thread timerThread(Runnable work) {
        Thread thread = new Thread(work, "ses-local-timer");
        thread.setDaemon(true);
        return thread;
    }

    private void publish() {
        try {
            engine.publishDue();
        } catch (RuntimeException e) {
            // A timer whose work throws stops; who is told here throws nothing.
        }
    }

    private void tell(Change change) {
        if (webhook != null && change instanceof Change.Published published) {
            webhook.post(published.notice());
        }
        ObjectNode said = Json.object();
        if (change instanceof Change.Published published) {
            said.put("type", "published")
                    .put("id", published.notice().messageId())
                    .put("event", published.notice().type().text());
        } else if (change instanceof Change.Answered answered) {
            said.put("type", answered.accepted().isPresent() ? "accepted" : "refused");
        } else {
            said.put("type", "account");
        }
        live.tell(said);
    }

    /** Returns the address of the API and, in a browser, of the inbox. */
    public URI endpoint() {
        return endpoint;
    }

    /** Returns the port of SMTP with STARTTLS. */
    public int smtpPort() {
        return smtp.port();
    }

    /** Returns the port of SMTP over TLS from the first byte. */
    public int smtpsPort() {
        return smtps.port();
    }

    /** Returns the user of SMTP, which is the id of the access key. */
    public String smtpUser() {
        return password.user();
    }

    /** Returns the password of SMTP, derived from the access key and the region as SES derives it. */
    public String smtpPassword() {
        return password.password();
    }

    /**
     * Returns the certificate with which posts to the {@linkplain Builder#webhook webhook} can be verified, as PEM; the
     * same is at {@code /sns/certificate.pem}.
     *
     * @throws IllegalStateException if there is no webhook
     */
    public String webhookCertificatePem() {
        if (webhook == null) {
            throw new IllegalStateException("There is no webhook; name one when you build the local SES.");
        }
        return webhook.signer().certificatePem();
    }

    /** Returns the certificate of the SMTP ports as PEM, for clients to trust: it is self-made and new at every start. */
    public String certificatePem() {
        return certificate.pem();
    }

    /**
     * Verifies an address, or a domain with all its addresses and subdomains.
     *
     * @throws IllegalArgumentException if it is neither
     */
    public LocalSes verifyIdentity(String addressOrDomain) {
        engine.identities().verify(addressOrDomain);
        return this;
    }

    /** Returns what was published until now and is kept, as JSON and in order. */
    public List<String> notifications() {
        return engine.published(0).stream().map(notice -> notice.json()).toList();
    }

    /**
     * Waits until all that follows from what was sent is published, and returns what {@link #notifications()} then does.
     *
     * @param atMost how long to wait, on the system's clock
     * @throws IllegalStateException if something is still due then
     */
    public List<String> settle(Duration atMost) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (engine.nextDue().isPresent()) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("Notifications are still due after " + atMost + ".");
            }
            if (closed.await(PUBLISHING_MILLIS, TimeUnit.MILLISECONDS)) {
                break;
            }
        }
        return notifications();
    }

    /** Closes all ports and connections; idempotent. */
    @Override
    public void close() {
        closed.countDown();
        if (webhook != null) {
            webhook.close();
        }
        publishing.cancel(false);
        timer.shutdownNow();
        live.close();
        listeners.forEach(Listener::close);
    }

    /** Says where it is. */
    @Override
    public String toString() {
        return "LocalSes[" + endpoint + "]";
    }

    /** Collects settings; not thread-safe. */
    public static final class Builder {

        private final Settings settings = new Settings();

        private Builder() {}

        /** Sets the port of API and inbox; 0, the default, takes one that is free. */
        public Builder httpPort(int port) {
            settings.httpPort = checkedPort(port);
            return this;
        }

        /** Sets the port of SMTP with STARTTLS; 0, the default, takes one that is free. */
        public Builder smtpPort(int port) {
            settings.smtpPort = checkedPort(port);
            return this;
        }

        /** Sets the port of SMTP over TLS; 0, the default, takes one that is free. */
        public Builder smtpsPort(int port) {
            settings.smtpsPort = checkedPort(port);
            return this;
        }

        private static int checkedPort(int port) {
            if (port < 0 || port > 65_535) {
                throw new IllegalArgumentException("A port is a number from 0 to 65535, not " + port + ".");
            }
            return port;
        }

        /**
         * Opens the ports at an address other than loopback, such as that of a container; everybody who reaches it reads
         * all mail. Browsers must then come by an {@linkplain #allowHost allowed} name.
         */
        public Builder bind(InetAddress address) {
            settings.address = address;
            return this;
        }

        /** Lets browsers and clients call this host by one more name, beside {@code localhost} and loopback addresses. */
        public Builder allowHost(String name) {
            settings.names.add(name.toLowerCase(Locale.ROOT));
            return this;
        }

        /** Sets the region, which ids and ARNs show and the password depends on; {@code eu-west-1} by default. */
        public Builder region(String region) {
            settings.region = region;
            return this;
        }

        /** Opens the account in the sandbox: 1 recipient a second, 200 in 24 hours, verified recipients. */
        public Builder sandbox() {
            settings.sandbox = true;
            return this;
        }

        /** Sets what the account may send; by default 14/s and 50,000 in 24 hours. */
        public Builder quota(SendingQuota quota) {
            settings.quota = quota;
            return this;
        }

        /** Has an address or a domain verified from the start. */
        public Builder verify(String addressOrDomain) {
            settings.identities.add(addressOrDomain);
            return this;
        }

        /** Has a configuration set from the start, with a destination for every type of event. */
        public Builder configurationSet(String name) {
            settings.configurationSets.add(name);
            return this;
        }

        /** Sets the access key that SMTP's user and password are derived from. */
        public Builder credentials(String accessKeyId, String secretAccessKey) {
            settings.accessKeyId = accessKeyId;
            settings.secretAccessKey = secretAccessKey;
            return this;
        }

        /**
         * Leaves an identity that the API creates pending, as SES does, until somebody verifies it in the inbox; by
         * default it is verified at once.
         */
        public Builder pendingIdentities() {
            settings.pendingIdentities = true;
            return this;
        }

        /**
         * Posts to this endpoint what is published, in signed envelopes of SNS, as a subscription would that is
         * confirmed; the topic is {@code arn:aws:sns:REGION:123456789012:ses-local}.
         *
         * @throws IllegalArgumentException if it is no address of HTTP
         */
        public Builder webhook(URI endpoint) {
            if (!Webhook.canBe(endpoint)) {
                throw new IllegalArgumentException(
                        "A webhook is an address such as http://localhost:8080/ses, not '" + endpoint + "'.");
            }
            settings.webhook = endpoint;
            return this;
        }

        /** Sets the clock; by default the system's. */
        public Builder time(TimeSource time) {
            settings.time = time;
            return this;
        }

        /**
         * Sets how many messages are kept, from 1 to 100,000; 1,000 by default.
         *
         * @throws IllegalArgumentException if it is out of bounds
         */
        public Builder keep(int messages) {
            if (messages < 1 || messages > 100_000) {
                throw new IllegalArgumentException("From 1 to 100,000 messages can be kept, not " + messages + ".");
            }
            settings.keep = messages;
            return this;
        }

        /**
         * Starts.
         *
         * @throws java.io.UncheckedIOException if a port is in use
         * @throws IllegalArgumentException if an identity is neither an address nor a domain
         */
        public LocalSes start() {
            return new LocalSes(settings);
        }
    }
}
