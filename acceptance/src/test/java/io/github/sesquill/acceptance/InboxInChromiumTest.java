package io.github.sesquill.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sesquill.SesMailer;
import io.github.sesquill.api.SesApiTransport;
import io.github.sesquill.local.LocalSes;
import io.github.sesquill.message.Attachment;
import io.github.sesquill.message.EmailMessage;
import io.github.sesquill.quota.SendingQuota;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sesv2.SesV2Client;

/**
 * The inbox as a browser sees it, with ordinary mail and with mail that would like to run scripts and to phone home.
 *
 * <p>{@code -Dscreenshots=DIRECTORY} writes the pictures of the README there.
 */
@Tag("interop")
class InboxInChromiumTest {

    private static final Path DATA = Path.of("..", "examples", "data");

    private static LocalSes ses;
    /** One for each hostile mail. */
    private static final List<Canary> CANARIES = new ArrayList<>();

    private static JsonNode seen;

    @BeforeAll
    static void lookOnce() throws IOException, InterruptedException {
        for (int i = 0; i < HostileHtml.count(); i++) {
            CANARIES.add(Canary.start());
        }
        ses = LocalSes.builder()
                .verify("quill.example")
                .configurationSet("mailings")
                .quota(SendingQuota.perSecond(1000))
                .start();
        send();
        List<String> command = new ArrayList<>(
                List.of("node", "interop/inbox.mjs", ses.endpoint().toString()));
        String screenshots = System.getProperty("screenshots");
        if (screenshots != null) {
            command.add(Path.of(screenshots).toAbsolutePath().toString());
        }
        seen = InboxReader.tree(Programs.said(Map.of(), command.toArray(String[]::new)));
        if (screenshots != null) {
            Screenshot.shrink(Path.of(screenshots, "inbox-light.png"));
            Screenshot.shrink(Path.of(screenshots, "inbox-dark.png"));
        }
    }

    private static void send() throws IOException {
        try (SesV2Client client = SesV2Client.builder()
                        .endpointOverride(ses.endpoint())
                        .region(Region.EU_WEST_1)
                        .credentialsProvider(
                                StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "secret")))
                        .build();
                SesMailer mailer =
                        SesMailer.builder(SesApiTransport.using(client)).build()) {
            for (int i = 0; i < HostileHtml.count(); i++) {
                mailer.send(EmailMessage.from("Mallory <mallory@quill.example>")
                        .to("victim@example.com")
                        .subject("hostile " + i + " <script>alert(1)</script>")
                        .text("<img src=x onerror=alert(1)>")
                        .html(HostileHtml.of(i, CANARIES.get(i).address()))
                        .attach(Attachment.of(
                                        "<img src=x onerror=alert(1)>.png",
                                        "<script>alert(1)</script>".getBytes(StandardCharsets.UTF_8))
                                .contentType("text/html"))
                        .build());
            }
            for (String simulated : List.of("success", "ooto", "complaint", "bounce")) {
                mailer.send(EmailMessage.from("Quill & Ink <news@quill.example>")
                        .to(simulated + "@simulator.amazonses.com")
                        .subject("News for " + simulated)
                        .text("News.")
                        .configurationSet("mailings")
                        .build());
            }
            mailer.send(EmailMessage.from("Quill & Ink <news@quill.example>")
                    .to("Zoë Ångström <zoe@example.com>")
                    .subject("Your order 4711 is on its way")
                    .text("Dear Zoë,\nyour order has left us today.")
                    .html("<div style=\"font-family: sans-serif\"><img src=\"cid:logo\" width=\"96\" alt=\"\">"
                            + "<h1>Your order is on its way</h1><p>Dear Zoë,</p><p>it has left us today and arrives on"
                            + " Thursday.</p><p><a href=\"https://quill.example/orders/4711\">Follow it</a></p></div>")
                    .inline("logo", DATA.resolve("logo.png"))
                    .attach(DATA.resolve("catalogue.pdf"))
                    .tag("kind", "order")
                    .configurationSet("mailings")
                    .build());
        }
    }

    @AfterAll
    static void close() throws IOException {
        if (ses != null) {
            ses.close();
        }
        for (Canary canary : CANARIES) {
            canary.close();
        }
    }

    @Test
    void listsWhatWasSentAndCanBeReadByKeyboard() {
        assertThat(seen.path("listed").asInt()).isEqualTo(25);
        assertThat(seen.path("chosenByKey").asInt()).isOne();
        assertThat(seen.path("problems")).isEmpty();
    }

    @Test
    void showsTheHtmlWithItsInlineImage() {
        assertThat(seen.path("html").asText()).isEqualTo("Your order is on its way");
        assertThat(seen.path("inlineImage").asInt()).isPositive();
    }

    @Test
    void givesOutTheAttachmentWhole() throws IOException {
        assertThat(seen.at("/attachment/name").asText()).isEqualTo("catalogue.pdf");
        assertThat(seen.at("/attachment/size").asLong()).isEqualTo(Files.size(DATA.resolve("catalogue.pdf")));
    }

    @Test
    void showsMailThatComesWhileSomebodyLooks() {
        assertThat(seen.path("live").asInt()).isEqualTo(26);
    }

    @Test
    void findsByWords() {
        assertThat(seen.path("found")).extracting(JsonNode::asText).containsExactly("Your order 4711 is on its way");
    }

    @Test
    void bouncesByAButton() {
        assertThat(seen.path("notifications")).extracting(JsonNode::asText).contains("Send", "Bounce");
        assertThat(seen.path("suppressed").asText()).contains("zoe@example.com").contains("BOUNCE");
    }

    @Test
    void isDarkWhereTheReaderWantsItDark() {
        assertThat(seen.path("light").asText()).isEqualTo("rgb(246, 247, 249)");
        assertThat(seen.path("dark").asText()).isEqualTo("rgb(20, 23, 28)");
    }

    @Test
    void runsNoScriptOfTwentyHostileMails() {
        assertThat(seen.path("hostile")).hasSize(20);
        assertThat(seen.path("dialogs").asInt()).isZero();
        assertThat(seen.path("popups").asInt()).isZero();
        assertThat(seen.path("hostile")).allSatisfy(mail -> {
            assertThat(mail.path("inInbox").asText()).isEqualTo("Local SES");
            assertThat(mail.path("alone").asText()).startsWith(ses.endpoint() + "/inbox/messages/");
        });
    }

    @Test
    void letsNoRequestOfTwentyHostileMailsLeave() {
        assertThat(seen.path("blocked").asInt())
                .as("requests that the browser did not make")
                .isGreaterThan(20);
        assertThat(seen.path("requests")).isEmpty();
        assertThat(CANARIES)
                .as("connections to the hosts that the mails name")
                .extracting(Canary::connections)
                .containsOnly(0);
    }
}
