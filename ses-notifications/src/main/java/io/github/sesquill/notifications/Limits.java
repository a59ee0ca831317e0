package io.github.sesquill.notifications;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.StreamReadConstraints;

/**
 * What a parser allows for, against bodies made to hurt.
 *
 * @param size of a body or a record of a batch, in characters, or bytes where it comes as bytes
 * @param depth of objects and arrays within each other
 * @param string the longest string, in characters
 * @param json makes parsers within these limits
 */
record Limits(int size, int depth, int string, JsonFactory json) {

    static final Limits DEFAULT = of(512 * 1024, 20, 300_000);

    /** Deeper JSON would need a deeper stack. */
    static final int DEEPEST = 1000;

    /** Twice the longest name of a message tag. */
    private static final int LONGEST_NAME = 512;

    /** No number SES sends has more than 13 digits. */
    private static final int LONGEST_NUMBER = 100;

    static Limits of(int size, int depth, int string) {
        JsonFactory json = new JsonFactoryBuilder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(depth)
                        .maxStringLength(string)
                        .maxNameLength(LONGEST_NAME)
                        .maxNumberLength(LONGEST_NUMBER)
                        .build())
                // The names of tags are the sender's: they do not belong among the strings of the whole JVM.
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .build();
        return new Limits(size, depth, string, json);
    }

    /** Says that a string is too long, which the parser passed because nobody asked for it. */
    String tooLong(int length) {
        return "it exceeds a limit of this parser: a string has " + length + " characters, and " + string
                + " are allowed";
    }

    NotificationFormatException tooLarge(Object name, String counted) {
        return new NotificationFormatException("Cannot read " + name + ": it has " + counted
                + ", and this parser takes " + size + "; maxDocumentSize(...) makes one that takes more.");
    }
}
