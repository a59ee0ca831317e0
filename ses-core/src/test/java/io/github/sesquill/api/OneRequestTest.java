package io.github.sesquill.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.sesquill.api.ApiTestBed.Kind;
import io.github.sesquill.transport.SendOutcome;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sesv2.model.SendEmailRequest;

/** One call is one request, however much the SDK is told to repeat. */
class OneRequestTest {

    private ScriptedServer server;

    @BeforeEach
    void start() throws IOException {
        System.setProperty("aws.maxAttempts", "5");
        server = ScriptedServer.start().then(ScriptedServer.fin(), ScriptedServer.fin(), ScriptedServer.fin());
    }

    @AfterEach
    void stop() throws IOException {
        System.clearProperty("aws.maxAttempts");
        server.close();
    }

    /** Why the others are needed: if this fails, the SDK has changed and they prove nothing. */
    @Test
    void theSdkByItselfRepeats() {
        try (SesV2Client client = ApiTestBed.lent(server.endpoint())) {
            client.sendEmail(SendEmailRequest.builder().build());
        }
        assertThat(server.requestsBegun()).isEqualTo(4);
    }

    @ParameterizedTest
    @EnumSource
    void aTransportDoesNot(Kind kind) {
        try (SesApiTransport transport = kind.transport(server.endpoint())) {
            assertThat(transport.send(ApiTestBed.message(), new TestAttempt())).isInstanceOf(SendOutcome.Unknown.class);
        }
        assertThat(server.requestsBegun()).isEqualTo(1);
    }

    @Test
    void norWhenACustomizerAsksForIt() {
        try (SesApiTransport transport = ApiTestBed.own(server.endpoint())
                .customize(request -> request.overrideConfiguration(call ->
                        call.addPlugin(client -> client.overrideConfiguration(client.overrideConfiguration().toBuilder()
                                .retryStrategy(AwsRetryStrategy.standardRetryStrategy())
                                .build()))))
                .build()) {
            TestAttempt attempt = new TestAttempt();
            assertThat(transport.send(ApiTestBed.message(), attempt)).isInstanceOf(SendOutcome.Unknown.class);
            assertThat(attempt.handOffs).hasValue(1);
        }
        assertThat(server.requestsBegun()).isEqualTo(1);
    }

    @Test
    void leavesALentClientAsItWas() {
        try (SesV2Client client = ApiTestBed.lent(server.endpoint())) {
            try (SesApiTransport transport = SesApiTransport.using(client)) {
                transport.send(ApiTestBed.message(), new TestAttempt());
            }
            client.sendEmail(SendEmailRequest.builder().build());
        }
        assertThat(server.requestsBegun()).isEqualTo(4);
    }

    /** What SES has closed in the meantime would swallow a message, and its outcome would be unknown. */
    @ParameterizedTest
    @CsvSource({"PT0.001S, 2", "PT1H, 1"})
    void doesNotUseAConnectionThatWasIdleForTooLong(Duration maxIdle, int connections) throws IOException {
        try (ScriptedServer good = ScriptedServer.start();
                SesApiTransport transport =
                        ApiTestBed.own(good.endpoint()).maxIdle(maxIdle).build()) {
            transport.send(ApiTestBed.message(), new TestAttempt());
            long idleSince = System.nanoTime();
            while (System.nanoTime() - idleSince < Duration.ofMillis(2).toNanos()) {
                Thread.onSpinWait();
            }
            assertThat(transport.send(ApiTestBed.message(), new TestAttempt())).isInstanceOf(SendOutcome.Sent.class);
            assertThat(good.connections()).isEqualTo(connections);
        }
    }

    @Test
    void opensNothingUntilItIsUsed() {
        List<String> properties = List.of("aws.accessKeyId", "aws.secretAccessKey");
        properties.forEach(System::clearProperty);
        assertThat(catchThrowable(() -> SesApiTransport.create().close())).isNull();
        assertThat(server.requestsBegun()).isZero();
    }
}
