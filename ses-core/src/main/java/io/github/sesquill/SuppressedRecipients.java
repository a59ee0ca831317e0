package io.github.sesquill;

import io.github.sesquill.message.EmailAddress;
import io.github.sesquill.message.EmailMessage;
import io.github.sesquill.suppression.Suppression;
import io.github.sesquill.suppression.SuppressionList;
import io.github.sesquill.transport.SendOutcome;
import io.github.sesquill.transport.SendOutcome.Reason;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Leaves out who is on the suppression list; a list that does not answer stops the message. */
record SuppressedRecipients(SuppressionList list) implements Stage {

    private static final Logger LOG = LoggerFactory.getLogger(SesMailer.class);

    @Override
    public SendOutcome pass(Send send, Next next) {
        List<EmailAddress> recipients = send.message().recipients();
        Map<String, Suppression> found;
        try {
            found = list.find(recipients.stream().map(EmailAddress::address).toList());
        } catch (RuntimeException e) {
            LOG.warn(
                    "The suppression list failed with {}; the message was not sent unfiltered.",
                    e.getClass().getName());
            return SendOutcome.notSent(Reason.UNAVAILABLE, "The suppression list did not answer: " + e.getMessage())
                    .retryable(null);
        }
        return found.isEmpty() ? next.proceed(send) : withoutSuppressed(send, found, next);
    }

    private static SendOutcome withoutSuppressed(Send send, Map<String, Suppression> found, Next next) {
        EmailMessage message = send.message();
        send.leaveOut(message.recipients().stream().filter(r -> isIn(found, r)).toList());
        Optional<EmailMessage> rest = message.withoutRecipients(r -> isIn(found, r));
        return rest.isPresent()
                ? next.proceed(send.with(rest.get()))
                : SendOutcome.notSent(Reason.SUPPRESSED, "Every recipient is on the suppression list.");
    }

    private static boolean isIn(Map<String, Suppression> found, EmailAddress recipient) {
        return found.containsKey(SuppressionList.key(recipient.address()));
    }
}
