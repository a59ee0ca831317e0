package io.github.sesquill.api;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sesv2.SesV2ClientBuilder;
import software.amazon.awssdk.utils.AttributeMap;

/**
 * A client made with the first call, because looking for region and credentials may already be I/O, and on a thread of its
 * own, because the SDK cannot be interrupted in it: whoever waits for it waits no longer than he may.
 */
final class OwnClient implements ClientSource {

    private final @Nullable String region;
    private final @Nullable URI endpoint;
    private final ApiTimeouts timeouts;
    private final Duration maxIdle;
    private final int maxConnections;

    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable FutureTask<RegionalClient> making;
    private volatile @Nullable RegionalClient made;
    private boolean closed;

    OwnClient(
            @Nullable String region,
            @Nullable URI endpoint,
            ApiTimeouts timeouts,
            Duration maxIdle,
            int maxConnections) {
        this.region = region;
        this.endpoint = endpoint;
        this.timeouts = timeouts;
        this.maxIdle = maxIdle;
        this.maxConnections = maxConnections;
    }

    @Override
    public RegionalClient client(Duration atMost) {
        RegionalClient known = made;
        return known == null ? awaited(making(), atMost) : known;
    }

    private static RegionalClient awaited(FutureTask<RegionalClient> making, Duration atMost) {
        try {
            return making.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw new NoClientException("is a region configured? " + Failures.describe(e), e);
        } catch (TimeoutException e) {
            throw new NoClientException("region and credentials were not found in time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NoClientException("nobody waits for region and credentials any more", e);
        }
    }

    /** Begins to make it, unless somebody has; what failed is begun anew. */
    private FutureTask<RegionalClient> making() {
        lock.lock();
        try {
            if (closed) {
                throw new NoClientException("the transport is closed", null);
            }
            FutureTask<RegionalClient> begun = making;
            if (begun == null || (begun.isDone() && made == null)) {
                begun = new FutureTask<>(this::make);
                Thread thread = new Thread(begun, "sesquill-api-client");
                thread.setDaemon(true);
                thread.start();
                making = begun;
            }
            return begun;
        } finally {
            lock.unlock();
        }
    }

    private RegionalClient make() {
        RegionalClient client = RegionalClient.of(builder().build());
        client.lookForCredentials();
        lock.lock();
        try {
            if (closed) {
                client.ses().close();
                throw new NoClientException("the transport is closed", null);
            }
            made = client;
            return client;
        } finally {
            lock.unlock();
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
                .connectionMaxIdleTime(maxIdle)
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
