package io.github.sesquill.notifications;

import org.jspecify.annotations.Nullable;

/**
 * Says what a check of a received message found.
 *
 * <p>This enum may grow: a {@code switch} over it needs a {@code default}. A word that SES adds later is
 * {@link #UNKNOWN} until then; {@link Receipt#verdictText(String)} has it as sent.
 */
public enum Verdict {
    /** The check was passed. */
    PASS("PASS"),

    /** The check was failed. */
    FAIL("FAIL"),

    /** The check came to no conclusion: no signature, no policy. */
    GRAY("GRAY"),

    /** SES could not check. */
    PROCESSING_FAILED("PROCESSING_FAILED"),

    /** The receipt rule has no scan for it. */
    DISABLED("DISABLED"),

    /** A word this version does not know, or none. */
    UNKNOWN("");

    private static final Words<Verdict> WORDS = new Words<>(values(), Verdict::word, UNKNOWN);

    private final String word;

    Verdict(String word) {
        this.word = word;
    }

    /** Returns the word as SES writes it; empty for {@link #UNKNOWN}. */
    public String word() {
        return word;
    }

    static Verdict of(@Nullable String text) {
        return WORDS.find(text);
    }
}
