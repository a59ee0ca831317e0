package io.github.sesquill.notifications;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON object into a {@link Tree}, in one pass and with it the JSON in its strings where an envelope has some:
 * out of the buffer of the parser that came upon the string.
 */
final class TreeReader {

    /** Of up to so many characters the parser makes one buffer, where places in the buffer are places in the text. */
    private static final int ONE_BUFFER = 0x8000;

    /** How many values an envelope has at most, as a rule. */
    private static final int FEW = 16;

    private static final int UNKNOWN = -1;

    /** How much more room is made at a time, at most: the first values may be closer together than the rest. */
    private static final int LEAP = 16;

    private final TextLayer layer;
    private final JsonParser parser;
    private final int base;
    private final int length;
    private final int longest;

    private @Nullable String[] names;
    private int[] nodes;
    private int size;
    private List<Tree.Inner> inners = List.of();

    /**
     * @param base where in the buffer of the parser the text begins
     * @param length how long the text is, or {@link #UNKNOWN}
     * @param room for how many values there is room at first
     */
    private TreeReader(TextLayer layer, JsonParser parser, int base, int length, int room) {
        this.layer = layer;
        this.parser = parser;
        this.base = base;
        this.length = length;
        this.longest = layer.limits().string();
        this.names = new String[room];
        this.nodes = new int[room * Tree.WIDTH];
    }

    /** Reads a text that is one object. */
    static Tree read(TextLayer layer, String text) {
        return text.length() <= ONE_BUFFER ? read(layer, text, null, 0) : read(layer, text, text.toCharArray(), 0);
    }

    private static Tree read(TextLayer layer, String text, char @Nullable [] chars, int base) {
        try (JsonParser parser = chars == null
                ? layer.limits().json().createParser(text)
                : layer.limits().json().createParser(chars, base, text.length())) {
            TreeReader reader = new TreeReader(layer, parser, base, text.length(), FEW);
            reader.root();
            if (parser.nextToken() != null) {
                throw layer.refusal("one JSON object is expected and more follows its end", parser);
            }
            return reader.tree(text);
        } catch (IOException e) {
            throw layer.refusal(e);
        }
    }

    /**
     * Reads the object that begins in a buffer and ends where it does; what follows is not looked at.
     *
     * @param room how many values there are, as a guess
     * @throws IOException if the buffer ends first, or the JSON ails otherwise
     */
    static Tree first(TextLayer layer, char[] chars, int start, int length, int room) throws IOException {
        try (JsonParser parser = layer.limits().json().createParser(chars, start, length)) {
            TreeReader reader = new TreeReader(layer, parser, start, UNKNOWN, Math.max(FEW, room));
            reader.root();
            return reader.tree(
                    new String(chars, start, (int) parser.currentLocation().getCharOffset()));
        }
    }

    private Tree tree(String text) {
        return new Tree(text, names, nodes, inners);
    }

    private void root() throws IOException {
        parser.nextToken();
        object(null, true);
    }

    /**
     * Reads an object.
     *
     * @param bearing whether this may be a notification or an envelope: its text may be asked for, and its members may
     *     hold more
     */
    private void object(@Nullable String name, boolean bearing) throws IOException {
        int at = add(Tree.OBJECT, name, bearing ? here() : Tree.NOWHERE, Tree.NOWHERE);
        for (String member = parser.nextFieldName(); member != null; member = parser.nextFieldName()) {
            value(parser.nextToken(), member, bearing && holdsMore(member));
        }
        close(at, Tree.OBJECT);
        if (bearing) {
            nodes[at * Tree.WIDTH + 2] = (int) parser.currentLocation().getCharOffset();
        }
    }

    private void array(@Nullable String name, boolean bearing) throws IOException {
        int at = add(Tree.ARRAY, name, Tree.NOWHERE, Tree.NOWHERE);
        boolean records = bearing && "Records".equals(name);
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            value(token, null, records);
        }
        close(at, Tree.ARRAY);
    }

    private void value(JsonToken token, @Nullable String name, boolean bearing) throws IOException {
        switch (token) {
            case VALUE_STRING -> string(name, bearing);
            case START_OBJECT -> object(name, bearing);
            case START_ARRAY -> array(name, bearing);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(name);
            case VALUE_TRUE -> add(Tree.TRUE, name, 0, 0);
            case VALUE_FALSE -> add(Tree.FALSE, name, 0, 0);
            default -> add(Tree.NULL, name, 0, 0);
        }
    }

    private static boolean holdsMore(String member) {
        return switch (member) {
            case "Message", "detail", "Records", "Sns", "ses", "body" -> true;
            default -> false;
        };
    }

    private void string(@Nullable String name, boolean bearing) throws IOException {
        // The length first: it makes the parser read the string to its end.
        int length = parser.getTextLength();
        int offset = parser.getTextOffset();
        if (length > longest) {
            throw layer.limits().tooLong(length, layer, parser);
        }
        if (bearing && name != null && inner(name, parser.getTextCharacters(), offset, length)) {
            return;
        }
        if (isInPlace(offset)) {
            add(Tree.PLAIN, name, offset - base, offset - base + length);
        } else {
            // Within the quotes.
            add(Tree.ESCAPED, name, here() + 1, (int) parser.currentLocation().getCharOffset() - 1);
        }
    }

    /** Tells characters in the buffer of the text, where a quote precedes them, from a copy in a buffer of its own. */
    private boolean isInPlace(int offset) {
        return offset > base;
    }

    private void number(@Nullable String name) throws IOException {
        int length = parser.getTextLength();
        int start = isInPlace(parser.getTextOffset()) ? parser.getTextOffset() - base : here();
        add(Tree.NUMBER, name, start, start + length);
    }

    /** Reads the JSON in a string, if it begins like JSON. */
    private boolean inner(String name, char[] chars, int offset, int length) {
        int start = 0;
        while (start < length && TextLayer.isBlank(chars[offset + start])) {
            start++;
        }
        if (start == length || chars[offset + start] != '{') {
            return false;
        }
        String text = new String(chars, offset + start, length - start);
        TextLayer within = layer.within(nameOf(name));
        Tree.Inner inner;
        try {
            within.requireLevel();
            inner = new Tree.Inner(text, read(within, text, chars, offset + start), null);
        } catch (NotificationFormatException e) {
            // Told when somebody wants what is in it: a bad record must not lose the good ones beside it.
            inner = new Tree.Inner(text, null, e);
        }
        if (inners.isEmpty()) {
            inners = new ArrayList<>(1);
        }
        inners.add(inner);
        add(Tree.INNER, name, inners.size() - 1, 0);
        return true;
    }

    private static String nameOf(String member) {
        return switch (member) {
            case "Message" -> "the SNS message";
            case "body" -> "the SQS body";
            case "detail" -> "the EventBridge detail";
            default -> "the Lambda record";
        };
    }

    private int here() {
        return (int) parser.currentTokenLocation().getCharOffset();
    }

    private int add(int kind, @Nullable String name, int start, int end) {
        int at = size++;
        if (at == names.length) {
            int room = more(at);
            names = Arrays.copyOf(names, room);
            nodes = Arrays.copyOf(nodes, room * Tree.WIDTH);
        }
        names[at] = name;
        int node = at * Tree.WIDTH;
        nodes[node] = Tree.head(kind, size);
        nodes[node + 1] = start;
        nodes[node + 2] = end;
        return at;
    }

    /** Guesses how many values there will be, if they go on as closely as before. */
    private int more(int known) {
        long read = Math.max(1, parser.currentLocation().getCharOffset());
        long guess = length < 0 ? 0 : (known + 1) * (long) length / read;
        return (int) Math.min((long) known * LEAP, Math.max(known * 3L / 2, guess + guess / LEAP));
    }

    private void close(int at, int kind) {
        nodes[at * Tree.WIDTH] = Tree.head(kind, size);
    }
}
