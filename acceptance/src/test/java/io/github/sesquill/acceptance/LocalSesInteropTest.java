package io.github.sesquill.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sesquill.local.LocalSes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The local SES, with the tools that developers have: the AWS command line, an AWS SDK in another language, swaks. */
@Tag("interop")
class LocalSesInteropTest {

    private static final String AWS = Files.isExecutable(Path.of("/usr/bin/aws")) ? "/usr/bin/aws" : "aws";

    private static final Map<String, String> CREDENTIALS = Map.of(
            "AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE",
            "AWS_SECRET_ACCESS_KEY", "example",
            "AWS_DEFAULT_REGION", "eu-west-1",
            "AWS_EC2_METADATA_DISABLED", "true",
            "AWS_PAGER", "");

    private final LocalSes ses = LocalSes.builder().verify("acme.example").start();
    private final InboxReader inbox = new InboxReader(ses);

    @TempDir
    private Path directory;

    @AfterEach
    void close() {
        ses.close();
    }

    private JsonNode aws(String operation, String... arguments) throws IOException, InterruptedException {
        String said =
                Programs.said(CREDENTIALS, awsCommand(operation, arguments).toArray(String[]::new));
        return InboxReader.tree(said.isBlank() ? "{}" : said);
    }

    private List<String> awsCommand(String operation, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                AWS, "sesv2", operation, "--endpoint-url", ses.endpoint().toString(), "--output", "json"));
        Collections.addAll(command, arguments);
        return command;
    }

    @Test
    void takesSimpleMailFromTheAwsCommandLine() throws IOException, InterruptedException {
        JsonNode sent = aws(
                "send-email",
                "--from-email-address",
                "Jane <jane@acme.example>",
                "--destination",
                "ToAddresses=bob@example.com,CcAddresses=carol@example.com",
                "--email-tags",
                "Name=kind,Value=cli",
                "--content",
                "{\"Simple\":{\"Subject\":{\"Data\":\"Hello\"},\"Body\":{\"Text\":{\"Data\":\"Plain\"},"
                        + "\"Html\":{\"Data\":\"<b>Bold</b>\"}}}}");

        JsonNode message = inbox.message(sent.path("MessageId").asText());
        assertThat(message.path("from").asText()).isEqualTo("Jane <jane@acme.example>");
        assertThat(message.path("subject").asText()).isEqualTo("Hello");
        assertThat(message.path("text").asText().strip()).isEqualTo("Plain");
        assertThat(message.path("cc").asText()).isEqualTo("carol@example.com");
        assertThat(message.at("/tags/kind").asText()).isEqualTo("cli");
        assertThat(message.path("operation").asText()).isEqualTo("SendEmail");
        assertThat(inbox.text("/inbox/messages/" + message.path("id").asText() + "/html"))
                .contains("<b>Bold</b>");
    }

    @Test
    void takesRawMailFromTheAwsCommandLine() throws IOException, InterruptedException {
        String mime = String.join(
                "\r\n",
                "From: jane@acme.example",
                "To: bob@example.com",
                "Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?=",
                "",
                "Raw text.",
                "");
        String data = Base64.getEncoder().encodeToString(mime.getBytes(StandardCharsets.US_ASCII));

        aws("send-email", "--content", "{\"Raw\":{\"Data\":\"" + data + "\"}}");

        JsonNode message = inbox.newest();
        assertThat(message.path("operation").asText()).isEqualTo("SendRawEmail");
        assertThat(message.path("subject").asText()).isEqualTo("Grüße");
        assertThat(message.at("/recipients/0/address").asText()).isEqualTo("bob@example.com");
        assertThat(inbox.text("/inbox/messages/" + message.path("id").asText() + "/source"))
                .endsWith(mime.substring(mime.indexOf("From:")))
                .contains("Message-ID: <" + message.path("id").asText() + "@eu-west-1.amazonses.com>");
    }

    @Test
    void rendersATemplateOfTheAwsCommandLine() throws IOException, InterruptedException {
        aws(
                "create-email-template",
                "--template-name",
                "welcome",
                "--template-content",
                "{\"Subject\":\"Welcome {{name}}\",\"Text\":\"Dear {{name}}\"}");
        assertThat(aws("list-email-templates")
                        .at("/TemplatesMetadata/0/TemplateName")
                        .asText())
                .isEqualTo("welcome");
        assertThat(aws("get-email-template", "--template-name", "welcome")
                        .at("/TemplateContent/Subject")
                        .asText())
                .isEqualTo("Welcome {{name}}");
        assertThat(aws(
                                "test-render-email-template",
                                "--template-name",
                                "welcome",
                                "--template-data",
                                "{\"name\":\"Ann\"}")
                        .path("RenderedTemplate")
                        .asText())
                .contains("Subject: Welcome Ann")
                .contains("Dear Ann");

        aws(
                "send-email",
                "--from-email-address",
                "jane@acme.example",
                "--destination",
                "ToAddresses=bob@example.com",
                "--content",
                "{\"Template\":{\"TemplateName\":\"welcome\",\"TemplateData\":\"{\\\"name\\\":\\\"Bob\\\"}\"}}");

        JsonNode message = inbox.newest();
        assertThat(message.path("subject").asText()).isEqualTo("Welcome Bob");
        assertThat(message.path("text").asText().strip()).isEqualTo("Dear Bob");
    }

    @Test
    void showsTheAccountToTheAwsCommandLine() throws IOException, InterruptedException {
        aws("create-email-identity", "--email-identity", "sales@other.example");
        assertThat(aws("list-email-identities").path("EmailIdentities").findValuesAsText("IdentityName"))
                .containsExactly("acme.example", "sales@other.example");
        assertThat(aws("get-email-identity", "--email-identity", "acme.example")
                        .path("VerifiedForSendingStatus")
                        .asBoolean())
                .isTrue();

        aws("put-suppressed-destination", "--email-address", "gone@example.com", "--reason", "BOUNCE");
        assertThat(aws("list-suppressed-destinations")
                        .path("SuppressedDestinationSummaries")
                        .findValuesAsText("EmailAddress"))
                .containsExactly("gone@example.com");
        assertThat(aws("get-suppressed-destination", "--email-address", "gone@example.com")
                        .at("/SuppressedDestination/Reason")
                        .asText())
                .isEqualTo("BOUNCE");

        aws("create-configuration-set", "--configuration-set-name", "news");
        aws(
                "create-configuration-set-event-destination",
                "--configuration-set-name",
                "news",
                "--event-destination-name",
                "topic",
                "--event-destination",
                "Enabled=true,MatchingEventTypes=SEND,BOUNCE,SnsDestination={TopicArn=arn:aws:sns:eu-west-1:1:t}");
        assertThat(aws("get-configuration-set-event-destinations", "--configuration-set-name", "news")
                        .at("/EventDestinations/0/MatchingEventTypes"))
                .extracting(JsonNode::asText)
                .containsExactly("SEND", "BOUNCE");

        JsonNode account = aws("get-account");
        assertThat(account.path("ProductionAccessEnabled").asBoolean()).isTrue();
        assertThat(account.at("/SendQuota/MaxSendRate").asDouble()).isEqualTo(14);
        assertThat(account.at("/SendQuota/Max24HourSend").asDouble()).isEqualTo(50_000);
    }

    @Test
    void tellsTheAwsCommandLineWhatItRefuses() throws IOException, InterruptedException {
        Programs.Ended unverified = Programs.run(
                CREDENTIALS,
                awsCommand(
                        "send-email",
                        "--from-email-address",
                        "jane@unknown.example",
                        "--destination",
                        "ToAddresses=bob@example.com",
                        "--content",
                        "{\"Simple\":{\"Subject\":{\"Data\":\"x\"},\"Body\":{\"Text\":{\"Data\":\"x\"}}}}"));
        assertThat(unverified.problems())
                .contains("(MessageRejected)")
                .contains("Email address is not verified")
                .contains("jane@unknown.example");

        Programs.Ended missing =
                Programs.run(CREDENTIALS, awsCommand("get-email-template", "--template-name", "missing"));
        assertThat(missing.problems()).contains("(NotFoundException)").contains("Template missing does not exist.");

        Programs.Ended notBuilt = Programs.run(CREDENTIALS, awsCommand("list-dedicated-ip-pools"));
        assertThat(notBuilt.problems()).contains("ListDedicatedIpPools is not built into this local SES.");
    }

    @Test
    void takesAttachmentsAndBulkFromTheAwsSdkForJavaScript() throws IOException, InterruptedException {
        JsonNode sent = InboxReader.tree(Programs.said(
                Map.of(), "node", "interop/sdk.mjs", ses.endpoint().toString()));

        JsonNode message = inbox.message(sent.path("withAttachments").asText());
        String path = "/inbox/messages/" + message.path("id").asText();
        assertThat(message.path("from").asText()).isEqualTo("Älva <alva@acme.example>");
        assertThat(message.path("subject").asText()).isEqualTo("Grüße aus JavaScript");
        assertThat(message.path("attachments")).hasSize(2);
        JsonNode attached = message.at("/attachments/0");
        assertThat(attached.path("fileName").asText()).isEqualTo("bytes.bin");
        byte[] bytes = inbox.bytes(path + "/parts/" + attached.path("part").asInt());
        assertThat(bytes).hasSize(256);
        assertThat(bytes[255]).isEqualTo((byte) 255);
        assertThat(message.at("/attachments/1/contentId").asText()).isEqualTo("dot");
        assertThat(inbox.text(path + "/html")).contains("<img src=\"data:image/png;base64,iVBOR");
        assertThat(message.path("headers"))
                .anyMatch(header -> header.path("name").asText().equals("X-Campaign")
                        && header.path("value").asText().equals("spring"));

        assertThat(sent.path("bulk"))
                .extracting(entry -> entry.path("Status").asText())
                .containsOnly("SUCCESS");
        List<String> subjects = new ArrayList<>();
        for (JsonNode entry : sent.path("bulk")) {
            JsonNode one = inbox.message(entry.path("MessageId").asText());
            subjects.add(one.path("subject").asText());
            assertThat(one.path("text").asText()).contains("ten percent");
        }
        assertThat(subjects).containsExactly("Hello Ann", "Hello Ben", "Hello friend");
    }

    @Test
    void takesMailFromSwaksByStartTls() throws IOException, InterruptedException {
        String said = swaks(ses.smtpPort(), "--tls", "--auth", "PLAIN", "--h-Subject", "By STARTTLS", "--body", ".dot");

        JsonNode message = inbox.newest();
        assertThat(said)
                .contains("TLS started")
                .contains("250 Ok " + message.path("id").asText());
        assertThat(said).doesNotContain("PIPELINING").doesNotContain("SMTPUTF8").doesNotContain("CHUNKING");
        assertThat(message.path("subject").asText()).isEqualTo("By STARTTLS");
        assertThat(message.path("text").asText().strip()).isEqualTo(".dot");
        assertThat(message.path("by").asText()).isEqualTo("SMTP");
    }

    @Test
    void takesMailFromSwaksOverTls() throws IOException, InterruptedException {
        Path file = Files.write(directory.resolve("data.bin"), new byte[] {0, 1, 2, (byte) 200});

        swaks(
                ses.smtpsPort(),
                "--tls-on-connect",
                "--auth",
                "LOGIN",
                "--h-Subject",
                "Over TLS",
                "--attach",
                "@" + file);

        JsonNode message = inbox.newest();
        assertThat(message.path("subject").asText()).isEqualTo("Over TLS");
        assertThat(message.at("/attachments/0/fileName").asText()).isEqualTo("data.bin");
        assertThat(inbox.bytes("/inbox/messages/" + message.path("id").asText() + "/parts/"
                        + message.at("/attachments/0/part").asInt()))
                .containsExactly(0, 1, 2, 200);
    }

    @Test
    void refusesSwaksWithoutTlsAndWithAWrongPassword() throws IOException, InterruptedException {
        Programs.Ended clear = Programs.run(Map.of(), swaksCommand(ses.smtpPort(), "secret"));
        assertThat(clear.out()).contains("530 Must issue a STARTTLS command first");

        Programs.Ended wrong =
                Programs.run(Map.of(), swaksCommand(ses.smtpPort(), "secret", "--tls", "--auth", "PLAIN"));
        assertThat(wrong.out()).contains("535 Authentication Credentials Invalid");
        assertThat(inbox.get("/inbox/messages").path("total").asInt()).isZero();
    }

    private String swaks(int port, String... arguments) throws IOException, InterruptedException {
        return Programs.said(
                Map.of(), swaksCommand(port, ses.smtpPassword(), arguments).toArray(String[]::new));
    }

    private List<String> swaksCommand(int port, String password, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                "swaks",
                "--server",
                "127.0.0.1",
                "--port",
                Integer.toString(port),
                "--from",
                "jane@acme.example",
                "--to",
                "bob@example.com"));
        Collections.addAll(command, arguments);
        if (List.of(arguments).contains("--auth")) {
            Collections.addAll(command, "--auth-user", ses.smtpUser(), "--auth-password", password);
        }
        return command;
    }
}
