package io.github.sesquill.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.sesquill.local.LocalSes;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** Reads the inbox of a local SES by its JSON. */
final class InboxReader {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private final LocalSes ses;

    InboxReader(LocalSes ses) {
        this.ses = ses;
    }

    static JsonNode tree(String json) throws IOException {
        return JSON.readTree(json);
    }

    JsonNode get(String path) throws IOException, InterruptedException {
        return tree(text(path));
    }

    /** Returns the newest message, whole. */
    JsonNode newest() throws IOException, InterruptedException {
        return message(get("/inbox/messages").at("/messages/0/id").asText());
    }

    JsonNode message(String id) throws IOException, InterruptedException {
        return get("/inbox/messages/" + id);
    }

    String text(String path) throws IOException, InterruptedException {
        return send(path, BodyHandlers.ofString()).body();
    }

    byte[] bytes(String path) throws IOException, InterruptedException {
        return send(path, BodyHandlers.ofByteArray()).body();
    }

    private <T> HttpResponse<T> send(String path, HttpResponse.BodyHandler<T> handler)
            throws IOException, InterruptedException {
        HttpResponse<T> response =
                client.send(HttpRequest.newBuilder(ses.endpoint().resolve(path)).build(), handler);
        if (response.statusCode() != 200) {
            throw new AssertionError(path + " answered " + response.statusCode());
        }
        return response;
    }
}
