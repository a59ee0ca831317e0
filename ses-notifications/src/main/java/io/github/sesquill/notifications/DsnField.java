package io.github.sesquill.notifications;

/**
 * Takes a field of a delivery status notification apart, which RFC 3464 section 2.1.2 defines as {@code type; text}:
 * {@code smtp; 550 5.1.1 user unknown}, {@code dns; mx.example.com}.
 *
 * @param type the word before the semicolon as sent, empty if there is none: SES writes some texts of its own without
 * @param text the rest, trimmed
 */
public record DsnField(String type, String text) {

    static DsnField of(String field) {
        int semicolon = field.indexOf(';');
        String type = semicolon < 0 ? "" : field.substring(0, semicolon).strip();
        // A sentence may hold a semicolon too; a type is one word.
        return isWord(type)
                ? new DsnField(type, field.substring(semicolon + 1).strip())
                : new DsnField("", field.strip());
    }

    private static boolean isWord(String type) {
        for (int i = 0; i < type.length(); i++) {
            char c = type.charAt(i);
            if (c != '-' && (c >= 128 || !Character.isLetterOrDigit(c))) {
                return false;
            }
        }
        return !type.isEmpty();
    }
}
