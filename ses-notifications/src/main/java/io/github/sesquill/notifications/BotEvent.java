package io.github.sesquill.notifications;

import org.jspecify.annotations.Nullable;

/**
 * Says whether SES takes an open or a click for the work of a machine: a proxy, a scanner, a prefetcher.
 *
 * <p>This enum may grow: a {@code switch} over it needs a {@code default}. A word that SES adds later is
 * {@link #UNKNOWN} until then; {@link SesNotification.Open#botEventText()} has it as sent.
 */
public enum BotEvent {
    /** Probably a machine. */
    LIKELY("Likely"),

    /** Probably a person. */
    UNLIKELY("Unlikely"),

    /** A word this version does not know, or none. */
    UNKNOWN("");

    private static final Words<BotEvent> WORDS = new Words<>(values(), BotEvent::word, UNKNOWN);

    private final String word;

    BotEvent(String word) {
        this.word = word;
    }

    /** Returns the word as SES writes it; empty for {@link #UNKNOWN}. */
    public String word() {
        return word;
    }

    static BotEvent of(@Nullable String text) {
        return WORDS.find(text);
    }
}
