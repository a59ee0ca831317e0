package io.github.sesquill.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InboxTest {

    private final LocalSes ses =
            LocalSes.builder().verify("acme.example").configurationSet("news").start();
    private final Browser browser = new Browser(ses);

    @AfterEach
    void close() {
        ses.close();
    }

    private String sendRaw(String mime) throws IOException, InterruptedException {
        String data = Base64.getEncoder().encodeToString(mime.getBytes(StandardCharsets.UTF_8));
        String request = Json.object()
                .set("Content", Json.object().set("Raw", Json.object().put("Data", data)))
                .toString();
        HttpResponse<String> sent = browser.send("POST", "/v2/email/outbound-emails", request);
        assertThat(sent.statusCode()).as(sent.body()).isEqualTo(200);
        return Json.tree(sent.body()).path("MessageId").asText();
    }

    @Test
    void givesOutAFileUnderANameThatLeadsNowhere() throws IOException, InterruptedException {
        String id = sendRaw(String.join(
                "\r\n",
                "From: jane@acme.example",
                "To: bob@example.com",
                "Content-Type: multipart/mixed; boundary=b",
                "",
                "--b",
                "Content-Type: text/html; name=\"../../routes.js\"",
                "Content-ID: <../../routes.js>",
                "Content-Disposition: attachment; filename=\"../../a\\\"; x=\u00e9.png\"",
                "",
                "<script>alert(1)</script>",
                "--b--"));

        HttpResponse<String> part = browser.send("GET", "/inbox/messages/" + id + "/parts/0", "");

        assertThat(part.statusCode()).isEqualTo(200);
        assertThat(part.headers().firstValue("Content-Type")).contains("application/octet-stream");
        assertThat(part.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(part.headers().firstValue("Content-Disposition").orElseThrow())
                .startsWith("attachment; filename*=UTF-8''..%2F..%2Fa%22")
                .matches("[!-~ ]+");
        assertThat(browser.send("GET", "/inbox/messages/" + id + "/parts/1", "").statusCode())
                .isEqualTo(404);
        assertThat(browser.send("GET", "/inbox/messages/" + id + "/html", "").statusCode())
                .isEqualTo(404);
    }

    @Test
    void showsHtmlWithInlineImagesAndWithoutAnythingThatConnects() throws IOException, InterruptedException {
        String id = sendRaw(String.join(
                "\r\n",
                "From: jane@acme.example",
                "To: bob@example.com",
                "Content-Type: multipart/related; boundary=b",
                "",
                "--b",
                "Content-Type: text/html; charset=utf-8",
                "",
                "<LINK rel=preconnect href=//x><iframe src=//x></iframe><img src=\"cid:a%40b\"><img src='cid:none'>",
                "--b",
                "Content-Type: image/png",
                "Content-ID: <a@b>",
                "Content-Transfer-Encoding: base64",
                "",
                "AAEC",
                "--b--"));

        HttpResponse<String> html = browser.send("GET", "/inbox/messages/" + id + "/html", "");

        assertThat(html.body())
                .startsWith("<base target=\"_blank\"><x-LINK rel=preconnect href=//x><x-iframe src=//x></x-iframe>")
                .contains("<img src=\"data:image/png;base64,AAEC\"><img src='cid:none'>");
        assertThat(html.headers().firstValue("Content-Security-Policy").orElseThrow())
                .startsWith("default-src 'none'; img-src data:;")
                .contains("sandbox")
                .doesNotContain("allow-scripts")
                .doesNotContain("allow-same-origin");
    }

    @Test
    void takesTheHeadersThatAreForSesOutOfTheSource() throws IOException, InterruptedException {
        String id = sendRaw(String.join(
                "\r\n",
                "From: jane@acme.example",
                "To: bob@example.com",
                "Bcc: carol@example.com",
                "X-SES-CONFIGURATION-SET: news",
                "X-SES-MESSAGE-TAGS: a=b,",
                " c=d",
                "Message-ID: <own@acme.example>",
                "",
                "Text."));

        JsonNode message = browser.json("/inbox/messages/" + id);
        assertThat(message.path("configurationSet").asText()).isEqualTo("news");
        assertThat(message.path("tags").toString()).isEqualTo("{\"a\":\"b\",\"c\":\"d\"}");
        assertThat(message.path("recipients")).hasSize(2);
        assertThat(browser.send("GET", "/inbox/messages/" + id + "/source", "").body())
                .startsWith("Message-ID: <" + id + "@eu-west-1.amazonses.com>\r\nDate: ")
                .endsWith("\r\nFrom: jane@acme.example\r\nTo: bob@example.com\r\n\r\nText.");
    }

    @Test
    void makesAMessageBounceAndSuppressesItsRecipient() throws IOException, InterruptedException {
        String id = browser.sendMail("jane@acme.example", "bob@example.com", "Hello");

        assertThat(browser.send("POST", "/inbox/messages/" + id + "/bounce", "{\"recipient\":\"x@example.com\"}")
                        .statusCode())
                .isEqualTo(400);
        JsonNode bounced = Json.tree(
                browser.send("POST", "/inbox/messages/" + id + "/bounce", "").body());

        assertThat(bounced.at("/notifications/0/json/bounce/bounceType").asText())
                .isEqualTo("Permanent");
        assertThat(browser.json("/inbox/account").at("/suppressed/0/address").asText())
                .isEqualTo("bob@example.com");
        assertThat(ses.notifications()).anyMatch(json -> json.contains("bounceType"));
    }

    @Test
    void searchesInSubjectsAddressesAndBodies() throws IOException, InterruptedException {
        browser.sendMail("jane@acme.example", "bob@example.com", "Apples");
        browser.sendMail("jane@acme.example", "carol@example.com", "Pears");

        assertThat(browser.json("/inbox/messages?search=CAROL").path("messages"))
                .hasSize(1);
        assertThat(browser.json("/inbox/messages?search=apples+bob").path("messages"))
                .hasSize(1);
        assertThat(browser.json("/inbox/messages?search=apples+carol").path("messages"))
                .isEmpty();
        assertThat(browser.json("/inbox/messages?limit=1")
                        .at("/messages/0/subject")
                        .asText())
                .isEqualTo("Pears");
        assertThat(browser.send("GET", "/inbox/messages?limit=0", "").statusCode())
                .isEqualTo(400);
    }

    @Test
    void tellsOfNewMailAtOnce() throws IOException, InterruptedException {
        HttpResponse<InputStream> events = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(ses.endpoint().resolve("/inbox/events"))
                                .build(),
                        BodyHandlers.ofInputStream());
        assertThat(events.headers().firstValue("Content-Type")).contains("text/event-stream");
        try (InputStream in = events.body()) {
            StringBuilder said = new StringBuilder();
            while (said.indexOf("retry: 1000\n\n") < 0) {
                said.append((char) in.read());
            }
            browser.sendMail("jane@acme.example", "bob@example.com", "Hello");
            while (said.indexOf("\"event\":\"Delivery\"") < 0) {
                said.append((char) in.read());
            }
            assertThat(said).contains("data: {\"type\":\"accepted\"}").contains("\"event\":\"Delivery\"");
        }
    }

    @Test
    void changesTheAccount() throws IOException, InterruptedException {
        assertThat(browser.send("POST", "/inbox/account", "{\"sandbox\": true, \"paused\": true}")
                        .statusCode())
                .isEqualTo(200);

        JsonNode account =
                Json.tree(browser.send("GET", "/v2/email/account", "").body());
        assertThat(account.path("ProductionAccessEnabled").asBoolean()).isFalse();
        assertThat(account.path("SendingEnabled").asBoolean()).isFalse();
        assertThat(browser.send("DELETE", "/inbox/suppressed/nobody@example.com", "")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void forgetsWhatIsInTheOldestMessagesWhenRoomIsShort() {
        Cellar cellar = new Cellar(100);
        Incoming first = cellar.keep(Mails.ofSize(60));
        Incoming second = cellar.keep(Mails.ofSize(60));
        Incoming huge = cellar.keep(Mails.ofSize(600));

        assertThat(List.of(first, second)).extracting(Incoming::content).allMatch(Incoming.Forgotten.class::isInstance);
        assertThat(first.size()).isEqualTo(60);
        assertThat(huge.content()).isInstanceOf(Incoming.Mime.class);
    }

    @Test
    void postsWhatIsPublishedToAWebhook() throws Exception {
        BlockingQueue<String> posted = new LinkedBlockingQueue<>();
        AtomicInteger answered = new AtomicInteger();
        HttpServer webhook = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        webhook.createContext("/ses", exchange -> {
            posted.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(answered.getAndIncrement() == 0 ? 500 : 200, -1);
            exchange.close();
        });
        webhook.start();
        URI endpoint = URI.create("http://127.0.0.1:" + webhook.getAddress().getPort() + "/ses");
        try (LocalSes posting =
                LocalSes.builder().verify("acme.example").webhook(endpoint).start()) {
            String id = new Browser(posting).sendMail("jane@acme.example", "bounce@simulator.amazonses.com", "Hello");
            posting.settle(Duration.ofSeconds(30));

            String first = String.valueOf(posted.poll(30, TimeUnit.SECONDS));
            JsonNode envelope = Json.tree(first);
            assertThat(envelope.path("Type").asText()).isEqualTo("Notification");
            assertThat(envelope.path("TopicArn").asText()).isEqualTo("arn:aws:sns:eu-west-1:123456789012:ses-local");
            assertThat(Json.tree(envelope.path("Message").asText())
                            .at("/mail/messageId")
                            .asText())
                    .isEqualTo(id);
            assertThat(posted.poll(30, TimeUnit.SECONDS)).as("tried again").isEqualTo(first);
            assertThat(posting.webhookCertificatePem()).startsWith("-----BEGIN CERTIFICATE-----");
        } finally {
            webhook.stop(0);
        }
    }
}
