package io.github.sesquill.message;

import java.util.function.IntPredicate;

/** Classes of ASCII characters; those of {@link Character} take in every script. */
final class Ascii {

    /** What an atom may hold besides letters and digits (RFC 5322 section 3.2.3). */
    static final String ATOM_PUNCTUATION = "!#$%&'*+-/=?^_`{|}~";

    private Ascii() {}

    /** Tells whether all characters are of a class, in a plain loop: a stream for each of them costs more than the text. */
    static boolean all(String text, IntPredicate isOfClass) {
        for (int i = 0; i < text.length(); i++) {
            if (!isOfClass.test(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    static boolean isLetterOrDigit(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || isDigit(c);
    }

    static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    static boolean isAtom(int c) {
        return isLetterOrDigit(c) || ATOM_PUNCTUATION.indexOf(c) >= 0;
    }
}
