package io.github.sesquill.message;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * Raw MIME, looked at no further than its header section: a header that hides a recipient or a line break in it is
 * refused, everything else is the caller's.
 */
final class RawContent implements MessageContent.Raw {

    /** Longer than any header section that a mail server takes. */
    private static final int MAX_HEADER_SECTION = 128 * 1024;

    private final byte[] bytes;

    RawContent(byte[] bytes) {
        this.bytes = bytes.clone();
        checkHeaderSection();
    }

    @Override
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public int size() {
        return bytes.length;
    }

    private void checkHeaderSection() {
        boolean crlf = usesCrlf();
        int start = 0;
        while (start < bytes.length) {
            int end = endOfLine(start, crlf);
            if (end == start) {
                return;
            }
            checkLine(start, end);
            start = end + (crlf ? 2 : 1);
            if (start > MAX_HEADER_SECTION) {
                throw refused("its header section is longer than " + MAX_HEADER_SECTION + " bytes");
            }
        }
        if (bytes.length == 0) {
            throw refused("it is empty");
        }
    }

    /** Lines end in CRLF or all in LF; what ends the first one decides, and the other kind is then refused. */
    private boolean usesCrlf() {
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                return i > 0 && bytes[i - 1] == '\r';
            }
        }
        return true;
    }

    private int endOfLine(int from, boolean crlf) {
        for (int i = from; i < bytes.length; i++) {
            if (bytes[i] == '\r') {
                if (!crlf || i + 1 == bytes.length || bytes[i + 1] != '\n') {
                    throw refused("a header holds a bare CR at byte " + (i + 1));
                }
                return i;
            }
            if (bytes[i] == '\n') {
                if (crlf) {
                    throw refused("a header holds a bare LF at byte " + (i + 1));
                }
                return i;
            }
            if (bytes[i] == 0) {
                throw refused("a header holds a NUL at byte " + (i + 1));
            }
        }
        return bytes.length;
    }

    private void checkLine(int from, int to) {
        if (bytes[from] == ' ' || bytes[from] == '\t') {
            if (from == 0) {
                throw refused("its first line is a continuation");
            }
            return;
        }
        int colon = from;
        while (colon < to && bytes[colon] > ' ' && bytes[colon] < 0x7f && bytes[colon] != ':') {
            colon++;
        }
        if (colon == to || colon == from || bytes[colon] != ':') {
            throw refused("the line at byte " + (from + 1) + " is neither a header nor a continuation");
        }
        String name = new String(bytes, from, colon - from, StandardCharsets.US_ASCII).toLowerCase(Locale.ROOT);
        if (name.equals("bcc") || name.equals("resent-bcc")) {
            throw refused(
                    "it has a Bcc header, which every recipient would see; give hidden recipients to the builder");
        }
    }

    private static IllegalArgumentException refused(String why) {
        return new IllegalArgumentException("The raw message cannot be sent: " + why + '.');
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RawContent that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "Raw[" + bytes.length + " bytes]";
    }
}
