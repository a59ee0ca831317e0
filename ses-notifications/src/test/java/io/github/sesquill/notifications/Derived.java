package io.github.sesquill.notifications;

import java.util.ArrayList;
import java.util.List;

/** Calls every accessor, and so derives everything from text that can be derived. */
final class Derived {

    private final List<Object> values = new ArrayList<>();

    private Derived() {}

    static List<Object> touch(SesNotification n) {
        Derived derived = new Derived();
        derived.common(n);
        derived.kind(n);
        return derived.values;
    }

    private void add(Object... more) {
        values.addAll(List.of(more));
    }

    private void common(SesNotification n) {
        Mail mail = n.mail();
        add(n.raw(), n.toString(), n.hashCode(), n.timestamp(), mail.timestamp(), mail.sourceAddress());
        add(mail.wireMessageId(), mail.region(), mail.tags(), mail.ownTags(), mail.headers(), mail.sourceIp());
        add(
                mail.callerIdentity(),
                mail.header("Message-ID"),
                mail.commonHeaders(),
                mail.commonHeaders().date());
        mail.destination().forEach(r -> add(r.address(), r.toString()));
    }

    private void kind(SesNotification n) {
        if (n instanceof SesNotification.Bounce b) {
            add(b.bounceType(), b.bounceSubType(), b.isPermanent(), b.isOutOfOffice(), b.reportingMtaName());
            b.recipients().forEach(r -> add(r.address(), r.statusCode(), r.diagnostic(), b.key(r)));
        } else if (n instanceof SesNotification.Complaint c) {
            add(c.arrivalDate(), c.feedbackType(), c.complaintSubType(), c.isNotSpam());
            c.recipients().forEach(r -> add(r.address(), c.key(r)));
        } else if (n instanceof SesNotification.Delivery d) {
            add(d.processingTimeMillis(), d.smtpResponse());
            d.recipients().forEach(r -> add(r.address()));
        } else if (n instanceof SesNotification.DeliveryDelay d) {
            add(d.delayType(), d.expirationTime());
            d.recipients().forEach(r -> add(r.address(), r.statusCode(), r.diagnostic()));
        } else if (n instanceof SesNotification.Click c) {
            add(c.botEvent(), c.link(), c.linkTags());
        } else if (n instanceof SesNotification.Subscription s) {
            add(s.newTopicPreferences().toString(), s.oldTopicPreferences());
        } else if (n instanceof SesNotification.Received r) {
            Receipt receipt = r.receipt();
            add(receipt, receipt.toString(), receipt.spam(), receipt.hasNoFailedVerdict(), r.content());
        } else if (n instanceof SesNotification.TopicNotice t) {
            add(t.kind(), t.message());
        }
    }
}
