package io.github.sesquill.mime;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** A parameter of a Content header whose value may be in any script: a file name. */
final class MimeParameter {

    private static final String HEX = "0123456789ABCDEF";

    /** What RFC 2231 section 7 leaves as it is. */
    private static final String PLAIN_PUNCTUATION = "!#$&+-.^_`{|}~";

    private static final int SECTION = 60;
    private static final int LONGEST = 900;
    private static final int BYTES_PER_WORD = 39;

    private MimeParameter() {}

    /** Writes it as RFC 2231 has it, in sections if it is long: {@code filename*=UTF-8''na%C3%AFve.pdf}. */
    static List<String> extended(String name, String value) {
        if (isPlain(value)) {
            return List.of(name + "=" + quoted(value));
        }
        String encoded = percentEncoded(value);
        return encoded.length() <= SECTION ? List.of(name + "*=UTF-8''" + encoded) : sections(name, value);
    }

    /** Not every reader joins the sections before it decodes them, so none ends within a character. */
    private static List<String> sections(String name, String value) {
        List<String> sections = new ArrayList<>();
        StringBuilder section = new StringBuilder("UTF-8''");
        for (int i = 0; i < value.length(); i += Character.charCount(value.codePointAt(i))) {
            String encoded = percentEncoded(Character.toString(value.codePointAt(i)));
            if (section.length() + encoded.length() > SECTION) {
                sections.add(name + '*' + sections.size() + "*=" + section);
                section.setLength(0);
            }
            section.append(encoded);
        }
        sections.add(name + '*' + sections.size() + "*=" + section);
        return sections;
    }

    /**
     * Writes it as readers that know no RFC 2231 want it: in encoded words within quotes, which no RFC allows. A name so
     * long that it does not go on one line is left to those who do know it.
     */
    static List<String> encodedWords(String name, String value) {
        String parameter = name + "=" + (isPlain(value) ? quoted(value) : '"' + words(value) + '"');
        return parameter.length() < LONGEST ? List.of(parameter) : List.of();
    }

    private static boolean isPlain(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) >= 0x7f) {
                return false;
            }
        }
        // Not every reader keeps spaces at the ends of what stands in quotes, and two apostrophes look like RFC 2231 to
        // one.
        boolean looksExtended = value.indexOf('\'') != value.lastIndexOf('\'');
        return !value.contains("=?") && value.equals(value.strip()) && !looksExtended;
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
