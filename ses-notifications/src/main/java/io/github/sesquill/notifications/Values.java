package io.github.sesquill.notifications;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the value a parser stands on, leniently, and leaves the parser on its last token.
 *
 * <p>The rules of the whole package: null and a value of the wrong kind are absent; a number or a truth value is taken
 * as its text where text is expected; one value where a list is expected is a list of one; what is absent within a list
 * is left out.
 */
final class Values {

    private Values() {}

    /** Reads one element of a list; null leaves it out. */
    @FunctionalInterface
    interface Reader<T> {
        @Nullable
        T read(JsonParser parser) throws IOException;
    }

    static @Nullable String text(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_NULL || !token.isScalarValue()) {
            parser.skipChildren();
            return null;
        }
        return parser.getText();
    }

    /** Reads a timestamp, which SES also writes as {@code [2025,7,24,12,44,28,995000000]} in places. */
    static @Nullable String timestamp(JsonParser parser) throws IOException {
        return parser.isExpectedStartArrayToken() ? list(parser, Values::text).toString() : text(parser);
    }

    static boolean truth(JsonParser parser) throws IOException {
        return "true".equalsIgnoreCase(text(parser));
    }

    static List<String> texts(JsonParser parser) throws IOException {
        return list(parser, Values::text);
    }

    static <T> List<T> list(JsonParser parser, Reader<T> reader) throws IOException {
        if (!parser.isExpectedStartArrayToken()) {
            T only = reader.read(parser);
            return only == null ? List.of() : List.of(only);
        }
        List<T> values = new ArrayList<>(2);
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            T value = reader.read(parser);
            if (value != null) {
                values.add(value);
            }
        }
        return List.copyOf(values);
    }

    /** Tells whether an object starts here; if not, skips what does. */
    static boolean isObject(JsonParser parser) throws IOException {
        if (parser.isExpectedStartObjectToken()) {
            return true;
        }
        parser.skipChildren();
        return false;
    }
}
