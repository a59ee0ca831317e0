package io.github.sesquill.local;

import io.github.sesquill.test.SnsSigner;
import io.github.sesquill.test.engine.Notice;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Posts what is published to an endpoint of the application, signed as SNS does, one after the other. One that is not
 * taken with a status of 2xx is tried three times, a second apart, and then dropped; so are those for which no room is
 * left while 10,000 wait.
 */
final class Webhook implements AutoCloseable {

    private static final int WAITING = 10_000;
    private static final int TRIES = 3;
    private static final long BETWEEN_MILLIS = 1_000;
    private static final String SUBJECT = "Amazon SES Email Event Notification";

    private final URI endpoint;
    private final SnsSigner signer;
    private final HttpClient client = HttpClient.newBuilder()
            .version(Version.HTTP_1_1)
            .followRedirects(Redirect.NEVER)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final BlockingQueue<String> waiting = new ArrayBlockingQueue<>(WAITING);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = new Thread(this::work, "ses-local-webhook");

    private Webhook(URI endpoint, SnsSigner signer) {
        this.endpoint = endpoint;
        this.signer = signer;
        thread.setDaemon(true);
    }

    static Webhook to(URI endpoint, String topicArn) {
        Webhook webhook = new Webhook(endpoint, SnsSigner.forTopic(topicArn));
        webhook.thread.start();
        return webhook;
    }

    /** Tells whether something can be posted there. */
    static boolean canBe(URI endpoint) {
        return endpoint.getHost() != null
                && ("http".equals(endpoint.getScheme()) || "https".equals(endpoint.getScheme()));
    }

    SnsSigner signer() {
        return signer;
    }

    /** Events have a subject and end with a line break, feedback notifications have neither. */
    void post(Notice notice) {
        String json = notice.json();
        waiting.offer(
                json.contains("\"eventType\"") ? signer.notification(SUBJECT, json + "\n") : signer.notification(json));
    }

    private void work() {
        try {
            while (closed.getCount() > 0) {
                post(waiting.take());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void post(String envelope) throws InterruptedException {
        for (int tries = 1; !isTaken(envelope) && tries < TRIES; tries++) {
            if (closed.await(BETWEEN_MILLIS, TimeUnit.MILLISECONDS)) {
                return;
            }
        }
    }

    private boolean isTaken(String envelope) throws InterruptedException {
        try {
            int status = client.send(signer.post(endpoint, envelope), BodyHandlers.discarding())
                    .statusCode();
            return status >= 200 && status < 300;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        closed.countDown();
        thread.interrupt();
    }
}
