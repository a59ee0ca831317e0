package io.github.sesquill.notifications;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;

/** Turns bytes into text and refuses what is not UTF-8, where {@code String} would put question marks. */
final class Utf8 {

    private Utf8() {}

    static String decode(byte[] bytes, Limits limits) {
        if (bytes.length > limits.size()) {
            throw limits.tooLarge("the body", "more than " + limits.size() + " bytes");
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (isDoubtful(text)) {
            ByteBuffer source = ByteBuffer.wrap(bytes);
            if (!isWellFormed(source, CharBuffer.allocate(bytes.length), true)) {
                throw new NotificationFormatException("Cannot read the body: byte " + source.position()
                        + " (counted from 0) begins no character of UTF-8.");
            }
        }
        return text;
    }

    /** Decodes a part of a batch. */
    static String decode(TextLayer layer, byte[] bytes, int start, int end) {
        String text = new String(bytes, start, end - start, StandardCharsets.UTF_8);
        if (isDoubtful(text)) {
            requireWellFormed(layer, bytes, start, end);
        }
        return text;
    }

    /** Refuses bytes that are no UTF-8, be it that a last character is not all there. */
    static void requireWellFormed(TextLayer layer, byte[] bytes, int start, int end) {
        CharBuffer text = CharBuffer.allocate(end - start);
        if (!isWellFormed(ByteBuffer.wrap(bytes, start, end - start), text, false)) {
            int at = text.position();
            throw layer.refusal("there are bytes that are no UTF-8", text.flip().toString(), at);
        }
    }

    /** Tells what may hold the mark for what cannot be decoded, which a text may also hold of right. */
    private static boolean isDoubtful(String text) {
        return text.indexOf('\uFFFD') >= 0;
    }

    private static boolean isWellFormed(ByteBuffer bytes, CharBuffer text, boolean whole) {
        return !StandardCharsets.UTF_8.newDecoder().decode(bytes, text, whole).isError();
    }

    /** Counts the characters of well-formed bytes as {@code String} does, where those beyond the first plane are two. */
    static int characters(byte[] bytes, int start, int end) {
        int characters = 0;
        for (int at = start; at < end; at++) {
            // Of the bytes of a character, the first alone does not begin with the bits 10.
            characters += (bytes[at] & 0xC0) == 0x80 ? 0 : (bytes[at] & 0xF8) == 0xF0 ? 2 : 1;
        }
        return characters;
    }
}
