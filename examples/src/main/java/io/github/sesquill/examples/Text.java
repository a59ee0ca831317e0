package io.github.sesquill.examples;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Text on a terminal: how wide it is, and how it is kept from doing anything but being read. */
final class Text {

    /** What a reader takes for one character: a letter with its accents, a family of emoji, a flag. */
    private static final Pattern CHARACTER = Pattern.compile("\\X");

    private static final int VARIATION_FOR_EMOJI = 0xfe0f;
    private static final int FIRST_PICTOGRAPH = 0x1f000;
    private static final int LAST_PICTOGRAPH = 0x1faff;

    private Text() {}

    /** Returns how many columns a text takes; as near as one can be without asking the terminal. */
    static int width(String text) {
        return characters(text).stream().mapToInt(Text::widthOfCharacter).sum();
    }

    /** Returns a text of that many columns: with spaces after it, or shortened. */
    static String fit(String text, int columns) {
        String cut = cut(text, columns);
        return cut + " ".repeat(columns - width(cut));
    }

    /** Returns a text of that many columns at most, with an ellipsis where something is missing. */
    static String cut(String text, int columns) {
        if (width(text) <= columns) {
            return text;
        }
        StringBuilder kept = new StringBuilder();
        int left = columns - 1;
        for (String character : characters(text)) {
            left -= widthOfCharacter(character);
            if (left < 0) {
                break;
            }
            kept.append(character);
        }
        return kept.append('…').toString();
    }

    /** Returns a text with what would move the cursor or turn the line around made visible. */
    static String visible(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (Character.isISOControl(c) || isDirection(c)) {
                shown.append(String.format("\\u%04x", c));
            } else {
                shown.appendCodePoint(c);
            }
        });
        return shown.toString();
    }

    private static boolean isDirection(int c) {
        return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) || c == 0x200e || c == 0x200f;
    }

    private static List<String> characters(String text) {
        return CHARACTER.matcher(text).results().map(MatchResult::group).toList();
    }

    private static int widthOfCharacter(String character) {
        int first = character.codePointAt(0);
        boolean emoji = first >= FIRST_PICTOGRAPH && first <= LAST_PICTOGRAPH;
        return emoji || character.indexOf(VARIATION_FOR_EMOJI) > 0
                ? 2
                : character.codePoints().map(Text::widthOfCodePoint).sum();
    }

    private static int widthOfCodePoint(int c) {
        return switch (Character.getType(c)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT, Character.CONTROL -> 0;
            default -> isWide(c) ? 2 : 1;
        };
    }

    /** The blocks that East Asian terminals give two columns (Unicode Standard Annex 11). */
    private static boolean isWide(int c) {
        return (c >= 0x1100 && c <= 0x115f)
                || (c >= 0x2e80 && c <= 0xa4cf && c != 0x303f)
                || (c >= 0xac00 && c <= 0xd7a3)
                || (c >= 0xf900 && c <= 0xfaff)
                || (c >= 0xfe30 && c <= 0xfe6f)
                || (c >= 0xff00 && c <= 0xff60)
                || (c >= 0xffe0 && c <= 0xffe6)
                || (c >= 0x20000 && c <= 0x3fffd);
    }
}
