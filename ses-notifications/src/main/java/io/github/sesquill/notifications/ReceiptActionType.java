package io.github.sesquill.notifications;

import org.jspecify.annotations.Nullable;

/**
 * Says what a receipt rule did with a received message.
 *
 * <p>This enum may grow: a {@code switch} over it needs a {@code default}. A word that SES adds later is
 * {@link #UNKNOWN} until then; {@link ReceiptAction#typeText()} has it as sent.
 */
public enum ReceiptActionType {
    /** Stored it in a bucket. */
    S3("S3"),

    /** Published it with its content. */
    SNS("SNS"),

    /** Called a function. */
    LAMBDA("Lambda"),

    /** Sent it back. */
    BOUNCE("Bounce"),

    /** Ended the rule set. */
    STOP("Stop"),

    /** Handed it to WorkMail. */
    WORKMAIL("WorkMail"),

    /** Added a header. */
    ADD_HEADER("AddHeader"),

    /** Handed it to Amazon Connect. */
    CONNECT("Connect"),

    /** A word this version does not know, or none. */
    UNKNOWN("");

    private static final Words<ReceiptActionType> WORDS = new Words<>(values(), ReceiptActionType::word, UNKNOWN);

    private final String word;

    ReceiptActionType(String word) {
        this.word = word;
    }

    /** Returns the word as SES writes it; empty for {@link #UNKNOWN}. */
    public String word() {
        return word;
    }

    static ReceiptActionType of(@Nullable String text) {
        return WORDS.find(text);
    }
}
