package io.github.sesquill.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.sun.net.httpserver.HttpServer;
import io.github.sesquill.message.EmailMessage;
import io.github.sesquill.notifications.NotificationParser;
import io.github.sesquill.notifications.SesNotification;
import io.github.sesquill.test.FakeSes;
import io.github.sesquill.test.SnsSigner;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** A webhook on loopback, and what a fake posts to it. */
class WebhookOfAFakeTest {

    private static EmailMessage.Builder letter() {
        return EmailMessage.from("hello@acme.example")
                .to("jane@example.com")
                .subject("Welcome")
                .text("Hello");
    }

    @Test
    void getsWhatAFakePublishesInSignedEnvelopes() throws Exception {
        List<String> got = new CopyOnWriteArrayList<>();
        HttpServer webhook = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        webhook.createContext("/", exchange -> {
            got.add(exchange.getRequestHeaders().getFirst("x-amz-sns-message-type") + " "
                    + exchange.getRequestHeaders().getFirst("Content-Type") + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(got.size() == 3 ? 500 : 200, -1);
            exchange.close();
        });
        webhook.start();
        try (FakeSes ses = FakeSes.production()) {
            URI endpoint = URI.create("http://127.0.0.1:" + webhook.getAddress().getPort() + "/ses");
            ses.verifyIdentity("acme.example")
                    .publishTo(
                            endpoint,
                            SnsSigner.forTopic("arn:aws:sns:eu-west-1:123456789012:feedback")
                                    .time(ses.time()));
            ses.mailer().send(letter().configurationSet("set").build());
            ses.settle();

            assertThat(got).hasSize(2);
            String delivery = got.get(1);
            assertThat(delivery).startsWith("Notification text/plain; charset=UTF-8 {\n");
            String envelope = delivery.substring(delivery.indexOf('{'));
            assertThat(envelope).contains("\"Subject\" : \"Amazon SES Email Event Notification\"");
            assertThat(NotificationParser.create().parse(envelope))
                    .isInstanceOf(SesNotification.Delivery.class)
                    .extracting(SesNotification::raw)
                    .asString()
                    .isEqualToIgnoringNewLines(ses.notifications().get(1));

            ses.mailer().send(letter().build());
            assertThatIllegalStateException()
                    .isThrownBy(ses::settle)
                    .withMessageMatching("The endpoint .*/ses answered 500 to a notification of type Delivery; .*");
        } finally {
            webhook.stop(0);
        }
    }
}
