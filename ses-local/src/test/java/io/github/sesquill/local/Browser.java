package io.github.sesquill.local;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** Asks a local SES over HTTP. */
final class Browser {

    private final HttpClient client = HttpClient.newHttpClient();
    private final LocalSes ses;

    Browser(LocalSes ses) {
        this.ses = ses;
    }

    HttpResponse<String> send(String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(ses.endpoint().resolve(path))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    JsonNode json(String path) throws IOException, InterruptedException {
        return Json.tree(send("GET", path, "").body());
    }

    /** Sends a text message and returns its id. */
    String sendMail(String from, String to, String subject) throws IOException, InterruptedException {
        String request = Json.object()
                .put("FromEmailAddress", from)
                .<com.fasterxml.jackson.databind.node.ObjectNode>set(
                        "Destination",
                        Json.object().set("ToAddresses", Json.array().add(to)))
                .set(
                        "Content",
                        Json.tree("{\"Simple\":{\"Subject\":{\"Data\":\"" + subject
                                + "\"},\"Body\":{\"Text\":{\"Data\":\"Text.\"}}}}"))
                .toString();
        return Json.tree(send("POST", "/v2/email/outbound-emails", request).body())
                .path("MessageId")
                .asText();
    }
}
