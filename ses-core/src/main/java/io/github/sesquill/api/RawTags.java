package io.github.sesquill.api;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The message tags that raw MIME brings in its own header, {@code name=value, name2=value2}. The API's tags replace the
 * header's (SES Developer Guide, "X-SES-MESSAGE-TAGS"), and every message has one tag of ours, so they must be joined.
 */
final class RawTags {

    private static final String HEADER = "x-ses-message-tags:";
    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_:-]{1,256}=[A-Za-z0-9_-]{1,256}");

    private RawTags() {}

    /**
     * Finds the tags, by name.
     *
     * @throws UnsendableException if the header is not of its form, for SES would lose the tags without a word
     */
    static Map<String, String> of(byte[] mime) throws UnsendableException {
        Map<String, String> tags = new LinkedHashMap<>();
        int start = 0;
        while (!isBlank(mime, start)) {
            int end = endOfField(mime, start);
            if (startsWithHeader(mime, start)) {
                String value =
                        new String(mime, start, end - start, StandardCharsets.ISO_8859_1).substring(HEADER.length());
                addAll(value, tags);
            }
            start = end;
        }
        return tags;
    }

    /** Finds where the next field begins: after a line break that no white space follows (RFC 5322 section 2.2.3). */
    private static int endOfField(byte[] mime, int from) {
        for (int i = from; i < mime.length - 1; i++) {
            if (mime[i] == '\n' && mime[i + 1] != ' ' && mime[i + 1] != '\t') {
                return i + 1;
            }
        }
        return mime.length;
    }

    private static boolean isBlank(byte[] mime, int at) {
        return at >= mime.length || mime[at] == '\n' || mime[at] == '\r';
    }

    private static boolean startsWithHeader(byte[] mime, int start) {
        int end = start + HEADER.length();
        return end <= mime.length
                && new String(mime, start, HEADER.length(), StandardCharsets.ISO_8859_1)
                        .toLowerCase(Locale.ROOT)
                        .equals(HEADER);
    }

    private static void addAll(String list, Map<String, String> tags) throws UnsendableException {
        for (String one : list.split(",", -1)) {
            String tag = one.strip();
            if (!TAG.matcher(tag).matches()) {
                throw new UnsendableException("The raw message's header X-SES-MESSAGE-TAGS says '" + tag
                        + "'; write name=value, name2=value2 with ASCII letters, digits, '_' and '-'.");
            }
            int equals = tag.indexOf('=');
            tags.put(tag.substring(0, equals), tag.substring(equals + 1));
        }
    }
}
