package io.github.sesquill.notifications;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.sesquill.notifications.NotificationParser.Item;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON objects of UTF-8 that lie one behind the other, through a window that holds the object at hand. Each is
 * copied out of it, so that who keeps one notification keeps its object and no more.
 *
 * <p>Where an object ends its JSON says, so that it does not matter what is between two. Behind one that cannot be read,
 * the next is looked for where a line begins with a brace, or where a brace follows a closing one.
 */
final class BatchReader extends Spliterators.AbstractSpliterator<Item> {

    private static final int FIRST_WINDOW = 1 << 16;

    /** For so many values there is room without one having been read. */
    private static final int MANY = 1024;

    /** How slowly that is forgotten: by one part in so many for each object that has fewer. */
    private static final int DECAY = 64;

    /** A parser keeps the names that it comes upon; after so many bytes it is time for another. */
    private static final int ENOUGH = 1 << 20;

    /** Of a character in the first plane; those beyond it have four bytes and are two for Java. */
    private static final int MOST_BYTES = 3;

    private final InputStream in;
    private final Limits limits;
    private final Deque<Item> ready = new ArrayDeque<>();

    private byte[] window = new byte[FIRST_WINDOW];
    private int from;
    private int to;
    private boolean ended;

    private @Nullable JsonParser parser;

    /** What of the window the parser was fed. */
    private int fed;

    /** How many bytes the parser had before what is next in the window. */
    private int base;

    /** How many characters precede what is next in the window. */
    private long passed;

    private long index;

    /** How many values the object before had: the next will have about as many. */
    private int usual;

    /** Where an object begins. */
    private record Place(long characters) {
        @Override
        public String toString() {
            return "the object of the batch at character " + characters;
        }
    }

    private BatchReader(InputStream in, Limits limits) {
        super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.IMMUTABLE);
        this.in = in;
        this.limits = limits;
    }

    static Stream<Item> read(InputStream in, Limits limits) {
        return StreamSupport.stream(new BatchReader(in, limits), false);
    }

    @Override
    public boolean tryAdvance(Consumer<? super Item> action) {
        while (ready.isEmpty()) {
            if (!readObject()) {
                return false;
            }
        }
        action.accept(ready.remove());
        return true;
    }

    /** Reads what comes next; tells whether there was anything. */
    private boolean readObject() {
        skipBlanks();
        if (from == to) {
            stop();
            return false;
        }
        long offset = passed;
        TextLayer layer = new TextLayer(limits, new Place(offset), 0);
        try {
            take(Document.open(layer, next(layer)), offset);
        } catch (NotificationFormatException e) {
            ready.add(new Item(index++, offset, null, null, e));
        }
        return true;
    }

    /** Makes items of all that an object holds. */
    private void take(Envelope envelope, long offset) {
        List<Envelope> records = envelope.records();
        for (Envelope record : records) {
            NotificationFormatException error = record.error();
            if (error == null) {
                record.notifications().forEach(n -> ready.add(new Item(index++, offset, record, n, null)));
            } else {
                ready.add(new Item(index++, offset, record, null, error));
            }
        }
    }

    /** Takes the next object out of the window; behind it, or behind what cannot be read, is where reading goes on. */
    private Tree next(TextLayer layer) {
        if (window[from] != '{') {
            stop();
            skipToLineOrBrace();
            throw layer.refusal("it does not begin with the brace of a JSON object");
        }
        TreeReader reader;
        try {
            reader = read(layer);
        } catch (NotificationFormatException e) {
            stop();
            skipToNextObject();
            throw e;
        }
        Tree tree = tree(reader);
        usual = Math.min(MANY, Math.max(usual - usual / DECAY, tree.size()));
        if (tree.text().length() > limits.size()) {
            throw limits.tooLarge(layer.name(), tree.text().length() + " characters");
        }
        return tree;
    }

    private TreeReader read(TextLayer layer) {
        try {
            return TreeReader.next(layer, parser(layer), base, usual);
        } catch (IOException e) {
            throw refusal(layer, e);
        }
    }

    private Tree tree(TreeReader reader) {
        int start = from;
        from += reader.bytes();
        base += reader.bytes();
        try {
            Tree tree = reader.tree(window, start);
            passed += tree.text().length();
            return tree;
        } catch (NotificationFormatException e) {
            passed += Utf8.characters(window, start, from);
            throw e;
        }
    }

    private JsonParser parser(TextLayer layer) throws IOException {
        if (base > ENOUGH) {
            stop();
        }
        if (parser == null) {
            if ((to - from > 1 || fill()) && window[from + 1] == 0) {
                // It would take that for UTF-16.
                throw layer.refusal(TextLayer.NOT_WELL_FORMED);
            }
            fed = from;
            base = 0;
            parser = limits.json().createParser(new Feed());
        }
        return parser;
    }

    private void stop() {
        try {
            if (parser != null) {
                parser.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a parser of what is in memory cannot fail to be closed", e);
        }
        parser = null;
    }

    /** Feeds the parser from the window, which also keeps what it was fed of the object at hand. */
    private final class Feed extends InputStream {
        @Override
        public int read() {
            throw new UnsupportedOperationException("the parser reads many bytes at a time");
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            if (to - from > (long) MOST_BYTES * limits.size() && fed == to) {
                throw limits.tooLarge(new Place(passed), "more than " + limits.size() + " characters");
            }
            if (fed == to && !fill()) {
                return -1;
            }
            int count = Math.min(length, to - fed);
            System.arraycopy(window, fed, target, offset, count);
            fed += count;
            return count;
        }
    }

    /** Says what ails the JSON, and where in the text that the bytes are. */
    private NotificationFormatException refusal(TextLayer layer, IOException e) {
        JsonLocation where = e instanceof JsonProcessingException ailing ? ailing.getLocation() : null;
        if (where == null) {
            return layer.refusal(e);
        }
        int at = Math.min(from + TreeReader.place(where) - base, to);
        Utf8.requireWellFormed(layer, window, from, Math.min(at + 1, to));
        String before = new String(window, from, at - from, StandardCharsets.UTF_8);
        return layer.refusal(TextLayer.whatAils(e), before, before.length());
    }

    private void skipBlanks() {
        do {
            int at = from;
            while (at < to && isBlank(window[at])) {
                at++;
            }
            skipTo(at);
        } while (from == to && fill());
    }

    /** Tells a blank of JSON, or a byte of a byte order mark, which the parser knows at the beginning only. */
    private boolean isBlank(byte b) {
        switch (b) {
            case ' ', '\t', '\r', '\n' -> {
                return true;
            }
            case (byte) 0xEF, (byte) 0xBB, (byte) 0xBF -> {
                stop();
                return true;
            }
            default -> {
                return false;
            }
        }
    }

    private void skipToLineOrBrace() {
        do {
            int at = from;
            while (at < to && window[at] != '\n' && window[at] != '{') {
                at++;
            }
            skipTo(at);
        } while (from == to && fill());
    }

    private void skipToNextObject() {
        byte before = ' ';
        do {
            for (int at = from; at < to; at++) {
                if (window[at] == '{' && (before == '}' || before == '\n')) {
                    skipTo(at);
                    return;
                }
                before = window[at];
            }
            skipTo(to);
        } while (fill());
    }

    private void skipTo(int at) {
        passed += Utf8.characters(window, from, at);
        base += at - from;
        from = at;
    }

    /** Gets more of the batch into the window; tells whether there was more. */
    private boolean fill() {
        if (ended) {
            return false;
        }
        if (from > 0) {
            System.arraycopy(window, from, window, 0, to - from);
            to -= from;
            fed -= from;
            from = 0;
        }
        if (to == window.length) {
            window = Arrays.copyOf(window, to * 2);
        }
        try {
            int read = in.read(window, to, window.length - to);
            ended = read < 0;
            to += Math.max(0, read);
            return !ended;
        } catch (IOException e) {
            throw new UncheckedIOException("The stream of the batch cannot be read.", e);
        }
    }
}
