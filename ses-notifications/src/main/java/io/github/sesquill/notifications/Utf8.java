package io.github.sesquill.notifications;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/** Turns bytes into text and refuses what is not UTF-8, where {@code String} would put question marks. */
final class Utf8 {

    private Utf8() {}

    static String decode(byte[] bytes, Limits limits) {
        if (bytes.length > limits.size()) {
            throw limits.tooLarge("the body", "more than " + limits.size() + " bytes");
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        // The fast way above marks what it cannot decode with U+FFFD, which a text may also hold of right.
        if (text.indexOf('\uFFFD') >= 0) {
            requireWellFormed(ByteBuffer.wrap(bytes));
        }
        return text;
    }

    private static void requireWellFormed(ByteBuffer bytes) {
        CharBuffer text = CharBuffer.allocate(bytes.remaining());
        CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(bytes, text, true);
        if (result.isError()) {
            throw new NotificationFormatException("Cannot read the body: byte " + bytes.position()
                    + " (counted from 0) begins no character of UTF-8.");
        }
    }
}
