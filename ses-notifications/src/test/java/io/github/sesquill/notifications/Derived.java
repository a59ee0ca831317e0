package io.github.sesquill.notifications;

import java.util.ArrayList;
import java.util.List;

/** Calls every accessor that derives something from text. */
final class Derived {

    private Derived() {}

    static List<Object> touch(SesNotification n) {
        List<Object> values = new ArrayList<>();
        Mail mail = n.mail();
        values.add(n.raw());
        values.add(n.toString());
        values.add(mail.timestamp());
        values.add(mail.sourceAddress());
        values.add(mail.wireMessageId());
        values.add(mail.commonHeaders().date());
        mail.destination().forEach(r -> values.add(r.address()));
        if (n instanceof SesNotification.Bounce b) {
            values.add(b.timestamp());
            values.add(b.bounceType());
            values.add(b.bounceSubType());
            values.add(b.isOutOfOffice());
            values.add(b.reportingMtaName());
            b.recipients().forEach(r -> values.addAll(List.of(r.address(), r.statusCode(), r.diagnostic())));
        } else if (n instanceof SesNotification.Complaint c) {
            values.addAll(List.of(c.timestamp(), c.arrivalDate(), c.feedbackType(), c.complaintSubType()));
            c.recipients().forEach(r -> values.add(r.address()));
        } else if (n instanceof SesNotification.Delivery d) {
            values.addAll(List.of(d.timestamp(), d.processingTimeMillis()));
            d.recipients().forEach(r -> values.add(r.address()));
        }
        return values;
    }
}
