package io.github.sesquill.notifications;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Payloads of two eras and both formats, made for these tests, and the envelopes that carry them. */
final class Fixture {

    static final List<String> PAYLOADS = List.of(
            "event-bounce",
            "event-bounce-2019",
            "event-out-of-office",
            "event-out-of-office-2019",
            "event-complaint",
            "event-complaint-2019",
            "event-delivery",
            "event-delivery-2019",
            "event-send",
            "event-send-2019",
            "event-reject",
            "event-reject-2019",
            "event-open",
            "event-open-2019",
            "event-click",
            "event-click-2019",
            "event-rendering-failure",
            "event-rendering-failure-2019",
            "event-delivery-delay",
            "event-delivery-delay-2020",
            "event-subscription",
            "event-subscription-2021",
            "identity-bounce-2016",
            "identity-bounce-2022",
            "identity-complaint-2014",
            "identity-complaint-2022",
            "identity-delivery-2017",
            "identity-delivery-2022",
            "received-sns-2015",
            "received-sns",
            "received-s3-2016",
            "received-s3",
            "received-lambda-2016",
            "received-lambda",
            "received-bounce-2016",
            "received-bounce",
            "received-stop-2016",
            "received-stop",
            "received-workmail-2016",
            "received-workmail",
            "topic-receipt-setup-2016",
            "topic-receipt-setup",
            "topic-subscription-succeeded");

    private Fixture() {}

    static String text(String name) {
        try (InputStream file = Fixture.class.getResourceAsStream("/notifications/" + name + ".json")) {
            return new String(requireNonNull(file, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static SesNotification parse(String body) {
        return NotificationParser.create().parse(body);
    }

    static Envelope open(String body) {
        return NotificationParser.create().open(body);
    }

    static SesNotification.Bounce bounce(String body) {
        return (SesNotification.Bounce) parse(body);
    }

    static SesNotification.Complaint complaint(String body) {
        return (SesNotification.Complaint) parse(body);
    }

    static SesNotification.Delivery delivery(String body) {
        return (SesNotification.Delivery) parse(body);
    }

    /** Writes a JSON string with its quotes. */
    static String quote(String text) {
        return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
    }

    /** Puts a message into an SNS notification; {@code message} is JSON, quoted by the caller or an object. */
    static String sns(String message) {
        return """
                {
                  "Type" : "Notification",
                  "MessageId" : "11111111-2222-5333-8444-555555555555",
                  "TopicArn" : "arn:aws:sns:eu-west-1:004211337788:ses-feedback",
                  "Message" : %s,
                  "Timestamp" : "2025-09-18T07:41:14.127Z",
                  "SignatureVersion" : "1",
                  "Signature" : "bm90IGEgc2lnbmF0dXJl"
                }""".formatted(message);
    }

    static String eventBridge(String detailType, String detail) {
        return """
                {"version":"0","id":"aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee","detail-type":%s,"source":"aws.ses",
                 "account":"004211337788","time":"2025-11-19T00:12:34Z","region":"eu-west-1",
                 "resources":["arn:aws:ses:eu-west-1:004211337788:configuration-set/transactional"],"detail":%s}""".formatted(quote(detailType), detail);
    }

    static String lambda(String... records) {
        return "{\"Records\":[" + String.join(",", records) + "]}";
    }

    /** Makes the record in which Lambda gives an SNS message, with its own spelling and its null subject. */
    static String snsRecord(String message) {
        return """
                {"EventSource":"aws:sns","EventVersion":"1.0","EventSubscriptionArn":"arn:aws:sns:x:y:z","Sns":
                 {"Type":"Notification","MessageId":"22222222-2222-5333-8444-555555555555",
                  "TopicArn":"arn:aws:sns:eu-west-1:004211337788:ses-feedback","Subject":null,"Message":%s,
                  "Timestamp":"2025-09-18T07:41:14.127Z","SignatureVersion":"1","Signature":"x",
                  "SigningCertUrl":"https://sns.eu-west-1.amazonaws.com/x.pem","UnsubscribeUrl":"https://x",
                  "MessageAttributes":{}}}""".formatted(message);
    }

    static String sqsRecord(String body) {
        return """
                {"messageId":"33333333-2222-4333-8444-555555555555","receiptHandle":"AQEB","body":%s,
                 "attributes":{"ApproximateReceiveCount":"1"},"messageAttributes":{},"md5OfBody":"x",
                 "eventSource":"aws:sqs","eventSourceARN":"arn:aws:sqs:x:y:z","awsRegion":"eu-west-1"}""".formatted(quote(body));
    }
}
