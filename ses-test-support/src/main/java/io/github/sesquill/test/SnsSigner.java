package io.github.sesquill.test;

import com.fasterxml.jackson.databind.node.TextNode;
import io.github.sesquill.test.engine.SelfSigned;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Amazon SNS for tests of webhooks: it puts messages into envelopes and signs them as SNS does, with a key of its own and
 * a certificate that it made itself.
 *
 * <pre>{@code
 * SnsSigner sns = SnsSigner.forTopic("arn:aws:sns:eu-west-1:123456789012:ses-feedback");
 * String body = sns.notification(json);
 * http.send(sns.post(URI.create("http://127.0.0.1:8080/ses"), body), HttpResponse.BodyHandlers.discarding());
 * }</pre>
 *
 * <p>By default: signature version 2, RSA with SHA-256; the time of this machine. The webhook under test must be told to
 * trust {@link #certificate()} for {@link #certificateUrl()}; there is nothing at that address (Amazon SNS Developer
 * Guide, "Verifying the signatures of Amazon SNS messages"). Immutable and thread-safe.
 */
public final class SnsSigner {

    private static final Pattern TOPIC =
            Pattern.compile("arn:aws[a-z-]*:sns:([a-z0-9-]+):[0-9]{12}:[A-Za-z0-9_-]{1,256}");
    private static final DateTimeFormatter MILLIS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final List<String> OF_NOTIFICATION =
            List.of("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type");
    private static final List<String> OF_SUBSCRIPTION =
            List.of("Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type");
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(15);

    private final String topicArn;
    private final String region;
    private final SelfSigned signer;
    private final int version;
    private final InstantSource time;

    private SnsSigner(String topicArn, SelfSigned signer, int version, InstantSource time) {
        this.topicArn = topicArn;
        this.signer = signer;
        this.version = version;
        this.time = time;
        var arn = TOPIC.matcher(topicArn);
        if (!arn.matches()) {
            throw new IllegalArgumentException("'" + topicArn
                    + "' is not the ARN of a standard topic, such as arn:aws:sns:eu-west-1:123456789012:ses-feedback.");
        }
        region = arn.group(1);
    }

    /**
     * Makes a key and a certificate for a topic, which takes a moment; share it among tests.
     *
     * @throws IllegalArgumentException if it is not the ARN of a topic
     */
    public static SnsSigner forTopic(String topicArn) {
        return new SnsSigner(
                topicArn, SelfSigned.of("sns.amazonaws.com", List.of(), Instant.now()), 2, InstantSource.system());
    }

    /**
     * Returns a signer with the same key and another signature: 1 is RSA with SHA-1, 2 with SHA-256.
     *
     * @throws IllegalArgumentException if it is neither
     */
    public SnsSigner signatureVersion(int oneOrTwo) {
        if (oneOrTwo != 1 && oneOrTwo != 2) {
            throw new IllegalArgumentException("SNS has the signature versions 1 and 2, not " + oneOrTwo + ".");
        }
        return new SnsSigner(topicArn, signer, oneOrTwo, time);
    }

    /** Returns a signer with the same key for another topic. */
    public SnsSigner topic(String arn) {
        return new SnsSigner(arn, signer, version, time);
    }

    /** Returns a signer with the same key on another clock: that of a fake, or one that makes envelopes old. */
    public SnsSigner time(InstantSource clock) {
        return new SnsSigner(topicArn, signer, version, clock);
    }

    /** Signs a notification without a subject, as those of identities are. */
    public String notification(String message) {
        return notification(null, message);
    }

    /** Signs a notification; events of configuration sets have the subject Amazon SES Email Event Notification. */
    public String notification(@Nullable String subject, String message) {
        Map<String, String> envelope = begun("Notification");
        if (subject != null) {
            envelope.put("Subject", subject);
        }
        envelope.put("Message", message);
        return signed(
                envelope,
                OF_NOTIFICATION,
                Map.of("UnsubscribeURL", sns() + "/?Action=Unsubscribe&SubscriptionArn=" + subscriptionArn()));
    }

    /** Signs the question whether an endpoint wants to be told; to confirm it, somebody gets the address. */
    public String subscriptionConfirmation(URI subscribeUrl) {
        return confirmation(
                "SubscriptionConfirmation",
                "You have chosen to subscribe to the topic " + topicArn + ".",
                subscribeUrl);
    }

    /** Signs the word that an endpoint is told no more; who gets the address is told again. */
    public String unsubscribeConfirmation(URI subscribeUrl) {
        return confirmation(
                "UnsubscribeConfirmation",
                "You have chosen to deactivate subscription " + subscriptionArn() + ".",
                subscribeUrl);
    }

    private String confirmation(String type, String message, URI subscribeUrl) {
        Map<String, String> envelope = begun(type);
        envelope.put("Token", UUID.randomUUID().toString().replace("-", "").repeat(4));
        envelope.put("Message", message);
        envelope.put("SubscribeURL", subscribeUrl.toString());
        return signed(envelope, OF_SUBSCRIPTION, Map.of());
    }

    private Map<String, String> begun(String type) {
        Map<String, String> envelope = new LinkedHashMap<>();
        envelope.put("Type", type);
        envelope.put("MessageId", UUID.randomUUID().toString());
        envelope.put("TopicArn", topicArn);
        return envelope;
    }

    private String signed(Map<String, String> envelope, List<String> keys, Map<String, String> unsigned) {
        envelope.put("Timestamp", MILLIS.format(time.instant()));
        String text = keys.stream()
                .filter(envelope::containsKey)
                .map(key -> key + '\n' + envelope.get(key) + '\n')
                .collect(Collectors.joining());
        envelope.put("SignatureVersion", String.valueOf(version));
        envelope.put("Signature", signature(text));
        envelope.put("SigningCertURL", certificateUrl());
        envelope.putAll(unsigned);
        return envelope.entrySet().stream()
                .map(field -> "  " + quoted(field.getKey()) + " : " + quoted(field.getValue()))
                .collect(Collectors.joining(",\n", "{\n", "\n}"));
    }

    private static String quoted(String text) {
        return TextNode.valueOf(text).toString();
    }

    private String signature(String text) {
        try {
            Signature signature = Signature.getInstance(version == 1 ? "SHA1withRSA" : "SHA256withRSA");
            signature.initSign(signer.key());
            signature.update(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JDK signs nothing with RSA.", e);
        }
    }

    /**
     * Makes the request by which SNS posts an envelope to an endpoint: as text that is JSON, with its headers.
     *
     * @param envelope what one of the other methods gave
     */
    public HttpRequest post(URI endpoint, String envelope) {
        String type = field(envelope, "Type");
        HttpRequest.Builder request = HttpRequest.newBuilder(endpoint)
                .timeout(LONGEST_ANSWER)
                .header("Content-Type", "text/plain; charset=UTF-8")
                .header("User-Agent", "Amazon Simple Notification Service Agent")
                .header("x-amz-sns-message-type", type)
                .header("x-amz-sns-message-id", field(envelope, "MessageId"))
                .header("x-amz-sns-topic-arn", field(envelope, "TopicArn"));
        if (!type.equals("SubscriptionConfirmation")) {
            request.header("x-amz-sns-subscription-arn", subscriptionArn());
        }
        return request.POST(HttpRequest.BodyPublishers.ofString(envelope)).build();
    }

    private static String field(String envelope, String name) {
        var found = Pattern.compile("(?m)^  \"" + name + "\" : \"([^\"]*)\"").matcher(envelope);
        if (!found.find()) {
            throw new IllegalArgumentException("This is not an envelope of an SnsSigner: it has no " + name + ".");
        }
        return found.group(1);
    }

    /** Returns the topic. */
    public String topicArn() {
        return topicArn;
    }

    private String subscriptionArn() {
        return topicArn + ":5ec85ffd-9e5f-4b1a-8d5f-0f3ba2a1a7aa";
    }

    private String sns() {
        return "https://sns." + region + ".amazonaws.com";
    }

    /** Returns where envelopes say that the certificate is; nobody made it available there. */
    public String certificateUrl() {
        return sns() + "/SimpleNotificationService-0123456789abcdef0123456789abcdef.pem";
    }

    /** Returns the certificate, which signed itself. */
    public X509Certificate certificate() {
        return signer.certificate();
    }

    /** Returns the certificate as PEM, as the address of a certificate answers. */
    public String certificatePem() {
        return signer.pem();
    }

    /** Returns topic and version. */
    @Override
    public String toString() {
        return "SnsSigner[" + topicArn + ", version " + version + "]";
    }
}
