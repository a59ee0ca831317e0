package io.github.sesquill.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LocalSesTest {

    private final LocalSes ses = LocalSes.builder().verify("acme.example").start();
    private final Browser browser = new Browser(ses);

    @AfterEach
    void close() {
        ses.close();
    }

    @Test
    void takesAMessageOverTheApiAndShowsItInTheInbox() throws IOException, InterruptedException {
        HttpResponse<String> sent = browser.send("POST", "/v2/email/outbound-emails", """
                {"FromEmailAddress": "Jané <jane@acme.example>",
                 "Destination": {"ToAddresses": ["bob@example.com"]},
                 "Content": {"Simple": {"Subject": {"Data": "Grüße"},
                                        "Body": {"Text": {"Data": "x < y"}, "Html": {"Data": "<b>x</b>"}}}},
                 "EmailTags": [{"Name": "kind", "Value": "greeting"}]}
                """);

        assertThat(sent.statusCode()).isEqualTo(200);
        String id = Json.tree(sent.body()).path("MessageId").asText();
        var message = browser.json("/inbox/messages/" + id);
        assertThat(message.path("subject").asText()).isEqualTo("Grüße");
        assertThat(message.path("from").asText()).isEqualTo("Jané <jane@acme.example>");
        assertThat(message.path("text").asText().strip()).isEqualTo("x < y");
        assertThat(message.at("/tags/kind").asText()).isEqualTo("greeting");
        assertThat(browser.send("GET", "/inbox/messages/" + id + "/html", "").body())
                .contains("<b>x</b>");
    }

    @Test
    void namesTheOperationThatItHasNot() throws IOException, InterruptedException {
        HttpResponse<String> answer = browser.send("POST", "/v2/email/tenants", "{}");

        assertThat(answer.statusCode()).isEqualTo(501);
        assertThat(answer.body()).contains("CreateTenant is not built into this local SES.");
    }

    @Test
    void refusesInTheWordsOfSes() throws IOException, InterruptedException {
        HttpResponse<String> answer = browser.send("POST", "/v2/email/outbound-emails", """
                {"FromEmailAddress": "jane@other.example", "Destination": {"ToAddresses": ["bob@example.com"]},
                 "Content": {"Simple": {"Subject": {"Data": "x"}, "Body": {"Text": {"Data": "x"}}}}}
                """);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("x-amzn-ErrorType")).contains("MessageRejected");
        assertThat(answer.body()).contains("Email address is not verified").contains("jane@other.example");
    }
}
