package io.github.sesquill.message;

import java.util.ArrayList;
import java.util.List;

/** What the text of a body must hold to, and what its HTML refers to. */
final class BodyText {

    private BodyText() {}

    /** Refuses what no charset of a mail can carry, rather than let it turn into question marks. */
    static void check(String which, String body) {
        for (int i = 0; i < body.length(); i++) {
            char c = body.charAt(i);
            if (c == 0) {
                throw new IllegalArgumentException("The " + which + " body holds a NUL at position " + (i + 1)
                        + ", which mail cannot carry (RFC 5322 section 3.5). Leave it out.");
            }
            if (Character.isSurrogate(c)) {
                if (body.codePointAt(i) < Character.MIN_SUPPLEMENTARY_CODE_POINT) {
                    throw new IllegalArgumentException(
                            "The " + which + " body holds half of a surrogate pair at position " + (i + 1)
                                    + "; text must be well-formed Unicode.");
                }
                i++;
            }
        }
    }

    /** Finds the Content-IDs that HTML shows: what follows {@code cid:} where an attribute or a style begins. */
    static List<String> contentIds(String html) {
        List<String> ids = new ArrayList<>();
        for (int at = html.indexOf("cid:"); at >= 0; at = html.indexOf("cid:", at + 4)) {
            if (at > 0 && "\"'(=".indexOf(html.charAt(at - 1)) >= 0) {
                int end = at + 4;
                while (end < html.length() && "\"')> \t\r\n".indexOf(html.charAt(end)) < 0) {
                    end++;
                }
                ids.add(percentDecoded(html.substring(at + 4, end)));
            }
        }
        return ids;
    }

    /** A cid URL percent-encodes what a URL cannot hold (RFC 2392 section 2). */
    private static String percentDecoded(String id) {
        StringBuilder decoded = new StringBuilder(id.length());
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            if (c == '%' && i + 2 < id.length() && isHex(id.charAt(i + 1)) && isHex(id.charAt(i + 2))) {
                decoded.append((char) Integer.parseInt(id, i + 1, i + 3, 16));
                i += 2;
            } else {
                decoded.append(c);
            }
        }
        return decoded.toString();
    }

    private static boolean isHex(char c) {
        return Character.digit(c, 16) >= 0 && c < 0x80;
    }
}
