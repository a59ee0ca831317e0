package io.github.sesquill.examples;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads a display name as a mail program does, knowing nothing of how the library writes it. */
final class HeaderName {

    private static final Pattern ENCODED_WORD = Pattern.compile("=\\?UTF-8\\?B\\?([^?]*)\\?=");

    private HeaderName() {}

    /** Returns the name before the angle bracket: encoded words (RFC 2047), quoted, or as it is. */
    static String decoded(String header) {
        String name = header.substring(0, header.lastIndexOf('<')).strip();
        if (name.startsWith("=?")) {
            return ENCODED_WORD.matcher(name).results().map(HeaderName::word).collect(Collectors.joining());
        }
        return name.startsWith("\"") ? name.substring(1, name.length() - 1).replaceAll("\\\\(.)", "$1") : name;
    }

    private static String word(MatchResult encoded) {
        return new String(Base64.getDecoder().decode(encoded.group(1)), StandardCharsets.UTF_8);
    }
}
