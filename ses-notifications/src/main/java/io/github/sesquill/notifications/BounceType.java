package io.github.sesquill.notifications;

import org.jspecify.annotations.Nullable;

/**
 * Says whether a bounce is final.
 *
 * <p>This enum may grow: a {@code switch} over it needs a {@code default}. A word that SES adds later is
 * {@link #UNKNOWN} until then; {@link SesNotification.Bounce#bounceTypeText()} has it as sent.
 */
public enum BounceType {
    /** SES could not tell from the answer whether the bounce is final. */
    UNDETERMINED("Undetermined"),

    /** A hard bounce: do not send to the address again. */
    PERMANENT("Permanent"),

    /** A soft bounce, of which SES has stopped retrying; also an automatic reply. */
    TRANSIENT("Transient"),

    /** A word this version does not know, or none. */
    UNKNOWN("");

    private static final Words<BounceType> WORDS = new Words<>(values(), BounceType::word, UNKNOWN);

    private final String word;

    BounceType(String word) {
        this.word = word;
    }

    /** Returns the word as SES writes it; empty for {@link #UNKNOWN}. */
    public String word() {
        return word;
    }

    static BounceType of(@Nullable String text) {
        return WORDS.find(text);
    }
}
