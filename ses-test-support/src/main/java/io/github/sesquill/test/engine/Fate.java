package io.github.sesquill.test.engine;

import io.github.sesquill.message.EmailAddress;
import java.util.Locale;

/** What becomes of a message for one recipient. */
public enum Fate {
    /** The mail server takes it. */
    DELIVERED,
    /** The mail server refuses it for good. */
    BOUNCED,
    /** The mail server refuses it until SES gives up. */
    BOUNCED_FOR_NOW,
    /** The mail server takes it, and a machine answers. */
    OUT_OF_OFFICE,
    /** The mail server takes it, and the reader calls it spam. */
    COMPLAINED,
    /** SES keeps it back: the address is on the account's suppression list because it bounced. */
    SUPPRESSED_BOUNCE,
    /** SES keeps it back: the address is on the account's suppression list because its reader complained. */
    SUPPRESSED_COMPLAINT,
    /** SES keeps it back: the contact has unsubscribed. */
    UNSUBSCRIBED,
    /** SES keeps it back: there is a virus in it. */
    REJECTED,
    /** SES keeps it back: the template could not be filled. */
    NOT_RENDERED;

    /**
     * Tells the fate of a mailbox of the simulator, labels aside (SES Developer Guide, "Using the mailbox simulator").
     * The one called suppressionlist bounces in the words of an ordinary bounce, as does one that the simulator has not.
     */
    static Fate ofSimulator(EmailAddress recipient) {
        return switch (Identities.withoutLabel(recipient.localPart()).toLowerCase(Locale.ROOT)) {
            case "success" -> DELIVERED;
            case "ooto" -> OUT_OF_OFFICE;
            case "complaint" -> COMPLAINED;
            default -> BOUNCED;
        };
    }

    /** Tells whether the recipient's mail server takes the message. */
    public boolean isDelivered() {
        return this == DELIVERED || this == OUT_OF_OFFICE || this == COMPLAINED;
    }
}
