package io.github.sesquill.test;

import static io.github.sesquill.test.Messages.attempt;
import static io.github.sesquill.test.Messages.draft;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.sesquill.message.EmailMessage;
import io.github.sesquill.message.TemplateData;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.protocols.jsoncore.JsonNodeParser;

/** The whole text of what is published, ids and random delays aside. */
class PublishedJsonTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final FakeSes ses = FakeSes.production().verifyIdentity("acme.example");

    private List<String> published(EmailMessage message) {
        attempt(ses, message);
        return ses.settle();
    }

    /** Puts words for ids and the delays, and takes white space between members for nothing. */
    private String readable(String json) {
        return normal(json)
                .replace(ses.sent().get(0).messageId(), "ID")
                .replaceAll("0102[0-9a-f]{12}-[-0-9a-f]{36}-000000", "FEEDBACK")
                .replaceAll("12:00:0[0-6]\\.(?!000)[0-9]{3}Z", "LATER")
                .replaceAll("Millis\":[0-9]+", "Millis\":MILLIS");
    }

    private static String normal(String json) {
        return json.replaceAll("\\s*\\n\\s*", "");
    }

    @Test
    void isASendEventWithHeadersAndTags() {
        String send = published(draft("Jane Doe <jane@example.com>")
                        .cc("joe@example.com")
                        .bcc("ann@example.com")
                        .replyTo("help@acme.example")
                        .header("X-Campaign", "spring")
                        .tag("kind", "receipt")
                        .configurationSet("transactional")
                        .build())
                .get(0);

        assertThat(send).endsWith("}\n");
        assertThat(readable(send)).isEqualTo(normal("""
                {"eventType":"Send",
                "mail":{
                "timestamp":"2026-01-01T12:00:00.000Z",
                "source":"Acme <hello@acme.example>",
                "sourceArn":"arn:aws:ses:eu-west-1:123456789012:identity/acme.example",
                "sendingAccountId":"123456789012",
                "messageId":"ID",
                "destination":["jane@example.com","joe@example.com","ann@example.com"],
                "headersTruncated":false,
                "headers":[
                {"name":"From","value":"Acme <hello@acme.example>"},
                {"name":"Reply-To","value":"help@acme.example"},
                {"name":"To","value":"Jane Doe <jane@example.com>"},
                {"name":"Cc","value":"joe@example.com"},
                {"name":"Subject","value":"Welcome"},
                {"name":"X-Campaign","value":"spring"},
                {"name":"MIME-Version","value":"1.0"},
                {"name":"Content-Type","value":"multipart/alternative;  boundary=\\"----=_Part_1_1.1\\""}],
                "commonHeaders":{
                "from":["Acme <hello@acme.example>"],
                "replyTo":["help@acme.example"],
                "to":["Jane Doe <jane@example.com>"],
                "cc":["joe@example.com"],
                "messageId":"ID",
                "subject":"Welcome"},
                "tags":{
                "ses:operation":["SendEmail"],
                "ses:configuration-set":["transactional"],
                "ses:source-tls-version":["TLSv1.3"],
                "ses:source-ip":["192.0.2.17"],
                "ses:from-domain":["acme.example"],
                "ses:caller-identity":["sesquill-fake"],
                "kind":["receipt"],
                "sesquill-attempt":["attempt-1"]}},
                "send":{}}
                """));
    }

    private static final String IDENTITY_MAIL = """
            "mail":{
            "timestamp":"2026-01-01T12:00:00.000Z",
            "source":"Acme <hello@acme.example>",
            "sourceArn":"arn:aws:ses:eu-west-1:123456789012:identity/acme.example",
            "sourceIp":"192.0.2.17",
            "sendingAccountId":"123456789012",
            "messageId":"ID",
            "destination":["%s"]},
            """;

    private void isPublished(String recipient, int which, String type, String rest) {
        String json = published(draft(recipient).build()).get(which);
        assertThat(readable(json))
                .isEqualTo(normal("{\"notificationType\":\"" + type + "\",\n" + IDENTITY_MAIL.formatted(recipient)
                        + rest + "}\n"));
    }

    @Test
    void isADelivery() {
        isPublished("jane@example.com", 0, "Delivery", """
                "delivery":{
                "timestamp":"2026-01-01TLATER",
                "processingTimeMillis":MILLIS,
                "recipients":["jane@example.com"],
                "smtpResponse":"250 Ok",
                "remoteMtaIp":"203.0.113.9",
                "reportingMTA":"e1-1.smtp-out.eu-west-1.amazonses.com"}
                """);
    }

    @Test
    void isABounceWithTheReportOfTheServer() {
        isPublished("bounce@simulator.amazonses.com", 0, "Bounce", """
                "bounce":{
                "feedbackId":"FEEDBACK",
                "bounceType":"Permanent",
                "bounceSubType":"General",
                "bouncedRecipients":[{
                "emailAddress":"bounce@simulator.amazonses.com",
                "action":"failed",
                "status":"5.1.1",
                "diagnosticCode":"smtp; 550 5.1.1 user unknown"}],
                "timestamp":"2026-01-01TLATER",
                "remoteMtaIp":"203.0.113.9",
                "reportingMTA":"dns; e1-1.smtp-out.eu-west-1.amazonses.com"}
                """);
    }

    @Test
    void isAnAutomaticAnswerWithoutOne() {
        isPublished("ooto@simulator.amazonses.com", 1, "Bounce", """
                "bounce":{
                "feedbackId":"FEEDBACK",
                "bounceType":"Transient",
                "bounceSubType":"General",
                "bouncedRecipients":[{"emailAddress":"ooto@simulator.amazonses.com"}],
                "timestamp":"2026-01-01TLATER"}
                """);
    }

    @Test
    void isAComplaintOfTheSimulator() {
        isPublished("complaint@simulator.amazonses.com", 1, "Complaint", """
                "complaint":{
                "feedbackId":"FEEDBACK",
                "complaintSubType":null,
                "complainedRecipients":[{"emailAddress":"complaint@simulator.amazonses.com"}],
                "timestamp":"2026-01-01TLATER",
                "userAgent":"Amazon SES Mailbox Simulator",
                "complaintFeedbackType":"abuse",
                "arrivalDate":"2026-01-01TLATER"}
                """);
    }

    @Test
    void namesTheOutgoingHostInADeliveryEventOnly() {
        List<JsonNode> events = read(published(
                draft("ooto@simulator.amazonses.com").configurationSet("set").build()));

        assertThat(events)
                .extracting(e -> e.at("/mail/tags/ses:outgoing-ip/0").asText())
                .containsExactly("", "198.51.100.25", "");
    }

    @Test
    void knowsLittleOfATemplateThatIsNotRenderedYet() {
        JsonNode send = read(published(EmailMessage.from("hello@acme.example")
                        .to("jane@example.com")
                        .template("welcome", TemplateData.of(Map.of("name", "Jane")))
                        .configurationSet("set")
                        .build()))
                .get(0);

        assertThat(send.at("/mail/sourceArn").isMissingNode()).isTrue();
        assertThat(send.at("/mail/headers").isEmpty()).isTrue();
        assertThat(send.at("/mail/commonHeaders").fieldNames()).toIterable().containsExactly("messageId");
        assertThat(send.at("/mail/tags/ses:operation/0").asText()).isEqualTo("SendTemplatedEmail");
    }

    @Test
    void listsTheHeadersOfRawMimeAsTheyCameAndTakesSetAndTagsFromThem() {
        String mime = """
                From: "Doe, John" <hello@acme.example>
                To: "Smith, Jane" <jane@example.com>,
                 joe@example.com
                Subject: Hello
                Date: Thu, 1 Jan 2026 12:00:00 +0000
                X-SES-CONFIGURATION-SET: raw-set
                X-SES-MESSAGE-TAGS: kind=letter, batch=7

                Subject: not a header
                """;
        JsonNode mail = read(published(EmailMessage.from("hello@acme.example")
                        .to("jane@example.com")
                        .raw(mime.getBytes(StandardCharsets.UTF_8))
                        .tag("batch", "8")
                        .build()))
                .get(0)
                .path("mail");

        assertThat(mail.path("headers")).hasSize(6);
        assertThat(mail.at("/commonHeaders/to"))
                .extracting(JsonNode::asText)
                .containsExactly("\"Smith, Jane\" <jane@example.com>", "joe@example.com");
        assertThat(mail.at("/commonHeaders/date").asText()).isEqualTo("Thu, 1 Jan 2026 12:00:00 +0000");
        assertThat(mail.at("/tags/ses:configuration-set/0").asText()).isEqualTo("raw-set");
        assertThat(mail.at("/tags/kind/0").asText()).isEqualTo("letter");
        assertThat(mail.at("/tags/batch/0").asText()).isEqualTo("8");
        assertThat(mail.at("/tags/ses:operation/0").asText()).isEqualTo("SendRawEmail");
    }

    @Test
    void cutsTenKilobytesOfHeadersOff() {
        EmailMessage.Builder draft = draft("jane@example.com").configurationSet("set");
        for (int i = 0; i < 15; i++) {
            draft.header("X-Filler-" + i, "x".repeat(800));
        }

        JsonNode mail = read(published(draft.build())).get(0).path("mail");

        assertThat(mail.path("headersTruncated").asBoolean()).isTrue();
        assertThat(mail.path("headers")).hasSizeBetween(10, 17);
    }

    @Test
    void isReadByAReaderThatDidNotWriteIt() {
        for (String recipient : List.of("jane@example.com", "ooto@simulator.amazonses.com")) {
            for (String json : published(draft(recipient)
                    .subject("\"quoted\" \\ ünï \uD83D\uDE00")
                    .configurationSet("set")
                    .build())) {
                assertThat(JsonNodeParser.create()
                                .parse(json)
                                .field("mail")
                                .orElseThrow()
                                .field("commonHeaders")
                                .orElseThrow()
                                .field("subject")
                                .orElseThrow()
                                .text())
                        .isEqualTo("\"quoted\" \\ ünï \uD83D\uDE00");
            }
        }
    }

    private static List<JsonNode> read(List<String> published) {
        return published.stream()
                .map(json -> {
                    try {
                        return JSON.readTree(json);
                    } catch (JsonProcessingException e) {
                        throw new AssertionError(json, e);
                    }
                })
                .toList();
    }
}
