package io.github.sesquill.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.sesquill.message.EmailMessage;
import io.github.sesquill.transport.SendOutcome;
import io.github.sesquill.transport.SendOutcome.Reason;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.sesv2.SesV2Client;

class SesApiTransportTest {

    @Nested
    class Building {

        private final SesApiTransport.Builder builder = SesApiTransport.builder();

        @ParameterizedTest
        @ValueSource(strings = {"", "EU-WEST-1", "eu west", "eu-west-1\r\nX: y", "-eu", "evil.example/", "ü"})
        void refusesRegionsThatAreNone(String region) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> builder.region(region))
                    .withMessageContaining("eu-west-1")
                    .matches(e -> !String.valueOf(e.getMessage()).contains("\n"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"ftp://localhost", "localhost:80", "/path", "http://user@localhost", "https://h?q=1"})
        void refusesEndpointsThatAreNone(String uri) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> builder.endpoint(URI.create(uri)))
                    .withMessageContaining("https");
        }

        @ParameterizedTest
        @ValueSource(longs = {-1, 0, 600_001})
        void refusesTimeoutsOutOfBounds(long millis) {
            Duration timeout = Duration.ofMillis(millis);
            assertThatIllegalArgumentException().isThrownBy(() -> builder.connectTimeout(timeout));
            assertThatIllegalArgumentException().isThrownBy(() -> builder.readTimeout(timeout));
            assertThatIllegalArgumentException().isThrownBy(() -> builder.writeTimeout(timeout));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> builder.totalTimeout(timeout))
                    .withMessageContaining("total");
        }

        @ParameterizedTest
        @ValueSource(ints = {-1, 0, 10_001})
        void refusesNumbersOfConnectionsOutOfBounds(int connections) {
            assertThatIllegalArgumentException().isThrownBy(() -> builder.maxConnections(connections));
        }

        @Test
        void refusesWhatALentClientDecides() {
            try (SesV2Client client = ApiTestBed.lent(URI.create("http://localhost:1"))) {
                SesApiTransport.Builder lent = SesApiTransport.builder(client);
                assertThatIllegalStateException().isThrownBy(() -> lent.region("eu-west-1"));
                assertThatIllegalStateException().isThrownBy(() -> lent.endpoint(URI.create("http://localhost")));
                assertThatIllegalStateException().isThrownBy(() -> lent.connectTimeout(Duration.ofSeconds(1)));
                assertThatIllegalStateException().isThrownBy(() -> lent.readTimeout(Duration.ofSeconds(1)));
                assertThatIllegalStateException().isThrownBy(() -> lent.maxConnections(1));
            }
        }
    }

    @Nested
    class Refusing {

        private final SesApiTransport transport = SesApiTransport.create();

        private void assertRefused(EmailMessage message, String words) {
            assertThat(transport.refusal(message))
                    .hasValueSatisfying(
                            sentence -> assertThat(sentence).contains(words).endsWith("."));
            assertThat(transport.send(message, new TestAttempt()))
                    .isInstanceOfSatisfying(
                            SendOutcome.NotSent.class,
                            notSent -> assertThat(notSent.reason()).isEqualTo(Reason.INVALID));
        }

        private static EmailMessage withHeaders(int count) {
            EmailMessage.Builder builder = ApiTestBed.builder();
            for (int i = 0; i < count; i++) {
                builder.header("X-" + i, "v");
            }
            return builder.build();
        }

        private static EmailMessage withHeader(int name, int value) {
            return ApiTestBed.builder()
                    .header("X".repeat(name), "v".repeat(value))
                    .build();
        }

        @Test
        void countsHeaders() {
            assertThat(transport.refusal(withHeaders(15))).isEmpty();
            assertRefused(withHeaders(16), "16 headers");
        }

        @Test
        void measuresHeaders() {
            assertThat(transport.refusal(withHeader(1, 995))).isEmpty();
            assertThat(transport.refusal(withHeader(126, 870))).isEmpty();
            assertRefused(withHeader(1, 996), "996");
            assertRefused(withHeader(2, 995), "together 996");
        }

        @Test
        void measuresTheMessage() {
            EmailMessage message =
                    ApiTestBed.builder().text("x".repeat(40 * 1024 * 1024)).build();
            assertRefused(message, "at most 41943040");
        }

        @Test
        void namesTheArtifactForMultiRegionEndpoints() {
            assertRefused(
                    ApiTestBed.builder().endpointId("abcdef12.g3h").build(),
                    "software.amazon.awssdk:http-auth-aws-crt");
        }

        @Test
        void carriesAnOrdinaryMessage() {
            assertThat(transport.refusal(ApiTestBed.message())).isEmpty();
        }
    }

    @Nested
    class Closing {

        @Test
        void cancelsWhatIsSentAfterwards() throws IOException {
            try (ScriptedServer server = ScriptedServer.start()) {
                SesApiTransport transport = ApiTestBed.own(server.endpoint()).build();
                transport.close();
                transport.close();
                assertThat(transport.send(ApiTestBed.message(), new TestAttempt()))
                        .isInstanceOfSatisfying(
                                SendOutcome.NotSent.class,
                                notSent -> assertThat(notSent.reason()).isEqualTo(Reason.CANCELLED));
                assertThat(server.requestsBegun()).isZero();
            }
        }

        @Test
        void leavesALentClientOpen() throws IOException {
            try (ScriptedServer server = ScriptedServer.start();
                    SesV2Client client = ApiTestBed.lent(server.endpoint())) {
                SesApiTransport.using(client).close();
                assertThat(SesApiTransport.using(client).send(ApiTestBed.message(), new TestAttempt()))
                        .isInstanceOf(SendOutcome.Sent.class);
            }
        }
    }

    @Test
    void saysThatCredentialsAreMissing() throws IOException {
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.secretAccessKey");
        System.setProperty("aws.disableEc2Metadata", "true");
        try (ScriptedServer server = ScriptedServer.start();
                SesApiTransport transport = SesApiTransport.builder()
                        .region("eu-west-1")
                        .endpoint(server.endpoint())
                        .build()) {
            TestAttempt attempt = new TestAttempt();
            assertThat(transport.send(ApiTestBed.message(), attempt))
                    .isInstanceOfSatisfying(SendOutcome.NotSent.class, notSent -> {
                        assertThat(notSent.reason()).isEqualTo(Reason.AUTHENTICATION);
                        assertThat(notSent.isRetryable()).isFalse();
                    });
            assertThat(attempt.handOffs).hasValue(0);
            assertThat(server.requestsBegun()).isZero();
        } finally {
            System.clearProperty("aws.disableEc2Metadata");
        }
    }

    @Nested
    class WithoutARegion {

        @AfterEach
        void forget() {
            System.clearProperty("aws.disableEc2Metadata");
            System.clearProperty("aws.ec2MetadataServiceEndpoint");
            System.clearProperty("aws.ec2MetadataServiceTimeout");
        }

        private static SendOutcome.NotSent sendTo(URI endpoint, TestAttempt attempt) {
            try (SesApiTransport transport =
                    SesApiTransport.builder().endpoint(endpoint).build()) {
                SendOutcome outcome = transport.send(ApiTestBed.message(), attempt);
                assertThat(outcome).isInstanceOf(SendOutcome.NotSent.class);
                return (SendOutcome.NotSent) outcome;
            }
        }

        @Test
        void saysThatNoneIsConfigured() throws IOException {
            System.setProperty("aws.disableEc2Metadata", "true");
            try (ScriptedServer server = ScriptedServer.start()) {
                SendOutcome.NotSent outcome = sendTo(server.endpoint(), new TestAttempt());
                assertThat(outcome.reason()).isEqualTo(Reason.UNAVAILABLE);
                assertThat(outcome.detail()).contains("is a region configured?");
                assertThat(server.requestsBegun()).isZero();
            }
        }

        /** The SDK cannot be interrupted while it asks instance metadata, which say nothing here. */
        @Test
        void waitsForOneNoLongerThanItMay() throws IOException {
            try (ScriptedServer metadata = ScriptedServer.start();
                    ScriptedServer server = ScriptedServer.start()) {
                System.setProperty(
                        "aws.ec2MetadataServiceEndpoint", metadata.endpoint().toString());
                System.setProperty("aws.ec2MetadataServiceTimeout", "600");
                metadata.then(ScriptedServer.silence());
                long end = System.nanoTime() + Duration.ofMillis(100).toNanos();
                TestAttempt attempt = new TestAttempt() {
                    @Override
                    public Duration remaining() {
                        return Duration.ofNanos(end - System.nanoTime());
                    }
                };
                assertThat(sendTo(server.endpoint(), attempt).reason()).isEqualTo(Reason.DEADLINE);
                assertThat(server.requestsBegun()).isZero();
            }
        }
    }
}
