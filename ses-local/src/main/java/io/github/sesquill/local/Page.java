package io.github.sesquill.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A piece of a long list, as {@code PageSize} and {@code NextToken} ask for it. */
record Page(int from, int size) {

    private static final int USUAL = 100;
    private static final int LARGEST = 1000;

    static Page of(Call call) {
        return new Page(token(call.query("NextToken")), call.query("PageSize", USUAL, 1, LARGEST));
    }

    /** Reads one of a body. */
    static Page of(Fields fields) {
        JsonNode size = fields.object().path("PageSize");
        return new Page(
                token(fields.text("NextToken")),
                size.isInt() ? Math.max(1, Math.min(LARGEST, size.intValue())) : USUAL);
    }

    private static int token(Optional<String> token) {
        try {
            return token.map(Integer::parseUnsignedInt).orElse(0);
        } catch (NumberFormatException e) {
            throw ProblemException.badRequest("NextToken is none that was given out.");
        }
    }

    <T> ObjectNode cut(String name, List<T> all, Function<T, JsonNode> toJson) {
        ObjectNode page = Json.object();
        ArrayNode items = page.putArray(name);
        int begin = Math.max(0, Math.min(from, all.size()));
        int end = Math.min(all.size(), begin + size);
        all.subList(begin, end).forEach(item -> items.add(toJson.apply(item)));
        if (end < all.size()) {
            page.put("NextToken", Integer.toString(end));
        }
        return page;
    }
}
