package io.github.sesquill.benchmarks;

import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sesv2.SesV2Client;

/**
 * The peer: the SDK's client alone, with the HTTP client and the settings that Sesquill gives its own, and nothing that
 * tells a failed send from one that may have arrived.
 */
final class RawClient {

    static final String REGION = "eu-west-1";
    static final int CONNECTIONS = 64;

    private RawClient() {}

    static SesV2Client of(URI endpoint) {
        return SesV2Client.builder()
                .region(Region.of(REGION))
                .endpointOverride(endpoint)
                .httpClientBuilder(Apache5HttpClient.builder()
                        .connectionTimeout(Duration.ofSeconds(2))
                        .socketTimeout(Duration.ofSeconds(20))
                        .connectionAcquisitionTimeout(Duration.ofSeconds(30))
                        .maxConnections(CONNECTIONS)
                        .connectionMaxIdleTime(Duration.ofSeconds(5))
                        .useIdleConnectionReaper(true)
                        .tcpKeepAlive(true)
                        .expectContinueEnabled(false))
                .overrideConfiguration(all -> all.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .build();
    }

    /** Gives the SDK's default chain, which both sides ask, the first credentials that it looks for. */
    static void provideCredentials() {
        System.setProperty("aws.accessKeyId", "AKIDEXAMPLE");
        System.setProperty("aws.secretAccessKey", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");
    }
}
