package io.github.sesquill.benchmarks;

import io.github.sesquill.notifications.BouncedRecipient;
import io.github.sesquill.notifications.CommonHeaders;
import io.github.sesquill.notifications.Mail;
import io.github.sesquill.notifications.Recipient;
import io.github.sesquill.notifications.SesNotification.Bounce;
import org.jspecify.annotations.Nullable;

/**
 * Asks a bounce for all it knows, and keeps the answers until the next: so that none is left out because nobody wants
 * it, and nothing is measured that is done with them. Not thread-safe.
 */
final class EveryAccessor {

    private static final int ANSWERS = 100;

    private final @Nullable Object[] kept = new Object[ANSWERS];
    private int count;

    private void keep(Object answer) {
        kept[count++] = answer;
    }

    void of(Bounce bounce) {
        count = 0;
        keep(bounce.type());
        keep(bounce.format());
        keep(bounce.bounceType());
        keep(bounce.bounceTypeText());
        keep(bounce.bounceSubType());
        keep(bounce.bounceSubTypeText());
        keep(bounce.isPermanent());
        keep(bounce.isOutOfOffice());
        keep(bounce.timestamp());
        keep(bounce.timestampText());
        keep(bounce.feedbackId());
        keep(bounce.remoteMtaIp());
        keep(bounce.reportingMta());
        keep(bounce.reportingMtaName());
        bounce.recipients().forEach(this::of);
        of(bounce.mail());
    }

    private void of(BouncedRecipient recipient) {
        keep(recipient.address());
        keep(recipient.original());
        keep(recipient.action());
        keep(recipient.status());
        keep(recipient.statusCode());
        keep(recipient.diagnosticCode());
        keep(recipient.diagnostic());
    }

    private void of(Mail mail) {
        keep(mail.timestamp());
        keep(mail.timestampText());
        keep(mail.messageId());
        keep(mail.source());
        keep(mail.sourceAddress());
        keep(mail.sourceArn());
        keep(mail.region());
        keep(mail.sendingAccountId());
        keep(mail.sourceIp());
        keep(mail.callerIdentity());
        keep(mail.headersTruncated());
        keep(mail.headers());
        keep(mail.tags());
        keep(mail.configurationSet());
        keep(mail.fromDomain());
        keep(mail.operation());
        keep(mail.wireMessageId());
        for (Recipient recipient : mail.destination()) {
            keep(recipient.address());
        }
        of(mail.commonHeaders());
    }

    private void of(CommonHeaders common) {
        keep(common.from());
        keep(common.to());
        keep(common.replyTo());
        keep(common.date());
        keep(common.subject());
        keep(common.messageId());
    }
}
