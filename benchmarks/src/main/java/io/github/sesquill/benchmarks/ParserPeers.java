package io.github.sesquill.benchmarks;

import com.amazonaws.services.lambda.runtime.events.SNSEvent;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.messagemanager.sns.SnsMessageManager;
import software.amazon.awssdk.regions.Region;

/** What one writes without a library for it. */
final class ParserPeers {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /** Reads the classes of Lambda as its runtime does: capital names; their time wants a module and is left out. */
    private static final JsonMapper LAMBDA = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .propertyNamingStrategy(PropertyNamingStrategies.UPPER_CAMEL_CASE)
            .addMixIn(SNSEvent.SNS.class, WithoutTime.class)
            .build();

    @JsonIgnoreProperties({"timestamp", "Timestamp"})
    private interface WithoutTime {}

    record Sns(
            @JsonProperty("MessageId") String messageId,
            @JsonProperty("Message") String message) {}

    record Notification(String eventType, Mail mail, Bounce bounce) {}

    record Mail(
            String timestamp,
            String messageId,
            String source,
            String sourceArn,
            String sendingAccountId,
            List<String> destination,
            boolean headersTruncated,
            List<Header> headers,
            CommonHeaders commonHeaders,
            Map<String, List<String>> tags) {}

    record Header(String name, String value) {}

    record CommonHeaders(
            List<String> from,
            List<String> to,
            List<String> replyTo,
            @Nullable String date,
            String messageId,
            String subject) {}

    record Bounce(
            String feedbackId,
            String bounceType,
            String bounceSubType,
            List<Recipient> bouncedRecipients,
            String timestamp,
            String remoteMtaIp,
            String reportingMTA) {}

    record Recipient(String emailAddress, String action, String status, String diagnosticCode) {}

    /** Fetches the certificate once and keeps its key. */
    private static final SnsMessageManager VERIFIER = SnsMessageManager.builder()
            .httpClient(new SigningCertificate(SampleNotifications.SIGNER.certificatePem()))
            .region(Region.of(RawClient.REGION))
            .build();

    private ParserPeers() {}

    static void readTreeTwice(String sns) throws IOException {
        JsonNode payload = MAPPER.readTree(MAPPER.readTree(sns).get("Message").textValue());
        permanent(payload.get("bounce").get("bounceType").textValue());
    }

    static void recordsTwice(String sns) throws IOException {
        Notification notification =
                MAPPER.readValue(MAPPER.readValue(sns, Sns.class).message(), Notification.class);
        permanent(notification.bounce().bounceType());
    }

    static void lambdaEvent(String event) throws IOException {
        SNSEvent read = LAMBDA.readValue(event, SNSEvent.class);
        JsonNode payload = MAPPER.readTree(read.getRecords().get(0).getSNS().getMessage());
        permanent(payload.get("bounce").get("bounceType").textValue());
    }

    static void verified(String sns) throws IOException {
        JsonNode payload = MAPPER.readTree(VERIFIER.parseMessage(sns).message());
        permanent(payload.get("bounce").get("bounceType").textValue());
    }

    private static void permanent(String bounceType) {
        if (!bounceType.equals("Permanent")) {
            throw new IllegalStateException("The sample is a permanent bounce.");
        }
    }
}
