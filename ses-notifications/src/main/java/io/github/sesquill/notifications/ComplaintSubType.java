package io.github.sesquill.notifications;

import org.jspecify.annotations.Nullable;

/**
 * Says which list made SES report a complaint without having sent the message.
 *
 * <p>This enum may grow: a {@code switch} over it needs a {@code default}. A word that SES adds later is
 * {@link #UNKNOWN} until then; {@link SesNotification.Complaint#complaintSubTypeText()} has it as sent.
 */
public enum ComplaintSubType {
    /** On the suppression list of your account: SES accepted the message and did not send it. */
    ON_ACCOUNT_SUPPRESSION_LIST("OnAccountSuppressionList"),

    /** On the suppression list of your tenant: SES accepted the message and did not send it. */
    ON_TENANT_SUPPRESSION_LIST("OnTenantSuppressionList"),

    /** A word this version does not know. */
    UNKNOWN("");

    private static final Words<ComplaintSubType> WORDS = new Words<>(values(), ComplaintSubType::word, UNKNOWN);

    private final String word;

    ComplaintSubType(String word) {
        this.word = word;
    }

    /** Returns the word as SES writes it; empty for {@link #UNKNOWN}. */
    public String word() {
        return word;
    }

    static ComplaintSubType of(@Nullable String text) {
        return WORDS.find(text);
    }
}
