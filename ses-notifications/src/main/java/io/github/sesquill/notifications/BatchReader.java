package io.github.sesquill.notifications;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import io.github.sesquill.notifications.NotificationParser.Item;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CodingErrorAction;
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

/**
 * Reads JSON objects that lie one behind the other, through a window that holds the object at hand.
 *
 * <p>Where an object ends its JSON says, so that it does not matter what is between two. Behind one that cannot be read,
 * the next is looked for where a line begins with a brace, or where a brace follows a closing one.
 */
final class BatchReader extends Spliterators.AbstractSpliterator<Item> {

    private static final int FIRST_WINDOW = 1 << 16;

    private static final int MANY = 1024;

    /** A word cut in two is an error of the JSON and not its end: {@code tru}. */
    private static final int LONGEST_LITERAL = 16;

    /** Stands for bytes that are no UTF-8, where a decoder never puts it: half of a character that was not there. */
    private static final char MALFORMED = '\uDC00';

    private final Reader in;
    private final boolean bytes;
    private final Limits limits;
    private final Deque<Item> ready = new ArrayDeque<>();

    private char[] window = new char[FIRST_WINDOW];
    private int from;
    private int to;
    private boolean ended;

    /** How many characters preceded the window. */
    private long passed;

    private long index;

    /** How many values the object before had: the next will have about as many. */
    private int usual;

    private BatchReader(Reader in, boolean bytes, Limits limits) {
        super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.IMMUTABLE);
        this.in = in;
        this.bytes = bytes;
        this.limits = limits;
    }

    static Stream<Item> read(Reader in, Limits limits) {
        return StreamSupport.stream(new BatchReader(in, false, limits), false);
    }

    static Stream<Item> read(InputStream in, Limits limits) {
        Reader reader = new InputStreamReader(
                in,
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPLACE)
                        .replaceWith(String.valueOf(MALFORMED)));
        return StreamSupport.stream(new BatchReader(reader, true, limits), false);
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
        do {
            while (from < to && TextLayer.isBlank(window[from])) {
                from++;
            }
        } while (from == to && fill());
        if (from == to) {
            return false;
        }
        long offset = passed + from;
        TextLayer layer = new TextLayer(limits, "the object of the batch at character " + offset, 0);
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
            skipToLineOrBrace();
            throw layer.refusal("it does not begin with the brace of a JSON object");
        }
        Tree tree;
        try {
            tree = complete(layer);
        } catch (NotificationFormatException e) {
            skipToNextObject();
            throw e;
        }
        from += tree.text().length();
        usual = Math.min(MANY, Math.max(usual - 1, tree.size()));
        if (tree.text().length() > limits.size()) {
            throw tooLarge(layer, tree.text().length() + " characters");
        }
        requireUtf8(layer, tree.text());
        return tree;
    }

    private NotificationFormatException tooLarge(TextLayer layer, String counted) {
        return limits.tooLarge(layer.name(), counted);
    }

    /** Reads the object that begins the window, with more of the batch as long as the object is cut off. */
    private Tree complete(TextLayer layer) {
        while (true) {
            try {
                return TreeReader.first(layer, window, from, to - from, usual);
            } catch (IOException e) {
                if (!isCut(e) || ended) {
                    throw layer.refusal(e);
                }
            }
            if (to - from > limits.size()) {
                throw tooLarge(layer, "more than " + limits.size() + " characters");
            }
            fillWell();
        }
    }

    /** Tells JSON that may become well-formed with more: it ails at the end of the window. */
    private boolean isCut(IOException e) {
        if (e instanceof JsonEOFException) {
            return true;
        }
        return e instanceof JsonProcessingException ailing
                && ailing.getLocation() != null
                && ailing.getLocation().getCharOffset() >= to - from - LONGEST_LITERAL;
    }

    private void requireUtf8(TextLayer layer, String text) {
        if (!bytes) {
            return;
        }
        for (int at = text.indexOf(MALFORMED); at >= 0; at = text.indexOf(MALFORMED, at + 1)) {
            if (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1))) {
                throw layer.refusal("there are bytes that are no UTF-8", text, at);
            }
        }
    }

    private void skipToLineOrBrace() {
        do {
            while (from < to && window[from] != '\n' && window[from] != '{') {
                from++;
            }
        } while (from == to && fill());
    }

    private void skipToNextObject() {
        char before = ' ';
        do {
            for (; from < to; from++) {
                char c = window[from];
                if (c == '{' && (before == '}' || before == '\n')) {
                    return;
                }
                before = c;
            }
        } while (fill());
    }

    /** Gets enough that reading the same again pays: twice as much, or the end of a line. */
    private void fillWell() {
        int wanted = 2 * (to - from);
        boolean line = false;
        while (to - from < wanted && !line) {
            int known = to - from;
            if (!fill()) {
                return;
            }
            for (int at = from + known; at < to && !line; at++) {
                line = window[at] == '\n';
            }
        }
    }

    /** Gets more of the batch into the window; tells whether there was more. */
    private boolean fill() {
        if (ended) {
            return false;
        }
        if (from > 0) {
            System.arraycopy(window, from, window, 0, to - from);
            passed += from;
            to -= from;
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
