package io.github.sesquill.mime;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A parameter of a Content header whose value may be in any script: a file name. */
final class MimeParameter {

    private static final String HEX = "0123456789ABCDEF";

    /** What RFC 2231 section 7 leaves as it is. */
    private static final String PLAIN_PUNCTUATION = "!#$&+-.^_`{|}~";

    private static final int SECTION = 60;
    private static final int BYTES_PER_WORD = 39;

    private MimeParameter() {}

    /** Writes it as RFC 2231 has it, in sections if it is long: {@code ; filename*=UTF-8''na%C3%AFve.pdf}. */
    static String extended(String name, String value) {
        if (isAscii(value)) {
            return "; " + name + "=" + quoted(value);
        }
        String encoded = percentEncoded(value);
        if (encoded.length() <= SECTION) {
            return "; " + name + "*=UTF-8''" + encoded;
        }
        StringBuilder sections = new StringBuilder(encoded.length() + 64);
        int from = 0;
        for (int section = 0; from < encoded.length(); section++) {
            int to = Math.min(encoded.length(), from + SECTION);
            // A percent sign and its two digits stay together.
            int percent = encoded.lastIndexOf('%', to - 1);
            to = to < encoded.length() && percent > to - 3 ? percent : to;
            sections.append("; ").append(name).append('*').append(section).append("*=");
            sections.append(section == 0 ? "UTF-8''" : "").append(encoded, from, to);
            from = to;
        }
        return sections.toString();
    }

    /** Writes it as readers that know no RFC 2231 want it: in encoded words within quotes, which no RFC allows. */
    static String encodedWords(String name, String value) {
        return "; " + name + "=" + (isAscii(value) ? quoted(value) : '"' + words(value) + '"');
    }

    private static boolean isAscii(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) >= 0x7f) {
                return false;
            }
        }
        return !value.contains("=?");
    }

    private static String quoted(String value) {
        boolean plain = value.indexOf('"') < 0 && value.indexOf('\\') < 0;
        return '"' + (plain ? value : value.replace("\\", "\\\\").replace("\"", "\\\"")) + '"';
    }

    private static String percentEncoded(String value) {
        StringBuilder encoded = new StringBuilder(value.length() * 4);
        for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
            if ((b >= 'a' && b <= 'z')
                    || (b >= 'A' && b <= 'Z')
                    || (b >= '0' && b <= '9')
                    || PLAIN_PUNCTUATION.indexOf(b) >= 0) {
                encoded.append((char) b);
            } else {
                encoded.append('%').append(HEX.charAt((b >> 4) & 15)).append(HEX.charAt(b & 15));
            }
        }
        return encoded.toString();
    }

    private static String words(String value) {
        StringBuilder words = new StringBuilder(value.length() * 4);
        int from = 0;
        while (from < value.length()) {
            int to = from;
            int bytes = 0;
            while (to < value.length()) {
                int codePoint = value.codePointAt(to);
                bytes += codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
                if (bytes > BYTES_PER_WORD) {
                    break;
                }
                to += Character.charCount(codePoint);
            }
            byte[] word = value.substring(from, to).getBytes(StandardCharsets.UTF_8);
            words.append(from == 0 ? "=?UTF-8?B?" : " =?UTF-8?B?")
                    .append(Base64.getEncoder().encodeToString(word))
                    .append("?=");
            from = to;
        }
        return words.toString();
    }
}
