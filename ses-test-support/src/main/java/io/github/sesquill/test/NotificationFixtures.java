package io.github.sesquill.test;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Notifications as SES publishes them, for tests of code that reads them: every kind, those too that are hard to provoke.
 *
 * <pre>{@code
 * String body = NotificationFixtures.bounce("jane@example.com").tag("kind", "receipt").in(Wrapping.sns());
 * SesNotification full = NotificationFixtures.transientBounce("joe@example.com", "MailboxFull").asFeedback().parsed();
 * }</pre>
 *
 * <p>Each begins with what SES fills in for one message of 1 January 2026, noon UTC, from {@code hello@acme.example}
 * through the configuration set {@code transactional}, and can be changed in every part (SES Developer Guide, "Contents of
 * event data that Amazon SES publishes to Amazon SNS").
 */
public final class NotificationFixtures {

    private NotificationFixtures() {}

    /** A permanent bounce: there is no such mailbox. */
    public static NotificationFixture bounce(String... recipients) {
        return bounced("Permanent", "General", "failed", "5.1.1", "smtp; 550 5.1.1 user unknown", recipients);
    }

    /** A transient bounce of a sub-type, such as MailboxFull, MessageTooLarge, ContentRejected or AttachmentRejected. */
    public static NotificationFixture transientBounce(String recipient, String subType) {
        return bounced("Transient", subType, "failed", "4.2.2", "smtp; 552 4.2.2 try later", recipient);
    }

    /** An automatic answer, which SES takes for a transient bounce; no mail server reports it. */
    public static NotificationFixture outOfOffice(String recipient) {
        NotificationFixture bounce = event("Bounce", "bounce", recipient);
        FixtureJson.put(bounce.detail(), """
                {"feedbackId":"%s","bounceType":"Transient","bounceSubType":"General",
                 "bouncedRecipients":[{"emailAddress":"%s"}],"timestamp":"2026-01-01T12:00:04.000Z"}""".formatted(FixtureJson.FEEDBACK_ID, recipient));
        return bounce;
    }

    /** A bounce that SES makes up, because the address is on the suppression list of the account. */
    public static NotificationFixture suppressedBounce(String recipient) {
        NotificationFixture bounce = bounced(
                "Permanent",
                "OnAccountSuppressionList",
                "failed",
                "5.1.1",
                "Amazon SES did not send the message to this address because it is on the suppression list for your account.",
                recipient);
        bounce.detail().remove("remoteMtaIp");
        bounce.detail().put("reportingMTA", "dns; amazonses.com");
        return bounce;
    }

    /** A bounce that SES could not classify. */
    public static NotificationFixture undeterminedBounce(String recipient) {
        NotificationFixture bounce = outOfOffice(recipient);
        bounce.detail().put("bounceType", "Undetermined").put("bounceSubType", "Undetermined");
        return bounce;
    }

    private static NotificationFixture bounced(
            String type, String subType, String action, String status, String diagnostic, String... recipients) {
        NotificationFixture bounce = event("Bounce", "bounce", recipients);
        FixtureJson.put(bounce.detail(), """
                {"feedbackId":"%s","bounceType":"%s","bounceSubType":"%s","bouncedRecipients":[],
                 "timestamp":"2026-01-01T12:00:00.700Z","remoteMtaIp":"203.0.113.9",
                 "reportingMTA":"dns; e1-1.smtp-out.eu-west-1.amazonses.com"}""".formatted(FixtureJson.FEEDBACK_ID, type, subType));
        for (String recipient : recipients) {
            bounce.detail()
                    .withArray("bouncedRecipients")
                    .addObject()
                    .put("emailAddress", recipient)
                    .put("action", action)
                    .put("status", status)
                    .put("diagnosticCode", diagnostic);
        }
        return bounce;
    }

    /** A complaint with the report of the mailbox provider. */
    public static NotificationFixture complaint(String... recipients) {
        NotificationFixture complaint = event("Complaint", "complaint", recipients);
        FixtureJson.put(complaint.detail(), """
                {"feedbackId":"%s","complaintSubType":null,"complainedRecipients":[],
                 "timestamp":"2026-01-01T12:00:05.000Z","userAgent":"Yahoo!-Mail-Feedback/1.0",
                 "complaintFeedbackType":"abuse","arrivalDate":"2026-01-01T12:00:05.000Z"}""".formatted(FixtureJson.FEEDBACK_ID));
        for (String recipient : recipients) {
            complaint.detail().withArray("complainedRecipients").addObject().put("emailAddress", recipient);
        }
        return complaint;
    }

    /** The report that a message was no spam, which is the opposite of a complaint. */
    public static NotificationFixture notSpam(String recipient) {
        NotificationFixture complaint = complaint(recipient);
        complaint.detail().put("complaintFeedbackType", "not-spam");
        return complaint;
    }

    /** A complaint that SES makes up, because the address is on the suppression list of the account. */
    public static NotificationFixture suppressedComplaint(String recipient) {
        NotificationFixture complaint = complaint(recipient);
        complaint.detail().put("complaintSubType", "OnAccountSuppressionList");
        complaint.detail().remove("userAgent");
        complaint.detail().remove("complaintFeedbackType");
        complaint.detail().remove("arrivalDate");
        return complaint;
    }

    /** A delivery: the mail server of these recipients has taken the message. */
    public static NotificationFixture delivery(String... recipients) {
        NotificationFixture delivery = event("Delivery", "delivery", recipients);
        FixtureJson.put(delivery.detail(), """
                {"timestamp":"2026-01-01T12:00:00.612Z","processingTimeMillis":612,"recipients":[],
                 "smtpResponse":"250 2.0.0 OK","remoteMtaIp":"203.0.113.9",
                 "reportingMTA":"e1-1.smtp-out.eu-west-1.amazonses.com"}""");
        for (String recipient : recipients) {
            delivery.detail().withArray("recipients").add(recipient);
        }
        return delivery.tag("ses:outgoing-ip", "198.51.100.25").tag("ses:outgoing-tls-version", "TLSv1.3");
    }

    /** SES has accepted a message; an event only. */
    public static NotificationFixture send(String... recipients) {
        return event("Send", "send", recipients);
    }

    /** SES found a virus in a message; an event only. */
    public static NotificationFixture reject(String... recipients) {
        return with(event("Reject", "reject", recipients), "{\"reason\":\"Bad content\"}");
    }

    /** A template lacks an attribute; an event only, with little of the message. */
    public static NotificationFixture renderingFailure(String recipient, String template, String attribute) {
        NotificationFixture failure = event("Rendering Failure", "failure", recipient);
        failure.detail()
                .put("templateName", template)
                .put("errorMessage", "Attribute '" + attribute + "' is not present in the rendering data.");
        failure.mail().remove("headers");
        failure.mail().remove("commonHeaders");
        return failure;
    }

    /** SES comes again later; an event only. */
    public static NotificationFixture deliveryDelay(String recipient) {
        return with(event("DeliveryDelay", "deliveryDelay", recipient), """
                {"timestamp":"2026-01-01T12:00:30.000Z","delayType":"TransientCommunicationFailure",
                 "expirationTime":"2026-01-02T02:00:00.000Z",
                 "delayedRecipients":[{"emailAddress":"%s","status":"4.4.1",
                 "diagnosticCode":"smtp; 421 4.4.1 Unable to connect to remote host"}]}""".formatted(recipient));
    }

    /** Somebody, or something, has opened a message; an event only. */
    public static NotificationFixture open(String recipient) {
        NotificationFixture open = with(event("Open", "open", recipient), """
                {"ipAddress":"203.0.113.77","timestamp":"2026-01-01T12:05:00.000Z",
                 "userAgent":"Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"}""");
        open.mail().remove("sourceArn");
        return open;
    }

    /** Somebody, or something, has followed a link; an event only. */
    public static NotificationFixture click(String recipient, String link) {
        NotificationFixture click = with(event("Click", "click", recipient), """
                {"ipAddress":"203.0.113.77","timestamp":"2026-01-01T12:06:00.000Z","linkTags":null,
                 "userAgent":"Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"}""");
        click.detail().put("link", link);
        click.mail().remove("sourceArn");
        return click;
    }

    /** A contact has left a topic of a list; an event only. */
    public static NotificationFixture subscription(String recipient, String contactList, String topic) {
        return with(event("Subscription", "subscription", recipient), """
                {"contactList":"%s","timestamp":"2026-01-01T12:07:00.000Z","source":"UnsubscribeHeader",
                 "newTopicPreferences":{"unsubscribeAll":false,
                 "topicSubscriptionStatus":[{"topicName":"%s","subscriptionStatus":"OptOut"}]},
                 "oldTopicPreferences":{"unsubscribeAll":false,
                 "topicSubscriptionStatus":[{"topicName":"%s","subscriptionStatus":"OptIn"}]}}""".formatted(contactList, topic, topic));
    }

    /** A message that SES has received, by an SNS action that hands it over, in plain text. */
    public static NotificationFixture received(String sender, String recipient) {
        return FixtureJson.received(sender, recipient);
    }

    /** An event of a kind that nobody knew when this was written. */
    public static NotificationFixture unknown(String type, String... recipients) {
        return event(type, "detail", recipients);
    }

    /** SNS says that a topic was set on an identity; there is no message in it. */
    public static String topicSubscribed(String identity) {
        return """
                {"notificationType":"AmazonSnsSubscriptionSucceeded","message":"You have successfully subscribed your \
                Amazon SNS topic 'arn:aws:sns:eu-west-1:123456789012:ses-feedback' to receive 'Bounce' notifications from \
                Amazon SES for identity '%s'."}
                """.formatted(identity);
    }

    /** The plain text by which SES tries a topic when an event destination is made. */
    public static String topicValidated() {
        return "Successfully validated SNS topic for Amazon SES event publishing.";
    }

    private static NotificationFixture event(String type, String member, String... recipients) {
        return FixtureJson.event(type, member, recipients);
    }

    private static NotificationFixture with(NotificationFixture fixture, String detail) {
        ObjectNode into = fixture.detail();
        FixtureJson.put(into, detail);
        return fixture;
    }
}
