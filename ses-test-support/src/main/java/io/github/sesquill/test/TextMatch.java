package io.github.sesquill.test;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How text that is not what a test wants is shown, and how near it comes. */
final class TextMatch {

    private static final int EXCERPT = 500;
    private static final String CASE_OR_SPACE = " They differ only in capitals or white space.";

    private TextMatch() {}

    static String excerpt(String text) {
        return Described.quoted(text.length() <= EXCERPT ? text : text.substring(0, EXCERPT) + "…");
    }

    /** Says that two texts are nearly the same, or where a long one begins to differ. */
    static String hint(Optional<String> found, String wanted) {
        return found.map(text -> folded(text).equals(folded(wanted)) ? CASE_OR_SPACE : difference(text, wanted))
                .orElse("");
    }

    private static String difference(String found, String wanted) {
        int same = 0;
        while (same < Math.min(found.length(), wanted.length()) && found.charAt(same) == wanted.charAt(same)) {
            same++;
        }
        return same < 20 ? "" : " They are the same up to character " + same + ".";
    }

    static String partHint(Optional<String> whole, String part) {
        if (whole.filter(text -> folded(text).contains(folded(part))).isPresent()) {
            return CASE_OR_SPACE;
        }
        return whole.filter(text -> text.contains(escaped(part))).isPresent()
                ? " It is there as " + Described.quoted(escaped(part)) + ", escaped for HTML."
                : "";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /** Points at a name that is nearly the one. */
    static String nameHint(String wanted, List<String> names) {
        return names.stream()
                .filter(name ->
                        !name.equals(wanted) && (folded(name).equals(folded(wanted)) || distance(name, wanted) <= 2))
                .findFirst()
                .map(name -> " Did you mean " + name + "?")
                .orElse("");
    }

    /** Counts the characters to put in, leave out or replace, up to three. */
    private static int distance(String one, String other) {
        if (Math.abs(one.length() - other.length()) > 2 || Math.min(one.length(), other.length()) < 4) {
            return 3;
        }
        int[] row = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[other.length()];
    }

    private static String folded(String text) {
        return text.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
    }
}
