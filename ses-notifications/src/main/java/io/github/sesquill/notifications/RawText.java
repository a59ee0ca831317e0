package io.github.sesquill.notifications;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of a body, cut out and unescaped when somebody asks for it, so that the many who never ask pay nothing.
 * Equal by text.
 */
final class RawText {

    private static final JsonFactory LITERALS = new JsonFactory();

    private static final int TO_THE_END = Integer.MAX_VALUE;

    private final @Nullable RawText outer;
    private final String body;
    private final int start;
    private final int end;
    private final boolean quoted;

    private RawText(@Nullable RawText outer, String body, int start, int end, boolean quoted) {
        this.outer = outer;
        this.body = body;
        this.start = start;
        this.end = end;
        this.quoted = quoted;
    }

    static RawText of(String body) {
        return new RawText(null, body, 0, body.length(), false);
    }

    /** Cuts from {@code start} to before {@code end}. */
    RawText cut(int start, int end) {
        return new RawText(this, "", start, end, false);
    }

    /** Cuts off what comes before {@code start}. */
    RawText from(int start) {
        return cut(start, TO_THE_END);
    }

    /** Cuts out a JSON string with its quotes and means what it says. */
    RawText unquote(int start, int end) {
        return new RawText(this, "", start, end, true);
    }

    String text() {
        String whole = outer == null ? body : outer.text();
        String stretch = whole.substring(start, Math.min(end, whole.length()));
        return quoted ? unquoted(stretch) : stretch;
    }

    private static String unquoted(String literal) {
        try (JsonParser parser = LITERALS.createParser(literal)) {
            parser.nextToken();
            return parser.getText();
        } catch (IOException e) {
            throw new UncheckedIOException("a JSON string that was read once cannot be read again", e);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RawText that && text().equals(that.text());
    }

    @Override
    public int hashCode() {
        return text().hashCode();
    }
}
