package io.github.sesquill.test;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sesquill.message.EmailAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Predicate;

/**
 * What SES publishes after it has accepted a message. What happens to several recipients of one message in the same way
 * is told in one notification, and acceptance as an event only: identities have no such notification.
 *
 * <p>Delays are drawn by chance: under a second until a mail server answers, a few more until a reader does. Not
 * thread-safe; the engine holds a lock.
 */
final class Aftermath {

    private final SesAccount account;
    private final MessageIds ids;
    private final SplittableRandom random;

    Aftermath(SesAccount account, MessageIds ids, SplittableRandom random) {
        this.account = account;
        this.ids = ids;
        this.random = random;
    }

    /** Writes all notifications that will follow. */
    List<Notice> of(SentMessage sent, Optional<String> identity) {
        MailObject mail = new MailObject(account, sent, identity);
        List<Notice> notices = new ArrayList<>();
        if (mail.hasConfigurationSet()) {
            notices.add(notice("Send", sent.at(), mail.forSendEvent(), mail, object()));
        }
        Instant answered = later(sent.at(), 300, 900);
        Instant read = later(answered, 1_000, 5_000);
        with(sent, Fate::isDelivered, who -> notices.add(delivery(sent, answered, who, mail)));
        with(sent, Fate.BOUNCED::equals, who -> notices.add(bounce(answered, who, mail)));
        with(sent, Fate.OUT_OF_OFFICE::equals, who -> notices.add(outOfOffice(read, who, mail)));
        with(sent, Fate.COMPLAINED::equals, who -> notices.add(complaint(read, who, mail)));
        return notices;
    }

    private interface Told {
        void to(List<EmailAddress> recipients);
    }

    private static void with(SentMessage sent, Predicate<Fate> fate, Told told) {
        List<EmailAddress> recipients = sent.message().recipients().stream()
                .filter(recipient -> fate.test(Fate.of(recipient)))
                .toList();
        if (!recipients.isEmpty()) {
            told.to(recipients);
        }
    }

    private Instant later(Instant than, int fromMillis, int toMillis) {
        return than.plusMillis(random.nextInt(fromMillis, toMillis));
    }

    private Notice delivery(SentMessage sent, Instant at, List<EmailAddress> recipients, MailObject mail) {
        ObjectNode delivery = object();
        delivery.put("timestamp", MailObject.time(at));
        delivery.put("processingTimeMillis", Duration.between(sent.at(), at).toMillis());
        delivery.set("recipients", MailObject.addresses(recipients));
        delivery.put("smtpResponse", "250 Ok");
        delivery.put("remoteMtaIp", SesAccount.REMOTE_IP);
        delivery.put("reportingMTA", account.reportingMta());
        ObjectNode about = about(mail);
        if (about.get("tags") instanceof ObjectNode tags) {
            tags.putArray("ses:outgoing-ip").add(SesAccount.OUTGOING_IP);
            tags.putArray("ses:outgoing-tls-version").add("TLSv1.3");
        }
        return notice("Delivery", at, about, mail, delivery);
    }

    private Notice bounce(Instant at, List<EmailAddress> recipients, MailObject mail) {
        ObjectNode bounce = bounceOf("Permanent", at);
        for (EmailAddress recipient : recipients) {
            bounce.withArray("bouncedRecipients")
                    .addObject()
                    .put("emailAddress", recipient.address())
                    .put("action", "failed")
                    .put("status", "5.1.1")
                    .put("diagnosticCode", "smtp; 550 5.1.1 user unknown");
        }
        bounce.put("remoteMtaIp", SesAccount.REMOTE_IP);
        bounce.put("reportingMTA", "dns; " + account.reportingMta());
        return notice("Bounce", at, about(mail), mail, bounce);
    }

    /** An automatic answer is no report of a mail server, so nothing of one is in it. */
    private Notice outOfOffice(Instant at, List<EmailAddress> recipients, MailObject mail) {
        ObjectNode bounce = bounceOf("Transient", at);
        recipients.forEach(
                r -> bounce.withArray("bouncedRecipients").addObject().put("emailAddress", r.address()));
        return notice("Bounce", at, about(mail), mail, bounce);
    }

    private ObjectNode bounceOf(String type, Instant at) {
        ObjectNode bounce = object();
        bounce.put("feedbackId", ids.next(at));
        bounce.put("bounceType", type);
        bounce.put("bounceSubType", "General");
        bounce.putArray("bouncedRecipients");
        bounce.put("timestamp", MailObject.time(at));
        return bounce;
    }

    private Notice complaint(Instant at, List<EmailAddress> recipients, MailObject mail) {
        ObjectNode complaint = object();
        complaint.put("feedbackId", ids.next(at));
        complaint.putNull("complaintSubType");
        complaint.putArray("complainedRecipients");
        recipients.forEach(
                r -> complaint.withArray("complainedRecipients").addObject().put("emailAddress", r.address()));
        complaint.put("timestamp", MailObject.time(at));
        complaint.put("userAgent", "Amazon SES Mailbox Simulator");
        complaint.put("complaintFeedbackType", "abuse");
        complaint.put("arrivalDate", MailObject.time(at));
        return notice("Complaint", at, about(mail), mail, complaint);
    }

    private static ObjectNode about(MailObject mail) {
        return mail.hasConfigurationSet() ? mail.forEvent() : mail.forIdentity();
    }

    /** Events end in a line feed, which is part of what is signed; the notifications of identities do not. */
    private static Notice notice(String type, Instant at, ObjectNode about, MailObject mail, ObjectNode what) {
        ObjectNode notice = object();
        notice.put(mail.hasConfigurationSet() ? "eventType" : "notificationType", type);
        notice.set("mail", about);
        notice.set(type.toLowerCase(Locale.ROOT), what);
        return new Notice(at, mail.hasConfigurationSet() ? notice + "\n" : notice.toString());
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
