package io.github.sesquill.test.engine;

import io.github.sesquill.message.EmailAddress;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/**
 * One notification. Its text is written when somebody reads it, the same each time, because most are read by nobody.
 *
 * @param due when SES publishes it
 * @param isTold whether anybody wants to know
 * @param isEvent whether it is an event of a configuration set rather than the feedback of an identity
 * @param suppresses the addresses that SES then puts on the suppression list of the account
 */
public record Notice(
        Instant due,
        EventType type,
        String messageId,
        boolean isTold,
        boolean isEvent,
        List<EmailAddress> suppresses,
        Supplier<String> text) {

    /** Writes the notification. */
    public String json() {
        return text.get();
    }

    @Override
    public String toString() {
        return "Notice[" + type + " of " + messageId + " at " + due + "]";
    }
}
