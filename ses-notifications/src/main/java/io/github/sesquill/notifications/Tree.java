package io.github.sesquill.notifications;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One JSON text and where its values begin in it. No value is made a string before somebody asks for it, because most
 * who read a notification ask for five of its hundred values; where it ends is looked for then, too.
 *
 * <p>Values are numbered in their order in the text, containers before what they contain. For each there are two
 * numbers: its kind with the number of the value after it and all it contains, and where its text starts. Immutable
 * once read.
 */
final class Tree {

    static final int OBJECT = 0;
    static final int ARRAY = 1;
    /** A string without escapes. */
    static final int PLAIN = 2;
    /** A string to be unescaped. */
    static final int ESCAPED = 3;

    static final int NUMBER = 4;
    static final int TRUE = 5;
    static final int FALSE = 6;
    static final int NULL = 7;
    /** A string that holds a JSON object, which is read too; its start is the number of the inner text. */
    static final int INNER = 8;

    /** How many numbers there are for a value. */
    static final int WIDTH = 2;

    private static final int KIND_BITS = 4;
    private static final int KIND_MASK = (1 << KIND_BITS) - 1;

    private final String text;
    private final @Nullable String[] names;
    private final int[] nodes;
    private final List<Inner> inners;

    Tree(String text, @Nullable String[] names, int[] nodes, List<Inner> inners) {
        this.text = text;
        this.names = names;
        this.nodes = nodes;
        this.inners = inners;
    }

    /**
     * JSON in a string.
     *
     * @param at the number of the string among the values
     * @param text the whole string
     * @param tree what it holds, or null if it cannot be read
     * @param error why not
     */
    record Inner(
            int at,
            String text,
            @Nullable Tree tree,
            @Nullable NotificationFormatException error) {

        Tree orThrow() {
            if (tree == null) {
                throw error == null ? new IllegalStateException("neither read nor refused") : error;
            }
            return tree;
        }
    }

    static int head(int kind, int next) {
        return next << KIND_BITS | kind;
    }

    static int kindOf(int head) {
        return head & KIND_MASK;
    }

    static int nextOf(int head) {
        return head >>> KIND_BITS;
    }

    int kind(int at) {
        return kindOf(nodes[at * WIDTH]);
    }

    /** Returns the number of the value after this one and all it contains. */
    int next(int at) {
        return nextOf(nodes[at * WIDTH]);
    }

    /** Returns the number of the first element of a list; of what is none, its own, as a list of one. */
    int first(int at) {
        return kind(at) == ARRAY ? at + 1 : at;
    }

    /** Counts what a list holds. */
    int count(int list) {
        int count = 0;
        int end = next(list);
        for (int element = first(list); element < end; element = next(element)) {
            count++;
        }
        return count;
    }

    int start(int at) {
        return nodes[at * WIDTH + 1];
    }

    /** Returns the name of a member; of an element, nothing. */
    String name(int at) {
        String name = names[at];
        return name == null ? "" : name;
    }

    Inner inner(int at) {
        return inners.get(start(at));
    }

    /** Returns the JSON of an object, as it came. */
    String json(int at) {
        return text.substring(start(at), endOfContainer(start(at)));
    }

    String text() {
        return text;
    }

    /** Returns how many values there are. */
    int size() {
        return next(0);
    }

    /** Returns what a scalar says; null for null and for a container. */
    @Nullable
    String scalar(int at) {
        return switch (kind(at)) {
            case PLAIN -> text.substring(start(at) + 1, text.indexOf('"', start(at) + 1));
            case ESCAPED -> unescaped(start(at) + 1);
            case NUMBER -> text.substring(start(at), endOfNumber(start(at)));
            case TRUE -> "true";
            case FALSE -> "false";
            case INNER -> inner(at).text();
            default -> null;
        };
    }

    /** Finds the last member of a name that is not null; -1 if there is none. */
    int find(int object, String name) {
        int found = -1;
        int end = next(object);
        for (int at = object + 1; at < end; at = next(at)) {
            if (name.equals(names[at]) && kind(at) != NULL) {
                found = at;
            }
        }
        return found;
    }

    private int endOfString(int start) {
        int at = start;
        for (char c = text.charAt(at); c != '"'; c = text.charAt(at)) {
            at += c == '\\' ? 2 : 1;
        }
        return at;
    }

    private int endOfNumber(int start) {
        int at = start;
        while (at < text.length() && "+-.0123456789Ee".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return at;
    }

    private int endOfContainer(int start) {
        int at = start;
        int depth = 0;
        do {
            switch (text.charAt(at++)) {
                case '{', '[' -> depth++;
                case '}', ']' -> depth--;
                case '"' -> at = endOfString(at) + 1;
                default -> {}
            }
        } while (depth > 0);
        return at;
    }

    /** Undoes the escapes of the string whose text begins at a place; it was found to be well-formed. */
    private String unescaped(int start) {
        int end = endOfString(start);
        StringBuilder plain = new StringBuilder(end - start);
        int from = start;
        for (int at = text.indexOf('\\', start); at >= 0 && at < end; at = text.indexOf('\\', from)) {
            plain.append(text, from, at);
            char c = text.charAt(at + 1);
            from = at + 2;
            if (c == 'u') {
                plain.append((char) Integer.parseInt(text, from, from + 4, 16));
                from += 4;
            } else {
                int control = "bfnrt".indexOf(c);
                plain.append(control < 0 ? c : "\b\f\n\r\t".charAt(control));
            }
        }
        return plain.append(text, from, end).toString();
    }
}
