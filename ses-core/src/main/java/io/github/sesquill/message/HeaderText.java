package io.github.sesquill.message;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Text in header positions: what is refused, and how the rest is written in ASCII.
 *
 * <p>Escaped by position and never stripped: control characters, lone surrogates and noncharacters are refused, because
 * a header cannot carry them; anything else that is not plain ASCII becomes encoded words (RFC 2047). Text that only
 * looks like an encoded word is encoded too, so that it is read back as it was written.
 */
final class HeaderText {

    /** 39 bytes make 52 characters of base64: with {@code Reply-To: =?UTF-8?B?…?=} a line stays under the 76 of RFC 2047. */
    private static final int BYTES_PER_WORD = 39;

    private static final int EXCERPT = 60;

    /** A line carries 998 characters with its name (RFC 5322 section 2.1.1). */
    private static final int MAX_WORD = 900;

    private HeaderText() {}

    /**
     * Returns a value that one header line can carry.
     *
     * @throws IllegalArgumentException naming the field and the first character that it cannot carry
     */
    static String checked(String field, String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (Character.isISOControl(c)) {
                throw refused(field, value, i, "control characters and line breaks");
            }
            if (Character.isSurrogate(c)) {
                i = afterPair(field, value, i);
            } else if (isNoncharacter(c)) {
                throw refused(field, value, i, "noncharacters of Unicode");
            }
        }
        return value;
    }

    private static int afterPair(String field, String value, int at) {
        int codePoint = value.codePointAt(at);
        if (codePoint < Character.MIN_SUPPLEMENTARY_CODE_POINT) {
            throw refused(field, value, at, "half of a surrogate pair");
        }
        if (isNoncharacter(codePoint)) {
            throw refused(field, value, at, "noncharacters of Unicode");
        }
        return at + 1;
    }

    private static boolean isNoncharacter(int codePoint) {
        return (codePoint & 0xfffe) == 0xfffe || (codePoint >= 0xfdd0 && codePoint <= 0xfdef);
    }

    private static IllegalArgumentException refused(String field, String value, int at, String what) {
        return new IllegalArgumentException(
                "The " + field + " '" + excerpt(value) + "' holds " + shown(value.charAt(at)) + " at position "
                        + (at + 1) + "; a header cannot carry " + what + ". Leave it out.");
    }

    /** Writes a display name: bare if it is made of atoms, else quoted (RFC 5322 section 3.2.4) or in encoded words. */
    static String phrase(String name) {
        if (mustBeEncoded(name)) {
            return encodedWords(name);
        }
        return isAtoms(name) ? name : '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** Writes an unstructured value, such as that of a custom header. */
    static String unstructured(String value) {
        return mustBeEncoded(value) || !value.equals(value.strip()) ? encodedWords(value) : value;
    }

    /** Writes a subject; one without spaces to break its line at becomes encoded words, which have them. */
    static String subject(String subject) {
        return longestWord(subject) > MAX_WORD ? encodedWords(subject) : unstructured(subject);
    }

    private static int longestWord(String text) {
        int longest = 0;
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i == text.length() || text.charAt(i) == ' ') {
                longest = Math.max(longest, i - start);
                start = i;
            }
        }
        return longest;
    }

    private static boolean mustBeEncoded(String text) {
        return !Ascii.all(text, c -> c < 0x7f) || text.contains("=?");
    }

    private static boolean isAtoms(String name) {
        char before = ' ';
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == ' ' ? before == ' ' : !Ascii.isAtom(c)) {
                return false;
            }
            before = c;
        }
        return before != ' ';
    }

    private static String encodedWords(String text) {
        StringBuilder words = new StringBuilder(text.length() * 2);
        int from = 0;
        int bytes = 0;
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int more = utf8Length(text.codePointAt(i));
            if (bytes + more > BYTES_PER_WORD) {
                appendWord(words, text.substring(from, i));
                from = i;
                bytes = 0;
            }
            bytes += more;
        }
        return appendWord(words, text.substring(from)).toString();
    }

    private static StringBuilder appendWord(StringBuilder words, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return words.append(words.isEmpty() ? "" : " ")
                .append("=?UTF-8?B?")
                .append(Base64.getEncoder().encodeToString(bytes))
                .append("?=");
    }

    private static int utf8Length(int codePoint) {
        return codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
    }

    /** Names a character so that it can stand in a sentence: itself if it is visible ASCII, else its code point. */
    static String shown(char c) {
        return c > ' ' && c < 0x7f ? "'" + c + "'" : String.format("U+%04X", (int) c);
    }

    /** Shortens a value for a sentence, with everything that could break a log line escaped. */
    static String excerpt(String value) {
        StringBuilder shown = new StringBuilder(EXCERPT + 8);
        for (int i = 0; i < value.length() && i < EXCERPT; i++) {
            char c = value.charAt(i);
            boolean plain = !Character.isISOControl(c)
                    && !Character.isSurrogate(c)
                    && Character.getType(c) != Character.FORMAT
                    && Character.getType(c) != Character.LINE_SEPARATOR
                    && Character.getType(c) != Character.PARAGRAPH_SEPARATOR;
            shown.append(plain ? String.valueOf(c) : String.format("\\u%04x", (int) c));
        }
        return value.length() > EXCERPT
                ? shown.append("… (")
                        .append(value.length())
                        .append(" characters)")
                        .toString()
                : shown.toString();
    }
}
