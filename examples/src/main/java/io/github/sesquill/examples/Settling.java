package io.github.sesquill.examples;

import io.github.sesquill.OpenSends;
import io.github.sesquill.notifications.SesNotification;
import io.github.sesquill.transport.EmailTransport;
import java.util.Optional;

/**
 * Brings events back to the sends whose outcome is unknown: a Send event carries the id of the attempt that it is about, in
 * the tag that Sesquill gave the message.
 */
final class Settling {

    private final OpenSends open;

    Settling(OpenSends open) {
        this.open = open;
    }

    /** Takes any notification; answers whether it settled a send. */
    boolean take(SesNotification notification) {
        if (!(notification instanceof SesNotification.Send)) {
            return false;
        }
        Optional<String> attempt = notification.mail().tag(EmailTransport.Attempt.TAG);
        Optional<String> messageId = notification.mail().messageId();
        return attempt.isPresent() && messageId.isPresent() && open.settle(attempt.get(), messageId.get());
    }
}
