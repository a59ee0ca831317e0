package io.github.sesquill.message;

import java.util.Locale;
import java.util.Set;

/** Which headers a caller may add, and how their names and values look. */
final class HeaderRules {

    /** Longer than any interface of SES carries on one line; a transport may allow less. */
    private static final int MAX_VALUE = 8_192;

    private static final int MAX_NAME = 126;

    /** What the builder has verbs for, and what SES writes or overwrites itself (SES Developer Guide, "Header fields"). */
    private static final Set<String> RESERVED = Set.of(
            "from",
            "to",
            "cc",
            "bcc",
            "reply-to",
            "subject",
            "return-path",
            "date",
            "message-id",
            "mime-version",
            "received",
            "dkim-signature",
            "resent-bcc");

    private static final Set<String> ONCE = Set.of(
            "sender",
            "in-reply-to",
            "references",
            "list-unsubscribe",
            "list-unsubscribe-post",
            "list-id",
            "precedence",
            "auto-submitted");

    private HeaderRules() {}

    static MessageHeader header(String name, String value) {
        checkName(name);
        if (value.length() > MAX_VALUE) {
            throw new IllegalArgumentException("The value of header '" + name + "' has " + value.length()
                    + " characters; at most " + MAX_VALUE + " are carried.");
        }
        return new MessageHeader(
                name, HeaderText.unstructured(HeaderText.checked("value of header '" + name + "'", value)));
    }

    private static void checkName(String name) {
        if (name.isEmpty() || name.length() > MAX_NAME) {
            throw new IllegalArgumentException("A header name has 1 to " + MAX_NAME + " characters, not "
                    + name.length() + ": '" + HeaderText.excerpt(name) + "'.");
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c <= ' ' || c >= 0x7f || c == ':') {
                throw new IllegalArgumentException("The header name '" + HeaderText.excerpt(name) + "' holds "
                        + HeaderText.shown(c) + "; a name is printable ASCII without spaces and colons.");
            }
        }
        checkNotReserved(name, name.toLowerCase(Locale.ROOT));
    }

    private static void checkNotReserved(String name, String lower) {
        if (RESERVED.contains(lower) || lower.startsWith("content-") || lower.startsWith("x-ses-")) {
            throw new IllegalArgumentException("The header '" + name
                    + "' is set from the message itself or by SES; use the builder's own verb for it or leave it out.");
        }
    }

    static boolean onlyOnce(String name) {
        return ONCE.contains(name.toLowerCase(Locale.ROOT));
    }
}
