package io.github.sesquill.notifications;

/**
 * Finds the bare address in what SES calls an address, which may be a header's {@code Jane Doe <jane@example.com>}.
 *
 * <p>Lenient and linear: angle brackets outside quotes win, the last pair if there are several; comments go; whatever
 * cannot be taken apart is given back trimmed.
 */
final class AddressText {

    private AddressText() {}

    static String bare(String original) {
        if (original.indexOf('<') < 0 && original.indexOf('(') < 0) {
            return original.strip();
        }
        Brackets found = Brackets.in(original, true);
        if (found.quoteOpen || found.comments > 0) {
            // A name with one stray quote or parenthesis would otherwise swallow the address.
            found = Brackets.in(original, false);
        }
        String address = found.last(original);
        if (address.isEmpty()) {
            address = found.outside.toString().strip();
        }
        // Whatever was found, it is not to be worse than what was given.
        return address.indexOf('@') < 0 ? original.strip() : address;
    }

    /** What one walk over the text finds: the last pair of angle brackets, and the text without comments. */
    private static final class Brackets {
        private final StringBuilder outside = new StringBuilder();
        private int open = -1;
        private int close = -1;
        private int comments;
        private boolean quoteOpen;

        static Brackets in(String text, boolean grammar) {
            Brackets found = new Brackets();
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c == '\\' && i + 1 < text.length() && (found.quoteOpen || found.comments > 0)) {
                    found.keep(c);
                    found.keep(text.charAt(++i));
                } else {
                    found.step(c, i, grammar);
                }
            }
            return found;
        }

        private void step(char c, int at, boolean grammar) {
            if (grammar && c == '"' && comments == 0) {
                quoteOpen = !quoteOpen;
                keep(c);
            } else if (quoteOpen) {
                keep(c);
            } else if (grammar && c == '(') {
                comments++;
            } else if (c == ')' && comments > 0) {
                comments--;
            } else if (comments == 0) {
                bracket(c, at);
                keep(c);
            }
        }

        private void bracket(char c, int at) {
            if (c == '<') {
                open = at;
                close = -1;
            } else if (c == '>' && close < 0) {
                close = at;
            }
        }

        private void keep(char c) {
            if (comments == 0) {
                outside.append(c);
            }
        }

        private String last(String text) {
            return open < 0
                    ? ""
                    : text.substring(open + 1, close < 0 ? text.length() : close)
                            .strip();
        }
    }
}
