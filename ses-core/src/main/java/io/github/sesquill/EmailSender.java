package io.github.sesquill;

import io.github.sesquill.message.EmailMessage;
import io.github.sesquill.transport.SendOutcome;

/**
 * Sends messages; what application code depends on, so that a test can put something else in its place.
 *
 * <p>Implementations are thread-safe.
 */
@FunctionalInterface
public interface EmailSender {

    /** Sends a message and answers what became of it; throws for nothing that SES or the network does. */
    SendOutcome trySend(EmailMessage message, SendOptions options);

    /** Sends a message with the default options, as {@link #trySend(EmailMessage, SendOptions)} does. */
    default SendOutcome trySend(EmailMessage message) {
        return trySend(message, SendOptions.defaults());
    }

    /**
     * Sends a message with the default options.
     *
     * @return the outcome, under which id SES has it
     * @throws NotSentException if SES certainly does not have it
     * @throws OutcomeUnknownException if SES may have it; sending it again may send it twice
     */
    default SendOutcome.Sent send(EmailMessage message) {
        return send(message, SendOptions.defaults());
    }

    /**
     * Sends a message.
     *
     * @return the outcome, under which id SES has it
     * @throws NotSentException if SES certainly does not have it
     * @throws OutcomeUnknownException if SES may have it; sending it again may send it twice
     */
    default SendOutcome.Sent send(EmailMessage message, SendOptions options) {
        SendOutcome outcome = trySend(message, options);
        if (outcome instanceof SendOutcome.Sent sent) {
            return sent;
        }
        throw SendException.of(outcome);
    }
}
