package io.github.sesquill.benchmarks;

import io.github.sesquill.notifications.Wrapping;
import io.github.sesquill.test.SnsSigner;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A bounce as SES publishes it of an ordinary mail, in its SNS message of 3.8 KB, and a Firehose file of mixed events. */
final class SampleNotifications {

    private static final String MAIL = """
            {"timestamp":"2025-09-18T07:41:12.386Z","source":"Acme Receipts <receipts@acme.example>",\
            "sourceArn":"arn:aws:ses:eu-west-1:004211337788:identity/acme.example","sendingAccountId":"004211337788",\
            "messageId":"010201995bc52b42-52e6b438-f2a7-4269-9944-0c5ca6a3a450-000000",\
            "destination":["jane.doe@example.com","max.muster@example.net"],"headersTruncated":false,"headers":[\
            {"name":"From","value":"Acme Receipts <receipts@acme.example>"},\
            {"name":"To","value":"jane.doe@example.com, max.muster@example.net"},\
            {"name":"Reply-To","value":"service@acme.example"},{"name":"Subject","value":"Your receipt no. 4711"},\
            {"name":"Date","value":"Thu, 18 Sep 2025 09:41:12 +0200"},{"name":"MIME-Version","value":"1.0"},\
            {"name":"Content-Type","value":"multipart/alternative;  boundary=\\"----=_Part_88_1531.1758181272\\""},\
            {"name":"X-Mailer","value":"Acme Order Service 4.11.2 (build 20250917, eu-west-1b, tenant 4711)"},\
            {"name":"List-Unsubscribe","value":"<https://acme.example/unsubscribe?token=5f2c8a90b1>, <mailto:unsubscribe@acme.example>"},\
            {"name":"List-Unsubscribe-Post","value":"List-Unsubscribe=One-Click"},\
            {"name":"X-Entity-Ref-ID","value":"9b1f7c1e-66b0-4e2d-a3a5-0f1d2c3b4a59"},\
            {"name":"Precedence","value":"bulk"},{"name":"Auto-Submitted","value":"auto-generated"},\
            {"name":"X-SES-CONFIGURATION-SET","value":"transactional"},\
            {"name":"X-SES-MESSAGE-TAGS","value":"kind=receipt, tenant=4711"}],\
            "commonHeaders":{"from":["Acme Receipts <receipts@acme.example>"],"replyTo":["service@acme.example"],\
            "date":"Thu, 18 Sep 2025 09:41:12 +0200","to":["jane.doe@example.com","max.muster@example.net"],\
            "messageId":"010201995bc52b42-52e6b438-f2a7-4269-9944-0c5ca6a3a450-000000",\
            "subject":"Your receipt no. 4711"},"tags":{"ses:operation":["SendEmail"],\
            "ses:configuration-set":["transactional"],"ses:source-tls-version":["TLSv1.3"],\
            "ses:source-ip":["203.0.113.9"],"ses:from-domain":["acme.example"],"ses:caller-identity":["mailer"],\
            "kind":["receipt"],"tenant":["4711"]}}""";

    private static final String BOUNCE = """
            {"eventType":"Bounce","bounce":{"feedbackId":"010201995bc531a4-128b2f33-d23f-4892-8606-95315d9dc9f8-000000",\
            "bounceType":"Permanent","bounceSubType":"General","bouncedRecipients":[\
            {"emailAddress":"jane.doe@example.com","action":"failed","status":"5.1.1",\
            "diagnosticCode":"smtp; 550 5.1.1 <jane.doe@example.com>: Recipient address rejected: no such user"},\
            {"emailAddress":"max.muster@example.net","action":"failed","status":"5.1.10",\
            "diagnosticCode":"smtp; 550 5.1.10 RESOLVER.ADR.RecipientNotFound; not found by SMTP address lookup"}],\
            "timestamp":"2025-09-18T07:41:13.961Z","remoteMtaIp":"203.0.113.77",\
            "reportingMTA":"dns; b224-9.smtp-out.eu-west-1.amazonses.com"},"mail":%s}
            """.formatted(MAIL);

    private static final String DELIVERY = """
            {"eventType":"Delivery","mail":%s,"delivery":{"timestamp":"2025-09-18T07:41:13.961Z",\
            "processingTimeMillis":1575,"recipients":["jane.doe@example.com"],"smtpResponse":"250 2.0.0 OK 1758181273",\
            "remoteMtaIp":"203.0.113.77","reportingMTA":"b224-9.smtp-out.eu-west-1.amazonses.com"}}
            """.formatted(MAIL);

    private static final String SEND = """
            {"eventType":"Send","mail":%s,"send":{}}
            """.formatted(MAIL);

    static final SnsSigner SIGNER = SnsSigner.forTopic("arn:aws:sns:eu-west-1:004211337788:ses-notifications");

    /** The bounce in an SNS message, signed. */
    static final String SNS = SIGNER.notification("Amazon SES Email Event Notification", BOUNCE);

    /** The bounce in the event that a Lambda function gets. */
    static final String SNS_IN_LAMBDA =
            Wrapping.snsInLambda().region("eu-west-1").wrap(BOUNCE);

    private SampleNotifications() {}

    /** Makes a Firehose file of so many lines: sends, deliveries and bounces by turns. */
    static byte[] firehose(int lines) {
        List<String> kinds = List.of(SEND, DELIVERY, SEND, DELIVERY, BOUNCE);
        return IntStream.range(0, lines)
                .mapToObj(i -> kinds.get(i % kinds.size()))
                .collect(Collectors.joining())
                .getBytes(StandardCharsets.UTF_8);
    }
}
