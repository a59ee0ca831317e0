package io.github.sesquill.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.sesquill.api.ApiTestBed.Kind;
import io.github.sesquill.message.Attachment;
import io.github.sesquill.message.TemplateData;
import io.github.sesquill.message.TemplateMailing;
import io.github.sesquill.message.TemplateMailing.Entry;
import io.github.sesquill.transport.SendOutcome;
import io.github.sesquill.transport.SendOutcome.NotSent;
import io.github.sesquill.transport.SendOutcome.Reason;
import io.github.sesquill.transport.SendOutcome.Sent;
import io.github.sesquill.transport.SendOutcome.Unknown;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.sesv2.model.BulkEmailStatus;

/** Many entries in one call: what goes out, and what comes of each. */
class BatchTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private ScriptedServer server;

    @BeforeEach
    void start() throws IOException {
        server = ScriptedServer.start();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private static TemplateMailing.Builder mailing() {
        return TemplateMailing.from("Acme <news@acme.example>").template("october");
    }

    private static List<Entry> entries(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Entry.to("jane" + i + "@example.com")
                        .data(Map.of("name", "Jane " + i))
                        .build())
                .toList();
    }

    private List<SendOutcome> send(TemplateMailing.Builder mailing, List<Entry> entries, String answer) {
        server.then(ScriptedServer.ses(200, answer));
        try (SesApiTransport transport = Kind.OWN.transport(server.endpoint())) {
            return transport.sendBatch(mailing.entries(entries), entries, new TestAttempt());
        }
    }

    private static String results(String... results) {
        return "{\"BulkEmailEntryResults\":[" + String.join(",", results) + "]}";
    }

    private static String status(String status, String error) {
        return "{\"Status\":\"" + status + "\",\"Error\":\"" + error + "\"}";
    }

    private static String success(String id) {
        return "{\"Status\":\"SUCCESS\",\"MessageId\":\"" + id + "\"}";
    }

    private JsonNode request() throws Exception {
        ScriptedServer.Request request = server.takeRequest();
        assertThat(request.line()).startsWith("POST /v2/email/outbound-bulk-emails ");
        return JSON.readTree(request.body());
    }

    @ParameterizedTest
    @EnumSource
    void everyEntryBringsItsOwnWhole(Kind kind) throws Exception {
        server.then(ScriptedServer.ses(200, results(success("id-a"), success("id-b"))));
        TemplateMailing.Builder mailing = mailing()
                .defaults(TemplateData.of(Map.of("greeting", "Hello")))
                .replyTo("desk@acme.example")
                .attach(Attachment.of("a.txt", "hi".getBytes(StandardCharsets.UTF_8)))
                .header("X-Campaign", "october")
                .tag("kind", "news")
                .configurationSet("news");
        List<Entry> entries = List.of(
                Entry.to("Jane <jane@example.com>").bcc("log@acme.example").build(),
                Entry.to("john@example.com")
                        .data(Map.of("name", "John"))
                        .tag("kind", "special")
                        .header("x-campaign", "late")
                        .build());
        try (SesApiTransport transport = kind.transport(server.endpoint())) {
            assertThat(transport.batchLimit()).isEqualTo(50);
            TestAttempt attempt = new TestAttempt();
            assertThat(transport.sendBatch(mailing.entries(entries), entries, attempt))
                    .extracting(outcome -> ((Sent) outcome).messageId())
                    .containsExactly("id-a", "id-b");
            assertThat(attempt.handOffs).hasValue(1);
        }
        JsonNode body = request();
        assertThat(body.at("/FromEmailAddress").asText()).isEqualTo("Acme <news@acme.example>");
        assertThat(body.at("/ReplyToAddresses/0").asText()).isEqualTo("desk@acme.example");
        assertThat(body.at("/ConfigurationSetName").asText()).isEqualTo("news");
        assertThat(body.has("DefaultEmailTags")).isFalse();
        JsonNode template = body.at("/DefaultContent/Template");
        assertThat(template.at("/TemplateName").asText()).isEqualTo("october");
        assertThat(template.at("/Attachments/0/FileName").asText()).isEqualTo("a.txt");
        JsonNode jane = body.at("/BulkEmailEntries/0");
        assertThat(jane.at("/Destination/ToAddresses/0").asText()).isEqualTo("Jane <jane@example.com>");
        assertThat(jane.at("/Destination/BccAddresses/0").asText()).isEqualTo("log@acme.example");
        assertThat(jane.at("/ReplacementTags").toString())
                .isEqualTo("[{\"Name\":\"kind\",\"Value\":\"news\"},"
                        + "{\"Name\":\"sesquill-attempt\",\"Value\":\"attempt-1_0\"}]");
        assertThat(jane.at("/ReplacementHeaders").toString())
                .isEqualTo("[{\"Name\":\"X-Campaign\",\"Value\":\"october\"}]");
        assertThat(data(jane)).isEqualTo("{\"greeting\":\"Hello\"}");
        JsonNode john = body.at("/BulkEmailEntries/1");
        assertThat(john.at("/ReplacementTags").toString())
                .isEqualTo("[{\"Name\":\"kind\",\"Value\":\"special\"},"
                        + "{\"Name\":\"sesquill-attempt\",\"Value\":\"attempt-1_1\"}]");
        assertThat(john.at("/ReplacementHeaders").toString())
                .isEqualTo("[{\"Name\":\"x-campaign\",\"Value\":\"late\"}]");
        assertThat(data(john)).isEqualTo("{\"greeting\":\"Hello\",\"name\":\"John\"}");
    }

    private static String data(JsonNode entry) {
        return entry.at("/ReplacementEmailContent/ReplacementTemplate/ReplacementTemplateData")
                .asText();
    }

    @ParameterizedTest
    @CsvSource({
        "MESSAGE_REJECTED, REJECTED, false",
        "MAIL_FROM_DOMAIN_NOT_VERIFIED, UNVERIFIED, false",
        "CONFIGURATION_SET_NOT_FOUND, REJECTED, false",
        "TEMPLATE_NOT_FOUND, REJECTED, false",
        "ACCOUNT_SUSPENDED, SENDING_PAUSED, false",
        "ACCOUNT_THROTTLED, THROTTLED, true",
        "ACCOUNT_DAILY_QUOTA_EXCEEDED, DAILY_QUOTA, true",
        "INVALID_SENDING_POOL_NAME, REJECTED, false",
        "ACCOUNT_SENDING_PAUSED, SENDING_PAUSED, false",
        "CONFIGURATION_SET_SENDING_PAUSED, SENDING_PAUSED, false",
        "INVALID_PARAMETER, REJECTED, false",
        "TRANSIENT_FAILURE, UNAVAILABLE, true",
        "FAILED, REJECTED, false"
    })
    void everyStatusHasItsMeaning(String status, Reason reason, boolean retryable) {
        List<SendOutcome> outcomes = send(mailing(), entries(2), results(status(status, "so it is"), success("id-b")));
        assertThat(outcomes.get(0)).isInstanceOfSatisfying(NotSent.class, refused -> {
            assertThat(refused.reason()).isEqualTo(reason);
            assertThat(refused.code()).contains(status);
            assertThat(refused.detail()).isEqualTo("so it is");
            assertThat(refused.isRetryable()).isEqualTo(retryable);
        });
        assertThat(outcomes.get(1)).isInstanceOf(Sent.class);
    }

    /** If SES gets a fifteenth status, the table above needs it too. */
    @Test
    void thereAreFourteenStatuses() {
        assertThat(BulkEmailStatus.knownValues()).hasSize(14);
    }

    @Test
    void aRecipientThatIsNotVerifiedIsCalledSo() {
        assertThat(send(
                        mailing(),
                        entries(1),
                        results(status("MESSAGE_REJECTED", "Email address is not verified. It failed the check"))))
                .singleElement()
                .isInstanceOfSatisfying(
                        NotSent.class, refused -> assertThat(refused.reason()).isEqualTo(Reason.UNVERIFIED));
    }

    @Test
    void whatNobodyCanReadIsUnknownForThatEntryAlone() {
        List<SendOutcome> outcomes = send(
                mailing(),
                entries(5),
                results(status("ABDUCTED", ""), "null", "{}", "{\"Status\":\"SUCCESS\"}", success("id-e")));
        assertThat(outcomes.subList(0, 4))
                .allSatisfy(outcome -> assertThat(outcome).isInstanceOf(Unknown.class));
        assertThat(outcomes)
                .extracting(outcome -> outcome instanceof Unknown unknown && unknown.accepted())
                .containsExactly(false, false, false, true, false);
        assertThat(outcomes.get(4)).isInstanceOf(Sent.class);
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "3"})
    void anAnswerOfAnotherLengthSaysNothingOfAny(int answers) {
        List<String> results = new ArrayList<>();
        for (int i = 0; i < answers; i++) {
            results.add(success("id-" + i));
        }
        assertThat(send(mailing(), entries(2), results(results.toArray(String[]::new))))
                .hasSize(2)
                .allSatisfy(outcome -> assertThat(outcome).isInstanceOf(Unknown.class));
    }

    @Test
    void anAnswerWithoutResultsSaysNothingOfAny() {
        assertThat(send(mailing(), entries(2), "{}"))
                .hasSize(2)
                .allSatisfy(outcome -> assertThat(outcome).isInstanceOf(Unknown.class));
    }

    @Test
    void aRefusedCallIsRefusedForAll() {
        server.then(ScriptedServer.error(429, "TooManyRequestsException", "Maximum sending rate exceeded."));
        List<Entry> entries = entries(3);
        try (SesApiTransport transport = Kind.OWN.transport(server.endpoint())) {
            assertThat(transport.sendBatch(mailing().entries(entries), entries, new TestAttempt()))
                    .hasSize(3)
                    .allSatisfy(outcome -> assertThat(outcome)
                            .isInstanceOfSatisfying(
                                    NotSent.class,
                                    refused -> assertThat(refused.reason()).isEqualTo(Reason.THROTTLED)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void silenceIsUnknownForAll(Kind kind) {
        server.then(ScriptedServer.fin());
        List<Entry> entries = entries(3);
        try (SesApiTransport transport = kind.transport(server.endpoint())) {
            assertThat(transport.sendBatch(mailing().entries(entries), entries, new TestAttempt()))
                    .hasSize(3)
                    .allSatisfy(outcome -> assertThat(outcome).isInstanceOf(Unknown.class));
        }
        assertThat(server.requestsBegun()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void aShutGateKeepsAllBack(Kind kind) {
        List<Entry> entries = entries(3);
        try (SesApiTransport transport = kind.transport(server.endpoint())) {
            assertThat(transport.sendBatch(mailing().entries(entries), entries, new TestAttempt(() -> false)))
                    .hasSize(3)
                    .allSatisfy(outcome -> assertThat(outcome)
                            .isInstanceOfSatisfying(
                                    NotSent.class,
                                    refused -> assertThat(refused.reason()).isEqualTo(Reason.CANCELLED)));
        }
    }

    @Test
    void aCustomizerKnowsMessagesOnly() {
        try (SesApiTransport transport =
                ApiTestBed.own(server.endpoint()).customize(request -> {}).build()) {
            assertThat(transport.batchLimit()).isZero();
        }
    }
}
