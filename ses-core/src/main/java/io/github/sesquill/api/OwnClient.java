package io.github.sesquill.api;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sesv2.SesV2ClientBuilder;
import software.amazon.awssdk.utils.AttributeMap;

/** A client made with the first call, because looking for region and credentials may already be I/O. */
final class OwnClient implements ClientSource {

    /** Shorter than any server keeps an idle connection: one that SES has closed would make the next send unknown. */
    private static final Duration MAX_IDLE = Duration.ofSeconds(5);

    private final @Nullable String region;
    private final @Nullable URI endpoint;
    private final ApiTimeouts timeouts;
    private final int maxConnections;

    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable RegionalClient made;
    private boolean closed;

    OwnClient(@Nullable String region, @Nullable URI endpoint, ApiTimeouts timeouts, int maxConnections) {
        this.region = region;
        this.endpoint = endpoint;
        this.timeouts = timeouts;
        this.maxConnections = maxConnections;
    }

    @Override
    public RegionalClient client() {
        RegionalClient known = made;
        return known == null ? make() : known;
    }

    /** Whoever waits here for another to make it may be interrupted, as by the watch over his call. */
    private RegionalClient make() {
        try {
            lock.lockInterruptibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NoClientException("it is still being made", e);
        }
        try {
            RegionalClient client = made;
            if (client == null) {
                client = made();
                made = client;
            }
            return client;
        } finally {
            lock.unlock();
        }
    }

    private RegionalClient made() {
        if (closed) {
            throw new NoClientException("the transport is closed", null);
        }
        try {
            return RegionalClient.of(builder().build());
        } catch (SdkException | IllegalStateException e) {
            throw new NoClientException("is a region configured? " + Failures.describe(e), e);
        }
    }

    private SesV2ClientBuilder builder() {
        SesV2ClientBuilder builder = SesV2Client.builder()
                .httpClientBuilder(new Gated(http()))
                .overrideConfiguration(configuration -> configuration.retryStrategy(AwsRetryStrategy.doNotRetry()));
        Addressing.settle(builder, endpoint);
        if (region != null) {
            builder.region(Region.of(region));
        }
        return builder;
    }

    private Apache5HttpClient.Builder http() {
        return Apache5HttpClient.builder()
                .connectionTimeout(timeouts.connect())
                .socketTimeout(timeouts.read())
                .connectionAcquisitionTimeout(timeouts.total())
                .maxConnections(maxConnections)
                .connectionMaxIdleTime(MAX_IDLE)
                .useIdleConnectionReaper(true)
                .tcpKeepAlive(true)
                .expectContinueEnabled(false);
    }

    /** Leaves it to the SDK to make the connections, with its defaults for SES, and to close them with the client. */
    private record Gated(Apache5HttpClient.Builder connections) implements SdkHttpClient.Builder<Gated> {

        @Override
        public SdkHttpClient buildWithDefaults(AttributeMap serviceDefaults) {
            return new GatedHttpClient(connections.buildWithDefaults(serviceDefaults));
        }
    }

    @Override
    public boolean needsPlugin() {
        return false;
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            RegionalClient client = made;
            if (client != null) {
                client.ses().close();
            }
        } finally {
            lock.unlock();
        }
    }
}
