package io.github.sesquill.test;

import io.github.sesquill.message.EmailAddress;
import java.util.Locale;

/** What becomes of a message for one recipient (SES Developer Guide, "Using the mailbox simulator"). */
enum Fate {
    DELIVERED,
    BOUNCED,
    OUT_OF_OFFICE,
    COMPLAINED;

    /** Tells the fate from the address: that of the simulator's mailbox, labels aside; all other mail is delivered. */
    static Fate of(EmailAddress recipient) {
        if (!recipient.isSimulator()) {
            return DELIVERED;
        }
        return switch (Identities.withoutLabel(recipient.localPart()).toLowerCase(Locale.ROOT)) {
            case "success" -> DELIVERED;
            case "ooto" -> OUT_OF_OFFICE;
            case "complaint" -> COMPLAINED;
            // So do suppressionlist, in the words of an ordinary bounce, and a mailbox that the simulator has not.
            default -> BOUNCED;
        };
    }

    /** Tells whether the recipient's mail server takes the message. */
    boolean isDelivered() {
        return this != BOUNCED;
    }
}
