package io.github.sesquill.benchmarks;

import io.github.sesquill.notifications.BouncedRecipient;
import io.github.sesquill.notifications.CommonHeaders;
import io.github.sesquill.notifications.Mail;
import io.github.sesquill.notifications.Recipient;
import io.github.sesquill.notifications.SesNotification.Bounce;
import java.util.Objects;

/** Asks a bounce for all it knows. */
final class EveryAccessor {

    private EveryAccessor() {}

    static int of(Bounce bounce) {
        int seen = Objects.hash(
                bounce.type(),
                bounce.format(),
                bounce.bounceType(),
                bounce.bounceTypeText(),
                bounce.bounceSubType(),
                bounce.bounceSubTypeText(),
                bounce.isPermanent(),
                bounce.isOutOfOffice(),
                bounce.timestamp(),
                bounce.timestampText(),
                bounce.feedbackId(),
                bounce.remoteMtaIp(),
                bounce.reportingMta(),
                bounce.reportingMtaName());
        for (BouncedRecipient r : bounce.recipients()) {
            seen += Objects.hash(
                    r.address(),
                    r.original(),
                    r.action(),
                    r.status(),
                    r.statusCode(),
                    r.diagnosticCode(),
                    r.diagnostic());
        }
        return seen + of(bounce.mail());
    }

    private static int of(Mail mail) {
        int seen = Objects.hash(
                mail.timestamp(),
                mail.timestampText(),
                mail.messageId(),
                mail.source(),
                mail.sourceAddress(),
                mail.sourceArn(),
                mail.region(),
                mail.sendingAccountId(),
                mail.sourceIp(),
                mail.callerIdentity(),
                mail.headersTruncated(),
                mail.tags(),
                mail.configurationSet(),
                mail.fromDomain(),
                mail.operation(),
                mail.wireMessageId());
        for (Recipient r : mail.destination()) {
            seen += r.address().length();
        }
        for (Mail.Header header : mail.headers()) {
            seen += header.name().length() + header.value().length();
        }
        CommonHeaders common = mail.commonHeaders();
        return seen
                + Objects.hash(
                        common.from(),
                        common.to(),
                        common.replyTo(),
                        common.date(),
                        common.subject(),
                        common.messageId());
    }
}
