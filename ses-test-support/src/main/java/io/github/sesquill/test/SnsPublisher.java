package io.github.sesquill.test;

import io.github.sesquill.test.engine.Notice;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Posts notifications to an endpoint as SNS does, but once: an endpoint that does not take one fails the test. */
final class SnsPublisher {

    private static final String EVENT = "Amazon SES Email Event Notification";

    private final URI endpoint;
    private final SnsSigner sns;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    SnsPublisher(URI endpoint, SnsSigner sns) {
        this.endpoint = endpoint;
        this.sns = sns;
    }

    void publish(Notice notice) {
        String envelope = notice.isEvent() ? sns.notification(EVENT, notice.json()) : sns.notification(notice.json());
        int status = post(envelope);
        if (status / 100 != 2) {
            throw new IllegalStateException(
                    "The endpoint " + endpoint + " answered " + status + " to a notification of type "
                            + notice.type().text() + "; SNS would try again, and this fake does not.");
        }
    }

    private int post(String envelope) {
        try {
            return client.send(sns.post(endpoint, envelope), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            throw new IllegalStateException("The endpoint " + endpoint + " could not be reached: " + e + '.', e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while a notification was posted to " + endpoint + '.', e);
        }
    }
}
