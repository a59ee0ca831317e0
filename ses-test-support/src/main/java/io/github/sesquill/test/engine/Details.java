package io.github.sesquill.test.engine;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sesquill.message.EmailAddress;
import io.github.sesquill.test.engine.ContactLists.Contact;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;

/** The members of notifications that say what happened (SES Developer Guide, "Contents of event data"). */
final class Details {

    private static final String BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0";
    private static final String KEPT_BACK = "Amazon SES did not send the message to this address because it is on the"
            + " suppression list for your account. For more information about removing addresses from the suppression"
            + " list, see the Amazon SES Developer Guide at"
            + " https://docs.aws.amazon.com/ses/latest/DeveloperGuide/sending-email-suppression-list.html";

    private final SesAccount account;

    Details(SesAccount account) {
        this.account = account;
    }

    static ObjectNode empty() {
        return JsonNodeFactory.instance.objectNode();
    }

    static ObjectNode reject() {
        return empty().put("reason", "Bad content");
    }

    ObjectNode failure(Accepted sent) {
        String name =
                sent.submission().template().map(Submission.Template::name).orElse(null);
        ObjectNode failure = empty();
        if (name != null) {
            failure.put("templateName", name);
        }
        return failure.put("errorMessage", sent.renderingFailure().orElse(""));
    }

    ObjectNode delivery(Accepted sent, Instant at, List<EmailAddress> recipients) {
        ObjectNode delivery = empty();
        delivery.put("timestamp", MailObject.time(at));
        delivery.put("processingTimeMillis", Duration.between(sent.at(), at).toMillis());
        delivery.set("recipients", MailObject.addresses(recipients));
        delivery.put("smtpResponse", "250 Ok");
        delivery.put("remoteMtaIp", SesAccount.REMOTE_IP);
        delivery.put("reportingMTA", account.reportingMta());
        return delivery;
    }

    ObjectNode bounce(String feedbackId, Instant at, List<EmailAddress> recipients, Fate fate) {
        return switch (fate) {
            case OUT_OF_OFFICE -> bounceOf(feedbackId, "Transient", "General", at, recipients);
            case SUPPRESSED_BOUNCE ->
                keptBack(bounceOf(feedbackId, "Permanent", "OnAccountSuppressionList", at, recipients), KEPT_BACK);
            case UNSUBSCRIBED ->
                keptBack(
                        bounceOf(feedbackId, "Permanent", "UnsubscribedRecipient", at, recipients),
                        "Amazon SES did not send the message to this address because its contact has unsubscribed.");
            case BOUNCED_FOR_NOW ->
                reported(
                        bounceOf(feedbackId, "Transient", "MailboxFull", at, recipients),
                        "4.2.2",
                        "smtp; 452 4.2.2 mailbox full");
            default ->
                reported(
                        bounceOf(feedbackId, "Permanent", "General", at, recipients),
                        "5.1.1",
                        "smtp; 550 5.1.1 user unknown");
        };
    }

    /** An automatic answer is no report of a mail server, so nothing more is in it. */
    private static ObjectNode bounceOf(
            String feedbackId, String type, String subType, Instant at, List<EmailAddress> recipients) {
        ObjectNode bounce = empty();
        bounce.put("feedbackId", feedbackId);
        bounce.put("bounceType", type);
        bounce.put("bounceSubType", subType);
        bounce.putArray("bouncedRecipients");
        recipients.forEach(
                r -> bounce.withArray("bouncedRecipients").addObject().put("emailAddress", r.address()));
        bounce.put("timestamp", MailObject.time(at));
        return bounce;
    }

    private ObjectNode reported(ObjectNode bounce, String status, String diagnostic) {
        said(bounce, status, diagnostic);
        bounce.put("remoteMtaIp", SesAccount.REMOTE_IP);
        return bounce.put("reportingMTA", "dns; " + account.reportingMta());
    }

    private static ObjectNode keptBack(ObjectNode bounce, String why) {
        said(bounce, "5.1.1", why);
        return bounce.put("reportingMTA", "dns; amazonses.com");
    }

    private static void said(ObjectNode bounce, String status, String diagnostic) {
        bounce.get("bouncedRecipients")
                .forEach(recipient -> ((ObjectNode) recipient)
                        .put("action", "failed")
                        .put("status", status)
                        .put("diagnosticCode", diagnostic));
    }

    /** A complaint that SES makes up because the address is on the list has no report of a reader. */
    ObjectNode complaint(String feedbackId, Instant at, List<EmailAddress> recipients, boolean keptBack) {
        ObjectNode complaint = empty();
        complaint.put("feedbackId", feedbackId);
        complaint.put("complaintSubType", keptBack ? "OnAccountSuppressionList" : null);
        complaint.putArray("complainedRecipients");
        recipients.forEach(
                r -> complaint.withArray("complainedRecipients").addObject().put("emailAddress", r.address()));
        complaint.put("timestamp", MailObject.time(at));
        if (!keptBack) {
            complaint.put("userAgent", "Amazon SES Mailbox Simulator");
            complaint.put("complaintFeedbackType", "abuse");
            complaint.put("arrivalDate", MailObject.time(at));
        }
        return complaint;
    }

    ObjectNode open(Instant at) {
        return reader(at);
    }

    ObjectNode click(Instant at, String link) {
        return reader(at).put("link", link).putNull("linkTags");
    }

    private static ObjectNode reader(Instant at) {
        return empty().put("ipAddress", SesAccount.READER_IP)
                .put("timestamp", MailObject.time(at))
                .put("userAgent", BROWSER);
    }

    ObjectNode delay(Instant at, EmailAddress recipient) {
        ObjectNode delay = empty();
        delay.put("timestamp", MailObject.time(at));
        delay.put("delayType", "TransientCommunicationFailure");
        delay.put("expirationTime", MailObject.time(at.plus(Duration.ofHours(14))));
        delay.putArray("delayedRecipients")
                .addObject()
                .put("emailAddress", recipient.address())
                .put("status", "4.4.1")
                .put("diagnosticCode", "smtp; 421 4.4.1 Unable to connect to remote host");
        return delay.put("reportingMTA", account.reportingMta());
    }

    ObjectNode subscription(String list, Instant at, Contact before, Contact after) {
        ObjectNode subscription = empty();
        subscription.put("contactList", list);
        subscription.put("timestamp", MailObject.time(at));
        subscription.put("source", "UnsubscribeHeader");
        subscription.set("newTopicPreferences", preferences(after));
        subscription.set("oldTopicPreferences", preferences(before));
        return subscription;
    }

    private static ObjectNode preferences(Contact contact) {
        ObjectNode preferences = empty().put("unsubscribeAll", contact.unsubscribedFromAll());
        var topics = preferences.putArray("topicSubscriptionStatus");
        new TreeMap<>(contact.topics())
                .forEach((topic, subscription) ->
                        topics.addObject().put("topicName", topic).put("subscriptionStatus", subscription.text()));
        return preferences;
    }
}
