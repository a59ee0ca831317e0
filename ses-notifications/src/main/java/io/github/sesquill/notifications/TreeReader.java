package io.github.sesquill.notifications;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON object into a {@link Tree}, in one pass and with it the JSON in its strings where an envelope has some.
 */
final class TreeReader {

    /** How many values an envelope has at most, as a rule. */
    private static final int FEW = 16;

    private static final int UNKNOWN = -1;

    /** How much more room is made at a time, at most: the first values may be closer together than the rest. */
    private static final int LEAP = 16;

    private final TextLayer layer;
    private final JsonParser parser;
    private final boolean bytes;
    private final int base;
    private final int length;

    private @Nullable String[] names;
    private int[] nodes;
    private int size;
    private List<Tree.Inner> inners = List.of();

    /**
     * @param bytes whether the parser counts bytes
     * @param base how much the parser has read before
     * @param room for how many values there is room at first
     * @param length how long the text is, or {@link #UNKNOWN}
     */
    private TreeReader(TextLayer layer, JsonParser parser, boolean bytes, int base, int room, int length) {
        this.layer = layer;
        this.parser = parser;
        this.bytes = bytes;
        this.base = base;
        this.length = length;
        this.names = new String[room];
        this.nodes = new int[room * Tree.WIDTH];
    }

    /** Reads a text that is one object. */
    static Tree read(TextLayer layer, String text) {
        try (JsonParser parser = layer.limits().json().createParser(text)) {
            return whole(layer, parser, text);
        } catch (IOException e) {
            throw layer.refusal(e);
        }
    }

    private static Tree whole(TextLayer layer, JsonParser parser, String text) throws IOException {
        TreeReader reader = new TreeReader(layer, parser, false, 0, FEW, text.length());
        reader.root();
        if (parser.nextToken() != null) {
            throw layer.refusal(TextLayer.MORE_FOLLOWS, parser);
        }
        return reader.tree(text);
    }

    /** Reads a text that was in a string: as bytes, which takes two thirds of the time. */
    private static Tree readInner(TextLayer layer, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > 1 && bytes[1] == 0) {
            // The parser would take it for UTF-16.
            throw layer.refusal(TextLayer.NOT_WELL_FORMED, text, 1);
        }
        try (JsonParser parser = layer.limits().json().createParser(bytes)) {
            TreeReader reader = new TreeReader(layer, parser, true, 0, FEW, bytes.length);
            reader.root();
            if (parser.nextToken() != null) {
                int at = Utf8.characters(bytes, 0, place(parser.currentTokenLocation()));
                throw layer.refusal(TextLayer.MORE_FOLLOWS, text, at);
            }
            if (text.length() < bytes.length) {
                reader.countCharacters(bytes, 0);
            }
            return reader.tree(text);
        } catch (IOException e) {
            throw layer.refusal(e, text, bytes);
        }
    }

    /**
     * Reads the object that comes next in UTF-8; what follows is not looked at.
     *
     * @param base how many bytes precede the object
     * @param room how many values there are, as a guess
     * @throws IOException if the bytes end first, or the JSON ails otherwise
     */
    static TreeReader next(TextLayer layer, JsonParser parser, int base, int room) throws IOException {
        TreeReader reader = new TreeReader(layer, parser, true, base, Math.max(FEW, room), UNKNOWN);
        reader.root();
        return reader;
    }

    /** Returns how many bytes the object has that was read last. */
    int bytes() {
        return place(parser.currentLocation()) - base;
    }

    /** Makes the tree of an object of UTF-8, which now begins at a place of these bytes. */
    Tree tree(byte[] bytes, int start) {
        int end = start + bytes();
        String text = Utf8.decode(layer, bytes, start, end);
        if (text.length() < end - start) {
            countCharacters(bytes, start);
        }
        return tree(text);
    }

    /** Tells where in its text something is: in bytes or characters, as the parser counts. */
    static int place(JsonLocation location) {
        return (int) Math.max(location.getByteOffset(), location.getCharOffset());
    }

    private Tree tree(String text) {
        markEscaped(text);
        for (int i = 0; i < inners.size(); i++) {
            nodes[inners.get(i).at() * Tree.WIDTH + 1] = i;
        }
        Tree tree = new Tree(text, names, nodes, inners);
        if (text.length() > layer.limits().string()) {
            requireShortStrings(tree);
        }
        return tree;
    }

    /** Marks the strings with a backslash in them, or between them and the next value: few, so that it is they who are looked for. */
    private void markEscaped(String text) {
        int escape = text.indexOf('\\');
        for (int at = 0; at < size && escape >= 0; at++) {
            int next = at + 1 < size ? nodes[(at + 1) * Tree.WIDTH + 1] : text.length();
            if (escape < next) {
                int head = nodes[at * Tree.WIDTH];
                if (Tree.kindOf(head) == Tree.PLAIN) {
                    nodes[at * Tree.WIDTH] = Tree.head(Tree.ESCAPED, Tree.nextOf(head));
                }
                escape = text.indexOf('\\', next);
            }
        }
    }

    /** Looks at each string, which the parser does not as long as nobody asks for one. */
    private void requireShortStrings(Tree tree) {
        for (int at = 0; at < tree.size(); at++) {
            boolean string = tree.kind(at) == Tree.PLAIN || tree.kind(at) == Tree.ESCAPED;
            String text = string ? tree.scalar(at) : null;
            if (text != null && text.length() > layer.limits().string()) {
                throw layer.refusal(layer.limits().tooLong(text.length()), tree.text(), tree.start(at));
            }
        }
    }

    private void root() throws IOException {
        parser.nextToken();
        object(null);
    }

    private void object(@Nullable String name) throws IOException {
        int at = add(Tree.OBJECT, name);
        for (String member = parser.nextFieldName(); member != null; member = parser.nextFieldName()) {
            value(parser.nextToken(), member);
        }
        nodes[at * Tree.WIDTH] = Tree.head(Tree.OBJECT, size);
    }

    private void array(@Nullable String name) throws IOException {
        int at = add(Tree.ARRAY, name);
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            value(token, null);
        }
        nodes[at * Tree.WIDTH] = Tree.head(Tree.ARRAY, size);
    }

    private void value(JsonToken token, @Nullable String name) throws IOException {
        switch (token) {
            case VALUE_STRING -> string(name);
            case START_OBJECT -> object(name);
            case START_ARRAY -> array(name);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> add(Tree.NUMBER, name);
            case VALUE_TRUE -> add(Tree.TRUE, name);
            case VALUE_FALSE -> add(Tree.FALSE, name);
            default -> add(Tree.NULL, name);
        }
    }

    private void string(@Nullable String name) throws IOException {
        if (name == null || !mayHoldMore(name) || !inner(name)) {
            add(Tree.PLAIN, name);
        }
    }

    private static boolean mayHoldMore(String member) {
        return switch (member) {
            case "Message", "detail", "Sns", "ses", "body" -> true;
            default -> false;
        };
    }

    /** Reads the JSON in a string, if it begins like JSON. */
    private boolean inner(String name) throws IOException {
        // The length first: it makes the parser read the string to its end.
        int end = parser.getTextLength();
        if (end > layer.limits().string()) {
            return false;
        }
        char[] chars = parser.getTextCharacters();
        int start = parser.getTextOffset();
        end += start;
        while (start < end && TextLayer.isBlank(chars[start])) {
            start++;
        }
        if (start == end || chars[start] != '{') {
            return false;
        }
        String text = new String(chars, start, end - start);
        TextLayer within = layer.within(nameOf(name));
        Tree.Inner inner;
        try {
            within.requireLevel();
            inner = new Tree.Inner(size, text, readInner(within, text), null);
        } catch (NotificationFormatException e) {
            // Told when somebody wants what is in it: a bad record must not lose the good ones beside it.
            inner = new Tree.Inner(size, text, null, e);
        }
        if (inners.isEmpty()) {
            inners = new ArrayList<>(1);
        }
        inners.add(inner);
        add(Tree.INNER, name);
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

    private int add(int kind, @Nullable String name) {
        int at = size++;
        if (at == names.length) {
            int room = more(at);
            names = Arrays.copyOf(names, room);
            nodes = Arrays.copyOf(nodes, room * Tree.WIDTH);
        }
        names[at] = name;
        int node = at * Tree.WIDTH;
        nodes[node] = Tree.head(kind, at + 1);
        nodes[node + 1] = here();
        return at;
    }

    /** Asks each kind of parser at a place of its own, where the compiler sees that the location is not kept. */
    private int here() {
        return bytes
                ? (int) parser.currentTokenLocation().getByteOffset() - base
                : (int) parser.currentTokenLocation().getCharOffset();
    }

    /** Guesses how many values there will be, if they go on as closely as before. */
    private int more(int known) {
        long guess = length == UNKNOWN ? 0 : (known + 1) * (long) length / Math.max(1, here());
        return (int) Math.min((long) known * LEAP, Math.max(known * 3L / 2, guess + guess / LEAP));
    }

    /** Turns the places in bytes into places in the text of the bytes. */
    private void countCharacters(byte[] bytes, int start) {
        int at = start;
        int characters = 0;
        for (int node = 0; node < size * Tree.WIDTH; node += Tree.WIDTH) {
            int to = start + nodes[node + 1];
            characters += Utf8.characters(bytes, at, to);
            nodes[node + 1] = characters;
            at = to;
        }
    }
}
