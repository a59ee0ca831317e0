package io.github.sesquill.message;

import java.net.IDN;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads one mailbox in a single pass, without regular expressions, so that hostile text costs no more than its length. */
final class AddressSyntax {

    private static final int MAX_INPUT = 1_000;
    private static final int MAX_NAME = 256;
    private static final int MAX_LOCAL_PART = 64;
    private static final int MAX_ADDRESS = 254;
    private static final int MAX_LABEL = 63;
    private static final String NEVER_UNQUOTED_IN_A_NAME = "<>@:;()\"\\";

    private AddressSyntax() {}

    static EmailAddress read(String text) {
        if (text.length() > MAX_INPUT) {
            throw refused(
                    text, "it has " + text.length() + " characters; an address with its name has at most " + MAX_INPUT);
        }
        int open = text.lastIndexOf('<');
        if (open < 0) {
            return addressOf(null, text);
        }
        if (!text.endsWith(">")) {
            throw refused(text, "'<' must be closed by '>' at the very end");
        }
        String bare = text.substring(open + 1, text.length() - 1);
        return addressOf(name(text, text.substring(0, open).stripTrailing()), bare);
    }

    static EmailAddress addressOf(@Nullable String name, String bare) {
        int at = bare.indexOf('@');
        if (at < 0 || at != bare.lastIndexOf('@')) {
            throw refused(bare, "it must have exactly one '@' (a quoted '@' is not accepted either)");
        }
        String local = bare.substring(0, at);
        checkLocalPart(bare, local);
        String written = bare.substring(at + 1);
        String domain = domain(bare, written);
        if (at + 1 + domain.length() > MAX_ADDRESS) {
            throw refused(bare, "it is longer than " + MAX_ADDRESS + " characters");
        }
        return EmailAddress.ofChecked(name, domain.equals(written) ? bare : local + '@' + domain, at);
    }

    private static @Nullable String name(String text, String written) {
        if (written.isEmpty()) {
            return null;
        }
        if (written.charAt(0) == '"') {
            return displayName(unquoted(text, written));
        }
        for (int i = 0; i < written.length(); i++) {
            if (NEVER_UNQUOTED_IN_A_NAME.indexOf(written.charAt(i)) >= 0) {
                throw refused(
                        text,
                        "a name with '" + written.charAt(i) + "' must be in double quotes,"
                                + " or given apart with EmailAddress.of(name, address)");
            }
        }
        if (Character.isWhitespace(written.charAt(0))) {
            throw refused(text, "it begins with a space");
        }
        return displayName(written);
    }

    /** Checks a display name; an empty one would be dropped on the way, so it must be left out instead. */
    static String displayName(String name) {
        if (name.isEmpty() || name.length() > MAX_NAME) {
            throw new IllegalArgumentException("A display name has 1 to " + MAX_NAME + " characters, not "
                    + name.length() + "; leave an empty one out.");
        }
        return HeaderText.checked("display name", name);
    }

    private static String unquoted(String text, String written) {
        StringBuilder name = new StringBuilder(written.length());
        for (int i = 1; i < written.length(); i++) {
            char c = written.charAt(i);
            if (c == '"') {
                if (i != written.length() - 1) {
                    throw refused(text, "there is text between the quoted name and '<'");
                }
                return name.toString();
            }
            if (c == '\\' && ++i < written.length()) {
                c = written.charAt(i);
            }
            name.append(c);
        }
        throw refused(text, "the quoted name is not closed");
    }

    private static void checkLocalPart(String address, String local) {
        if (local.isEmpty() || local.length() > MAX_LOCAL_PART) {
            throw refused(address, "1 to " + MAX_LOCAL_PART + " characters must stand before the '@'");
        }
        char before = '.';
        for (int i = 0; i < local.length(); i++) {
            char c = local.charAt(i);
            if (c > 0x7e) {
                throw refused(address, "only ASCII may stand before the '@', for SES does not offer SMTPUTF8");
            }
            if (c == '.' ? before == '.' : !Ascii.isAtom(c)) {
                throw refused(
                        address, HeaderText.shown(c) + " cannot stand at position " + (i + 1) + " before the '@'");
            }
            before = c;
        }
        if (before == '.') {
            throw refused(address, "a '.' cannot stand right before the '@'");
        }
        int word = local.indexOf("=?");
        if (word >= 0 && local.indexOf("?=", word + 2) > 0) {
            throw refused(
                    address, "an encoded word stands before the '@', which some readers decode into another address");
        }
    }

    private static String domain(String address, String written) {
        String domain = isAscii(written) ? written : aLabels(address, written);
        if (domain.indexOf('.') < 0) {
            throw refused(address, "the domain must have at least two labels, such as example.com");
        }
        int start = 0;
        for (int dot = domain.indexOf('.'); dot >= 0; dot = domain.indexOf('.', start)) {
            checkLabel(address, domain, start, dot);
            start = dot + 1;
        }
        checkLabel(address, domain, start, domain.length());
        if (isNumber(domain, start)) {
            throw refused(address, "the last label of the domain is a number; IP addresses are not accepted");
        }
        return domain;
    }

    private static boolean isNumber(String domain, int from) {
        for (int i = from; i < domain.length(); i++) {
            if (!Ascii.isDigit(domain.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static void checkLabel(String address, String domain, int start, int end) {
        if (start == end || end - start > MAX_LABEL) {
            throw refused(address, "each label of the domain has 1 to " + MAX_LABEL + " characters");
        }
        if (domain.charAt(start) == '-' || domain.charAt(end - 1) == '-') {
            String label = HeaderText.excerpt(domain.substring(start, end));
            throw refused(address, "the label '" + label + "' of the domain begins or ends with '-'");
        }
        for (int i = start; i < end; i++) {
            if (!Ascii.isLetterOrDigit(domain.charAt(i)) && domain.charAt(i) != '-') {
                throw refused(address, HeaderText.shown(domain.charAt(i)) + " cannot stand in a domain");
            }
        }
    }

    /** Converts by IDNA 2003, which maps some characters to others; a domain that would not come back is refused. */
    private static String aLabels(String address, String written) {
        String ascii;
        try {
            ascii = IDN.toASCII(written, IDN.USE_STD3_ASCII_RULES);
        } catch (IllegalArgumentException e) {
            throw refused(address, "its domain is not a valid international domain name");
        }
        if (!IDN.toUnicode(ascii).equals(written)) {
            throw refused(
                    address,
                    "its domain would become " + HeaderText.excerpt(ascii.toLowerCase(Locale.ROOT))
                            + ", which reads differently; write the domain you mean in lower case or as A-labels (xn--…)");
        }
        return ascii;
    }

    private static boolean isAscii(String text) {
        return Ascii.all(text, c -> c < 0x80);
    }

    private static IllegalArgumentException refused(String text, String why) {
        return new IllegalArgumentException(
                "'" + HeaderText.excerpt(text) + "' is not an address that SES can deliver to: " + why + '.');
    }
}
