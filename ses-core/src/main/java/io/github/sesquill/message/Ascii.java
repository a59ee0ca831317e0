package io.github.sesquill.message;

/** Classes of ASCII characters; those of {@link Character} take in every script. */
final class Ascii {

    /** What an atom may hold besides letters and digits (RFC 5322 section 3.2.3). */
    static final String ATOM_PUNCTUATION = "!#$%&'*+-/=?^_`{|}~";

    private Ascii() {}

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
