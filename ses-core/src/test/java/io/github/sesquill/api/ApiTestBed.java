package io.github.sesquill.api;

import io.github.sesquill.message.EmailMessage;
import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sesv2.SesV2Client;

/** What the tests of this package share: a message, credentials, and transports of both kinds. */
final class ApiTestBed {

    private ApiTestBed() {}

    /** Whose client carries the message; every promise holds for both. */
    enum Kind {
        OWN,
        LENT;

        SesApiTransport transport(URI endpoint) {
            return transport(endpoint, Duration.ofSeconds(10), Duration.ofSeconds(10));
        }

        /** One connection: who does not give it back blocks the next. */
        SesApiTransport narrow(URI endpoint) {
            return this == LENT
                    ? SesApiTransport.using(lent(
                            endpoint,
                            Apache5HttpClient.builder()
                                    .maxConnections(1)
                                    .connectionAcquisitionTimeout(Duration.ofSeconds(2))))
                    : own(endpoint)
                            .maxConnections(1)
                            .totalTimeout(Duration.ofSeconds(2))
                            .build();
        }

        SesApiTransport transport(URI endpoint, Duration read, Duration total) {
            if (this == LENT) {
                return SesApiTransport.builder(lent(endpoint, read))
                        .totalTimeout(total)
                        .build();
            }
            return own(endpoint).readTimeout(read).totalTimeout(total).build();
        }
    }

    static SesApiTransport.Builder own(URI endpoint) {
        useCredentials();
        return SesApiTransport.builder().region("eu-west-1").endpoint(endpoint);
    }

    static SesV2Client lent(URI endpoint) {
        return lent(endpoint, Duration.ofSeconds(10));
    }

    /** A client as anybody would make it: the SDK's own retries are on. */
    static SesV2Client lent(URI endpoint, Duration read) {
        return lent(endpoint, Apache5HttpClient.builder().socketTimeout(read));
    }

    private static SesV2Client lent(URI endpoint, Apache5HttpClient.Builder http) {
        return SesV2Client.builder()
                .region(Region.US_EAST_1)
                .endpointOverride(endpoint)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("AKID", "secret")))
                .httpClientBuilder(http)
                .build();
    }

    static void useCredentials() {
        System.setProperty("aws.accessKeyId", "AKID");
        System.setProperty("aws.secretAccessKey", "secret");
    }

    static EmailMessage message() {
        return builder().build();
    }

    static EmailMessage.Builder builder() {
        return EmailMessage.from("Acme <receipts@acme.example>")
                .to("Jane <jane@example.com>")
                .subject("Your receipt")
                .text("Thank you.");
    }

    /** A message whose body the HTTP client takes in many pieces. */
    static EmailMessage large() {
        return builder().text("Thank you.\n".repeat(400_000)).build();
    }
}
