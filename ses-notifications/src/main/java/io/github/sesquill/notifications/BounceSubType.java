package io.github.sesquill.notifications;

import org.jspecify.annotations.Nullable;

/**
 * Says why a message bounced, as far as SES could tell.
 *
 * <p>This enum may grow: a {@code switch} over it needs a {@code default}. A word that SES adds later is
 * {@link #UNKNOWN} until then; {@link SesNotification.Bounce#bounceSubTypeText()} has it as sent.
 */
public enum BounceSubType {
    /** With {@link BounceType#UNDETERMINED}: the answer said nothing SES could use. */
    UNDETERMINED("Undetermined"),

    /** No detail; with {@link BounceType#TRANSIENT} also an automatic reply. */
    GENERAL("General"),

    /** The address does not exist. */
    NO_EMAIL("NoEmail"),

    /** On the global suppression list of SES; counts towards the bounce rate. */
    SUPPRESSED("Suppressed"),

    /** On the suppression list of your account; not counted. */
    ON_ACCOUNT_SUPPRESSION_LIST("OnAccountSuppressionList"),

    /** On the suppression list of your tenant; not counted. */
    ON_TENANT_SUPPRESSION_LIST("OnTenantSuppressionList"),

    /** Held back because automatic validation put the address below your threshold. */
    EMAIL_VALIDATION_SUPPRESSED("EmailValidationSuppressed"),

    /** The recipient has opted out of the contact list. AWS documents the bounce, not the word. */
    UNSUBSCRIBED_RECIPIENT("UnsubscribedRecipient"),

    /** The mailbox is full. */
    MAILBOX_FULL("MailboxFull"),

    /** The message is too large for the recipient. */
    MESSAGE_TOO_LARGE("MessageTooLarge"),

    /** The receiving server did not like what the message says. */
    CONTENT_REJECTED("ContentRejected"),

    /** The receiving server did not like an attachment. */
    ATTACHMENT_REJECTED("AttachmentRejected"),

    /** Your own limit on the time of delivery ran out. */
    CUSTOM_TIMEOUT_EXCEEDED("CustomTimeoutExceeded"),

    /** A word this version does not know, or none. */
    UNKNOWN("");

    private static final Words<BounceSubType> WORDS = new Words<>(values(), BounceSubType::word, UNKNOWN);

    private final String word;

    BounceSubType(String word) {
        this.word = word;
    }

    /** Returns the word as SES writes it; empty for {@link #UNKNOWN}. */
    public String word() {
        return word;
    }

    static BounceSubType of(@Nullable String text) {
        return WORDS.find(text);
    }
}
