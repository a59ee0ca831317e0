package io.github.sesquill.notifications;

import org.jspecify.annotations.Nullable;

/**
 * Says why a delivery is delayed.
 *
 * <p>This enum may grow: a {@code switch} over it needs a {@code default}. A word that SES adds later is
 * {@link #UNKNOWN} until then; {@link SesNotification.DeliveryDelay#delayTypeText()} has it as sent.
 */
public enum DelayType {
    /** A fault within SES. */
    INTERNAL_FAILURE("InternalFailure"),

    /** A temporary problem in the SMTP conversation. */
    GENERAL("General"),

    /** The mailbox is full. */
    MAILBOX_FULL("MailboxFull"),

    /** The receiving server has seen much unwanted mail from you. */
    SPAM_DETECTED("SpamDetected"),

    /** A fault of the receiving server. */
    RECIPIENT_SERVER_ERROR("RecipientServerError"),

    /** The receiving server blocks or throttles the address SES sends from. */
    IP_FAILURE("IPFailure"),

    /** The conversation with the receiving server broke off. */
    TRANSIENT_COMMUNICATION_FAILURE("TransientCommunicationFailure"),

    /** SES could not look up the name of your own address. */
    BYOIP_HOST_NAME_LOOKUP_UNAVAILABLE("BYOIPHostNameLookupUnavailable"),

    /** SES could not tell. */
    UNDETERMINED("Undetermined"),

    /** SES chose to send later. */
    SENDING_DEFERRAL("SendingDeferral"),

    /** A word this version does not know, or none. */
    UNKNOWN("");

    private static final Words<DelayType> WORDS = new Words<>(values(), DelayType::word, UNKNOWN);

    private final String word;

    DelayType(String word) {
        this.word = word;
    }

    /** Returns the word as SES writes it; empty for {@link #UNKNOWN}. */
    public String word() {
        return word;
    }

    static DelayType of(@Nullable String text) {
        return WORDS.find(text);
    }
}
