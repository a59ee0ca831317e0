package io.github.sesquill.smtp;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the server said: a code and one or more lines of text (RFC 5321 section 4.2). */
record Reply(int code, List<String> lines) {

    private static final Pattern ENHANCED = Pattern.compile("^([245]\\.\\d{1,3}\\.\\d{1,3})( |$)");
    private static final int MAX_TEXT = 1_000;

    boolean isTemporary() {
        return code >= 400 && code < 500;
    }

    boolean isPermanent() {
        return code >= 500 && code < 600;
    }

    /** The server takes leave, whatever it was asked (RFC 5321 section 3.8). */
    boolean isLeaving() {
        return code == 421;
    }

    /** Returns the code, and the enhanced status code after it if there is one (RFC 2034). */
    String codes() {
        Matcher enhanced = ENHANCED.matcher(lines.get(0));
        return enhanced.find() ? code + " " + enhanced.group(1) : String.valueOf(code);
    }

    /** Returns the text on one line, cut to what an outcome should hold. */
    String text() {
        String text = String.join(" ", lines);
        return text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) + "…" : text;
    }

    /** Returns code and text, for a sentence. */
    String quoted() {
        return ("'" + code + " " + text()).stripTrailing() + "'";
    }
}
