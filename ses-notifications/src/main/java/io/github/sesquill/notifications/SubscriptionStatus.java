package io.github.sesquill.notifications;

import org.jspecify.annotations.Nullable;

/**
 * Says whether somebody wants what a topic of a contact list sends.
 *
 * <p>This enum may grow: a {@code switch} over it needs a {@code default}. A word that SES adds later is
 * {@link #UNKNOWN} until then; {@link TopicPreferences.Topic#statusText()} has it as sent.
 */
public enum SubscriptionStatus {
    /** Wants it. */
    OPT_IN("OptIn"),

    /** Does not want it. */
    OPT_OUT("OptOut"),

    /** A word this version does not know, or none. */
    UNKNOWN("");

    private static final Words<SubscriptionStatus> WORDS = new Words<>(values(), SubscriptionStatus::word, UNKNOWN);

    private final String word;

    SubscriptionStatus(String word) {
        this.word = word;
    }

    /** Returns the word as SES writes it; empty for {@link #UNKNOWN}. */
    public String word() {
        return word;
    }

    static SubscriptionStatus of(@Nullable String text) {
        return WORDS.find(text);
    }
}
