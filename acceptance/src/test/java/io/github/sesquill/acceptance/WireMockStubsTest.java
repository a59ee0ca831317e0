package io.github.sesquill.acceptance;

import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import io.github.sesquill.api.SesApiTransport;
import io.github.sesquill.message.EmailMessage;
import io.github.sesquill.transport.EmailTransport;
import io.github.sesquill.transport.SendOutcome;
import io.github.sesquill.transport.SendOutcome.NotSent;
import io.github.sesquill.transport.SendOutcome.Reason;
import java.lang.reflect.Method;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sesv2.model.AlreadyExistsException;
import software.amazon.awssdk.services.sesv2.model.BulkEmailEntry;
import software.amazon.awssdk.services.sesv2.model.BulkEmailStatus;
import software.amazon.awssdk.services.sesv2.model.EmailTemplateContent;
import software.amazon.awssdk.services.sesv2.model.LimitExceededException;
import software.amazon.awssdk.services.sesv2.model.NotFoundException;
import software.amazon.awssdk.services.sesv2.model.SesV2Request;
import software.amazon.awssdk.services.sesv2.model.VerificationStatus;
import software.amazon.awssdk.utils.builder.Buildable;

/** The WireMock mappings of ses-test-support, in WireMock, as somebody's own client code meets them. */
class WireMockStubsTest {

    private static final WireMockServer STUBS =
            new WireMockServer(options().dynamicPort().usingFilesUnderClasspath("sesquill-wiremock"));
    private static SesV2Client client;

    @BeforeAll
    static void start() {
        STUBS.start();
        client = client("AKIDEXAMPLE");
    }

    @AfterAll
    static void stop() {
        client.close();
        STUBS.stop();
    }

    private static SesV2Client client(String accessKeyId) {
        return SesV2Client.builder()
                .endpointOverride(URI.create(STUBS.baseUrl()))
                .region(Region.EU_WEST_1)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKeyId, "secret")))
                .overrideConfiguration(o -> o.retryStrategy(r -> r.maxAttempts(1)))
                .build();
    }

    /** Every operation that the client has. */
    static Stream<Method> operations() {
        return Arrays.stream(SesV2Client.class.getMethods())
                .filter(method -> method.getParameterCount() == 1
                        && SesV2Request.class.isAssignableFrom(method.getParameterTypes()[0])
                        && !method.getName().endsWith("Paginator"))
                .sorted(Comparator.comparing(Method::getName));
    }

    @ParameterizedTest
    @MethodSource("operations")
    void everyOperationHasAnAnswer(Method operation) throws Exception {
        SdkPojo builder =
                (SdkPojo) operation.getParameterTypes()[0].getMethod("builder").invoke(null);
        for (SdkField<?> field : builder.sdkFields()) {
            // A multi-region endpoint is signed by a module of the SDK that is not here.
            if (field.marshallingType() == MarshallingType.STRING
                    && !field.memberName().equals("EndpointId")) {
                field.set(builder, "sample");
            }
        }
        Object request = ((Buildable) builder).build();

        assertThat(operation.invoke(client, request)).isInstanceOf(operation.getReturnType());
    }

    @Test
    void thereAreAsManyAsTheClientHas() {
        assertThat(operations()).hasSizeGreaterThan(100);
        assertThat(STUBS.listAllStubMappings().getMappings()).hasSizeGreaterThan(290);
    }

    @Test
    void answersSaySomething() {
        assertThat(client.getAccount(r -> {}).sendQuota().maxSendRate()).isEqualTo(14);
        assertThat(client.listEmailIdentities(r -> {}).emailIdentities())
                .hasSize(2)
                .first()
                .satisfies(identity -> assertThat(identity.verificationStatus()).isEqualTo(VerificationStatus.SUCCESS));
        assertThat(client.getEmailTemplate(r -> r.templateName("welcome"))
                        .templateContent()
                        .subject())
                .isEqualTo("Welcome, {{name}}");
        assertThat(client.getConfigurationSet(r -> r.configurationSetName("mine"))
                        .configurationSetName())
                .isEqualTo("mine");
        assertThat(client.listSuppressedDestinations(r -> {}).suppressedDestinationSummaries())
                .hasSize(2);
    }

    @Test
    void bulkSendsHaveAnAnswerForEachEntry() {
        List<BulkEmailEntry> entries = Stream.of("jane", "joe", "ann")
                .map(who -> BulkEmailEntry.builder()
                        .destination(d -> d.toAddresses(who + "@example.com"))
                        .build())
                .toList();

        var results = client.sendBulkEmail(r ->
                        r.bulkEmailEntries(entries).defaultContent(c -> c.template(t -> t.templateName("welcome"))))
                .bulkEmailEntryResults();

        assertThat(results).hasSize(3).allMatch(result -> result.status() == BulkEmailStatus.SUCCESS);
        assertThat(results).extracting(result -> result.messageId()).doesNotHaveDuplicates();
    }

    @Test
    void whatIsCalledMissingIsNotThereAndWhatIsCalledExistingIs() {
        assertThatThrownBy(() -> client.getEmailTemplate(r -> r.templateName("missing")))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> client.deleteSuppressedDestination(r -> r.emailAddress("missing@example.com")))
                .isInstanceOf(NotFoundException.class);
        EmailTemplateContent content =
                EmailTemplateContent.builder().subject("s").text("t").build();
        assertThatThrownBy(() -> client.createEmailTemplate(
                        r -> r.templateName("existing").templateContent(content)))
                .isInstanceOf(AlreadyExistsException.class);
        assertThatThrownBy(() -> client.createEmailTemplate(
                        r -> r.templateName("one-too-many").templateContent(content)))
                .isInstanceOf(LimitExceededException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "THROTTLED, 429, TooManyRequestsException",
        "DENIED, 403, AccessDeniedException",
        "UNKNOWN, 403, UnrecognizedClientException",
        "EXPIRED, 403, ExpiredTokenException",
        "BROKEN, 500, InternalServiceErrorException"
    })
    void theAccessKeyMakesEveryOperationFail(String accessKeyId, int status, String code) {
        try (SesV2Client failing = client(accessKeyId)) {
            assertThatThrownBy(() -> failing.getAccount(r -> {}))
                    .isInstanceOfSatisfying(AwsServiceException.class, e -> {
                        assertThat(e.statusCode()).isEqualTo(status);
                        assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code);
                    });
        }
    }

    private static SendOutcome send(String recipient) {
        EmailMessage message = EmailMessage.from("hello@acme.example")
                .to(recipient)
                .subject("Welcome")
                .text("Hello")
                .build();
        try (EmailTransport transport = SesApiTransport.using(client)) {
            return transport.send(message, new OpenAttempt());
        }
    }

    private record OpenAttempt() implements EmailTransport.Attempt {

        @Override
        public String id() {
            return "attempt-1";
        }

        @Override
        public Duration remaining() {
            return Duration.ofSeconds(30);
        }

        @Override
        public boolean handOff() {
            return true;
        }

        @Override
        public void onAbort(Runnable breakOff) {}
    }

    @Test
    void aTransportSendsThroughThem() {
        assertThat(send("jane@example.com"))
                .isInstanceOfSatisfying(
                        SendOutcome.Sent.class,
                        sent -> assertThat(sent.messageId()).matches("0102019b7a5c2c00-[0-9a-f-]{36}-000000"));
    }

    @ParameterizedTest
    @CsvSource({
        "throttled, THROTTLED",
        "daily-quota, DAILY_QUOTA",
        "unverified, UNVERIFIED",
        "rejected, REJECTED",
        "paused, SENDING_PAUSED",
        "suspended, SENDING_PAUSED",
        "mail-from, UNVERIFIED",
        "not-found, REJECTED",
        "bad-request, REJECTED"
    })
    void theRecipientMakesASendFail(String mailbox, Reason reason) {
        assertThat(send(mailbox + "@errors.example"))
                .isInstanceOfSatisfying(
                        NotSent.class, not -> assertThat(not.reason()).isEqualTo(reason));
    }

    @ParameterizedTest
    @CsvSource({"internal", "silence"})
    void theRecipientMakesASendUnknown(String mailbox) {
        assertThat(send(mailbox + "@errors.example")).isInstanceOf(SendOutcome.Unknown.class);
    }
}
