package io.github.sesquill.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.github.sesquill.SesMailer;
import io.github.sesquill.api.SesApiTransport;
import io.github.sesquill.message.Attachment;
import io.github.sesquill.message.EmailAddress;
import io.github.sesquill.message.EmailMessage;
import io.github.sesquill.message.ListManagement;
import io.github.sesquill.message.ListUnsubscribe;
import io.github.sesquill.message.TemplateData;
import io.github.sesquill.quota.SendingQuota;
import io.github.sesquill.transport.SendOutcome;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeUtility;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sesv2.SesV2Client;

/**
 * Every hostile string in every field: refused before any I/O, or carried as data and read back equal, by readers that are
 * not ours, from the bytes that arrived.
 */
class HostileStringsTest {

    /** Jackson takes names of 50,000 characters by default, and a template's variable may be longer here. */
    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNameLength(200_000).build())
            .build());

    private static final AtomicReference<byte[]> ARRIVED = new AtomicReference<>(new byte[0]);
    private static HttpServer server;
    private static SesV2Client client;
    private static SesMailer mailer;

    /** How a field is filled, and how what arrived of it is read. */
    private record Field(
            BiFunction<EmailMessage.Builder, String, EmailMessage.Builder> fill,
            BiFunction<JsonNode, String, String> read) {}

    private static final Map<String, Field> FIELDS = new TreeMap<>(Map.ofEntries(
            Map.entry(
                    "subject",
                    new Field(
                            EmailMessage.Builder::subject,
                            (m, s) -> simple(m).at("/Subject/Data").textValue())),
            Map.entry(
                    "display name",
                    new Field(
                            (b, s) -> b.to(EmailAddress.of(s, "x@example.com")),
                            (m, s) -> name(m.at("/Destination/ToAddresses/1")))),
            Map.entry(
                    "header value",
                    new Field(
                            (b, s) -> b.header("X-Hostile", s),
                            (m, s) -> decoded(simple(m).at("/Headers/0/Value").textValue()))),
            Map.entry(
                    "References",
                    new Field(
                            (b, s) -> b.header("References", s),
                            (m, s) -> decoded(simple(m).at("/Headers/0/Value").textValue()))),
            Map.entry(
                    "header name",
                    new Field(
                            (b, s) -> b.header(s, "v"),
                            (m, s) -> simple(m).at("/Headers/0/Name").textValue())),
            Map.entry(
                    "tag name",
                    new Field(
                            (b, s) -> b.tag(s, "v"),
                            (m, s) -> m.at("/EmailTags/0/Name").textValue())),
            Map.entry(
                    "tag value",
                    new Field(
                            (b, s) -> b.tag("t", s),
                            (m, s) -> m.at("/EmailTags/0/Value").textValue())),
            Map.entry(
                    "configuration set",
                    new Field(
                            EmailMessage.Builder::configurationSet,
                            (m, s) -> m.path("ConfigurationSetName").textValue())),
            Map.entry(
                    "file name",
                    new Field(
                            (b, s) -> b.attach(Attachment.of(s, new byte[] {1})),
                            (m, s) -> simple(m).at("/Attachments/0/FileName").textValue())),
            Map.entry(
                    "content type",
                    new Field(
                            (b, s) ->
                                    b.attach(Attachment.of("a", new byte[] {1}).contentType(s)),
                            (m, s) -> simple(m).at("/Attachments/0/ContentType").textValue())),
            Map.entry(
                    "content id",
                    new Field(
                            (b, s) -> b.html("<p>")
                                    .attach(Attachment.of("a", new byte[] {1}).inline(s)),
                            (m, s) -> simple(m).at("/Attachments/0/ContentId").textValue())),
            Map.entry(
                    "text",
                    new Field(
                            EmailMessage.Builder::text,
                            (m, s) -> simple(m).at("/Body/Text/Data").textValue())),
            Map.entry(
                    "html",
                    new Field(
                            EmailMessage.Builder::html,
                            (m, s) -> simple(m).at("/Body/Html/Data").textValue())),
            Map.entry(
                    "to",
                    new Field(
                            (b, s) -> b.to(s),
                            (m, s) -> m.at("/Destination/ToAddresses/1").textValue())),
            Map.entry(
                    "cc",
                    new Field(
                            (b, s) -> b.cc(s),
                            (m, s) -> m.at("/Destination/CcAddresses/0").textValue())),
            Map.entry(
                    "bcc",
                    new Field(
                            (b, s) -> b.bcc(s),
                            (m, s) -> m.at("/Destination/BccAddresses/0").textValue())),
            Map.entry(
                    "reply-to",
                    new Field(
                            (b, s) -> b.replyTo(s),
                            (m, s) -> m.at("/ReplyToAddresses/0").textValue())),
            Map.entry(
                    "feedback",
                    new Field(
                            EmailMessage.Builder::feedbackTo,
                            (m, s) -> m.path("FeedbackForwardingEmailAddress").textValue())),
            Map.entry(
                    "from",
                    new Field(
                            (b, s) -> written(EmailMessage.from(s)),
                            (m, s) -> m.path("FromEmailAddress").textValue())),
            Map.entry(
                    "from name",
                    new Field(
                            (b, s) -> written(EmailMessage.from(EmailAddress.of(s, "x@example.com"))),
                            (m, s) -> name(m.path("FromEmailAddress")))),
            Map.entry(
                    "unsubscribe page",
                    new Field(
                            (b, s) -> b.listUnsubscribe(
                                    ListUnsubscribe.oneClick(URI.create("https://acme.example/" + s))),
                            (m, s) -> between("<https://acme.example/", unsubscribe(m)))),
            Map.entry(
                    "unsubscribe mailbox",
                    new Field(
                            (b, s) -> b.listUnsubscribe(ListUnsubscribe.mail(EmailAddress.of(s))),
                            (m, s) -> percentDecoded(between("<mailto:", unsubscribe(m))))),
            Map.entry(
                    "contact list",
                    new Field(
                            (b, s) -> b.listManagement(ListManagement.of(s, "news")),
                            (m, s) -> m.at("/ListManagementOptions/ContactListName")
                                    .textValue())),
            Map.entry(
                    "tenant",
                    new Field(
                            EmailMessage.Builder::tenant,
                            (m, s) -> m.path("TenantName").textValue())),
            Map.entry(
                    "identity ARN",
                    new Field(
                            EmailMessage.Builder::fromIdentityArn,
                            (m, s) -> m.path("FromEmailAddressIdentityArn").textValue())),
            Map.entry(
                    "template name",
                    new Field(
                            (b, s) -> templated().template(s, TemplateData.of(Map.of("a", "b"))),
                            (m, s) -> template(m).path("TemplateName").textValue())),
            Map.entry(
                    "template value",
                    new Field(
                            (b, s) -> templated().template("welcome", TemplateData.of(Map.of("who", s))),
                            (m, s) -> data(m).path("who").textValue())),
            Map.entry(
                    "template variable",
                    new Field(
                            (b, s) -> templated().template("welcome", TemplateData.of(Map.of(s, "Jane"))),
                            (m, s) -> data(m).fieldNames().next())),
            Map.entry(
                    "inline template subject",
                    new Field(
                            (b, s) -> b.subject(s).templateData(TemplateData.of(Map.of())),
                            (m, s) -> template(m).at("/TemplateContent/Subject").textValue())),
            Map.entry(
                    "inline template html",
                    new Field(
                            (b, s) -> b.html(s).templateData(TemplateData.of(Map.of())),
                            (m, s) -> template(m).at("/TemplateContent/Html").textValue()))));

    @BeforeAll
    static void listen() throws IOException {
        // Else each answer waits 40 ms for the delayed acknowledgement of its headers.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            ARRIVED.set(exchange.getRequestBody().readAllBytes());
            byte[] answer = "{\"MessageId\":\"1\"}".getBytes(StandardCharsets.US_ASCII);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        client = SesV2Client.builder()
                .region(Region.EU_WEST_1)
                .endpointOverride(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "secret")))
                .build();
        mailer = SesMailer.builder(SesApiTransport.using(client))
                .quota(SendingQuota.perSecond(100_000))
                .build();
    }

    @AfterAll
    static void stop() {
        mailer.close();
        client.close();
        server.stop(0);
    }

    @Test
    void areRefusedOrCarriedAsDataInEveryField() throws Exception {
        int refused = 0;
        int carried = 0;
        for (Map.Entry<String, Field> field : FIELDS.entrySet()) {
            for (String hostile : HostileStrings.all()) {
                if (isCarried(field.getKey(), field.getValue(), hostile)) {
                    carried++;
                } else {
                    refused++;
                }
            }
        }
        assertThat(refused + carried)
                .isEqualTo(FIELDS.size() * HostileStrings.all().size());
        assertThat(refused).isGreaterThan(500);
        assertThat(carried).isGreaterThan(500);
    }

    @Test
    void areRefusedWhereNothingElseIsSafe() {
        List<String> taken = new ArrayList<>();
        for (String name : List.of("subject", "display name", "from name", "header value", "References", "file name")) {
            for (String hostile : HostileStrings.REFUSED_ON_ONE_LINE) {
                collectUnlessRefused(taken, name, hostile);
            }
        }
        for (String name : List.of("from", "to", "cc", "bcc", "reply-to", "feedback", "unsubscribe mailbox")) {
            for (String hostile : HostileStrings.REFUSED_AS_ADDRESSES) {
                collectUnlessRefused(taken, name, hostile);
            }
        }
        assertThat(taken).isEmpty();
    }

    private static void collectUnlessRefused(List<String> taken, String field, String hostile) {
        try {
            Objects.requireNonNull(FIELDS.get(field))
                    .fill()
                    .apply(message(), hostile)
                    .build();
            taken.add(field + ": " + hostile);
        } catch (IllegalArgumentException e) {
            assertThat(e.getMessage()).doesNotContain("\r", "\n");
        }
    }

    private static boolean isCarried(String name, Field field, String hostile) throws Exception {
        ARRIVED.set(new byte[0]);
        EmailMessage message;
        try {
            message = field.fill().apply(message(), hostile).build();
        } catch (IllegalArgumentException e) {
            return false;
        }
        SendOutcome outcome = mailer.trySend(message);
        if (outcome instanceof SendOutcome.NotSent) {
            assertThat(ARRIVED.get()).as("%s refused before any I/O", name).isEmpty();
            return false;
        }
        JsonNode arrived = JSON.readTree(ARRIVED.get());
        assertThat(field.read().apply(arrived, hostile))
                .as("%s as it arrived", name)
                .isEqualTo(hostile);
        assertThat(arrived.at("/Destination").findValues("ToAddresses").get(0).size()
                        + arrived.at("/Destination/CcAddresses").size()
                        + arrived.at("/Destination/BccAddresses").size())
                .as("recipients with %s", name)
                .isEqualTo(message.recipients().size());
        assertThat(arrived.path("Content").findValues("Headers").stream()
                        .mapToInt(JsonNode::size)
                        .sum())
                .isEqualTo(message.headerFields().size());
        return true;
    }

    private static EmailMessage.Builder message() {
        return EmailMessage.from("a@acme.example")
                .to("first@example.com")
                .subject("s")
                .text("t");
    }

    private static EmailMessage.Builder written(EmailMessage.Builder begun) {
        return begun.to("first@example.com").subject("s").text("t");
    }

    private static EmailMessage.Builder templated() {
        return EmailMessage.from("a@acme.example").to("first@example.com");
    }

    private static JsonNode template(JsonNode request) {
        return request.at("/Content/Template");
    }

    private static JsonNode data(JsonNode request) {
        try {
            return JSON.readTree(template(request).path("TemplateData").textValue());
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static String unsubscribe(JsonNode request) {
        return simple(request).at("/Headers/0/Value").textValue();
    }

    private static String between(String start, String value) {
        assertThat(value).startsWith(start).endsWith(">");
        return value.substring(start.length(), value.length() - 1);
    }

    private static String percentDecoded(String uri) {
        return URLDecoder.decode(uri.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static JsonNode simple(JsonNode request) {
        return request.at("/Content/Simple");
    }

    private static String name(JsonNode header) {
        try {
            InternetAddress[] addresses = InternetAddress.parse(header.textValue(), true);
            assertThat(addresses).hasSize(1);
            assertThat(addresses[0].getAddress()).isEqualTo("x@example.com");
            return addresses[0].getPersonal();
        } catch (jakarta.mail.internet.AddressException e) {
            throw new AssertionError(e);
        }
    }

    private static String decoded(String value) {
        try {
            return MimeUtility.decodeText(value);
        } catch (java.io.UnsupportedEncodingException e) {
            throw new AssertionError(e);
        }
    }
}
