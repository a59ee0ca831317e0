package io.github.sesquill.local;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An HTTP request as a handler sees it.
 *
 * @param path what stood for the names in the route, decoded
 * @param caller the address that it came from
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Call(Map<String, String> path, Map<String, List<String>> query, String caller, byte[] body) {

    String path(String name) {
        return path.getOrDefault(name, "");
    }

    Optional<String> query(String name) {
        return queryAll(name).stream().findFirst().filter(value -> !value.isEmpty());
    }

    List<String> queryAll(String name) {
        return query.getOrDefault(name, List.of());
    }

    /**
     * Reads a number of the query.
     *
     * @throws ProblemException if it is none, or out of bounds
     */
    int query(String name, int usual, int least, int most) {
        Optional<String> text = query(name);
        if (text.isEmpty()) {
            return usual;
        }
        try {
            int number = Integer.parseInt(text.get());
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw ProblemException.badRequest(name + " must be a number from " + least + " to " + most + ".");
    }

    ObjectNode json() {
        return Json.parse(body);
    }

    @Override
    public String toString() {
        return "Call[" + path.keySet() + ", " + body.length + " bytes]";
    }
}
