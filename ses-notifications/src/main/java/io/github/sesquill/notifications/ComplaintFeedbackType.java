package io.github.sesquill.notifications;

import org.jspecify.annotations.Nullable;

/**
 * Says what kind of feedback the mailbox provider reported: the IANA registry of MARF feedback types.
 *
 * <p>This enum may grow: a {@code switch} over it needs a {@code default}. A word that is registered later is
 * {@link #UNKNOWN} until then; {@link SesNotification.Complaint#feedbackTypeText()} has it as sent.
 */
public enum ComplaintFeedbackType {
    /** Spam or other abuse. */
    ABUSE("abuse"),

    /** An authentication failure report. */
    AUTH_FAILURE("auth-failure"),

    /** Fraud or phishing. */
    FRAUD("fraud"),

    /** The opposite of a complaint: the recipient says that the message is not spam. */
    NOT_SPAM("not-spam"),

    /** Anything the other registered types do not cover. */
    OTHER("other"),

    /** A virus was found in the message. */
    VIRUS("virus"),

    /** A word this version does not know. */
    UNKNOWN("");

    private static final Words<ComplaintFeedbackType> WORDS =
            new Words<>(values(), ComplaintFeedbackType::word, UNKNOWN);

    private final String word;

    ComplaintFeedbackType(String word) {
        this.word = word;
    }

    /** Returns the word as SES writes it; empty for {@link #UNKNOWN}. */
    public String word() {
        return word;
    }

    static ComplaintFeedbackType of(@Nullable String text) {
        return WORDS.find(text);
    }
}
