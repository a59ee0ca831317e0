package io.github.sesquill.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnsSignerTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final SnsSigner SNS = SnsSigner.forTopic("arn:aws:sns:eu-west-1:123456789012:feedback");

    /** Puts together what SNS signs, from the names of the members in order. */
    private static boolean isSigned(JsonNode envelope, String algorithm, String... keys) throws Exception {
        StringBuilder text = new StringBuilder();
        for (String key : keys) {
            text.append(key).append('\n').append(envelope.get(key).asText()).append('\n');
        }
        Signature signature = Signature.getInstance(algorithm);
        signature.initVerify(SNS.certificate());
        signature.update(text.toString().getBytes(StandardCharsets.UTF_8));
        return signature.verify(
                Base64.getDecoder().decode(envelope.get("Signature").asText()));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void signsNotifications(int version) throws Exception {
        String body = SNS.signatureVersion(version).notification("Subject", "{\"a\":\"ü\\n\"}\n");
        JsonNode envelope = JSON.readTree(body);

        assertThat(isSigned(
                        envelope,
                        version == 1 ? "SHA1withRSA" : "SHA256withRSA",
                        "Message",
                        "MessageId",
                        "Subject",
                        "Timestamp",
                        "TopicArn",
                        "Type"))
                .isTrue();
        assertThat(envelope.get("Message").asText()).isEqualTo("{\"a\":\"ü\\n\"}\n");
        assertThat(envelope.get("SignatureVersion").asText()).isEqualTo(String.valueOf(version));
        assertThat(envelope.get("SigningCertURL").asText())
                .matches("https://sns\\.eu-west-1\\.amazonaws\\.com/SimpleNotificationService-[0-9a-f]{32}\\.pem");
        assertThat(body).startsWith("{\n  \"Type\" : \"Notification\",\n");
    }

    @Test
    void signsNoSubjectIfThereIsNone() throws Exception {
        JsonNode envelope = JSON.readTree(SNS.notification("text"));

        assertThat(envelope.has("Subject")).isFalse();
        assertThat(isSigned(envelope, "SHA256withRSA", "Message", "MessageId", "Timestamp", "TopicArn", "Type"))
                .isTrue();
    }

    @Test
    void signsConfirmations() throws Exception {
        URI url = URI.create("https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription&Token=1");
        for (String body : List.of(SNS.subscriptionConfirmation(url), SNS.unsubscribeConfirmation(url))) {
            JsonNode envelope = JSON.readTree(body);
            assertThat(isSigned(
                            envelope,
                            "SHA256withRSA",
                            "Message",
                            "MessageId",
                            "SubscribeURL",
                            "Timestamp",
                            "Token",
                            "TopicArn",
                            "Type"))
                    .isTrue();
            assertThat(envelope.get("SubscribeURL").asText()).isEqualTo(url.toString());
        }
    }

    @Test
    void isOnTheClockAndTheTopicThatItIsTold() throws Exception {
        SnsSigner other =
                SNS.time(() -> Instant.parse("2026-01-01T12:00:00Z")).topic("arn:aws:sns:us-east-1:123456789012:b");
        JsonNode envelope = JSON.readTree(other.notification("text"));

        assertThat(envelope.get("Timestamp").asText()).isEqualTo("2026-01-01T12:00:00.000Z");
        assertThat(envelope.get("TopicArn").asText()).isEqualTo(other.topicArn());
        assertThat(other.certificateUrl()).contains("us-east-1");
        assertThat(other.certificatePem()).startsWith("-----BEGIN CERTIFICATE-----\n");
    }

    @Test
    void refusesWhatIsNoTopic() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SnsSigner.forTopic("feedback"))
                .withMessageStartingWith("'feedback' is not the ARN of a standard topic");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SNS.signatureVersion(3))
                .withMessage("SNS has the signature versions 1 and 2, not 3.");
    }
}
