package io.github.sesquill.test;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads encoded words (RFC 2047), so that a header can be compared with what was meant. */
final class EncodedWords {

    private static final Pattern BETWEEN = Pattern.compile("(?<=\\?=)\\s+(?==\\?)");
    private static final Pattern WORD = Pattern.compile("=\\?([^?*]+)(?:\\*[^?]*)?\\?([bBqQ])\\?([^?]*)\\?=");

    private EncodedWords() {}

    /** Returns the text that a header value means; a word that cannot be read stays as it is. */
    static String decoded(String value) {
        Matcher words = WORD.matcher(BETWEEN.matcher(value).replaceAll(""));
        StringBuilder text = new StringBuilder();
        while (words.find()) {
            words.appendReplacement(text, Matcher.quoteReplacement(word(words)));
        }
        return words.appendTail(text).toString();
    }

    private static String word(Matcher word) {
        try {
            byte[] bytes = word.group(2).equalsIgnoreCase("b")
                    ? Base64.getDecoder().decode(word.group(3))
                    : quoted(word.group(3));
            return new String(bytes, Charset.forName(word.group(1)));
        } catch (IllegalArgumentException e) {
            return word.group();
        }
    }

    private static byte[] quoted(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '=' && i + 2 < text.length()) {
                bytes.write(Integer.parseInt(text, i + 1, i + 3, 16));
                i += 2;
            } else {
                bytes.writeBytes(String.valueOf(c == '_' ? ' ' : c).getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toByteArray();
    }
}
