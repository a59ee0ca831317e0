package io.github.sesquill.local;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where a request goes: a method and a path, some of whose segments are names in braces.
 *
 * @param limit how many bytes of body it takes
 */
record Route(String method, List<String> pattern, int limit, Handler handler) {

    /** Answers a request. */
    interface Handler {

        /**
         * Answers.
         *
         * @throws IOException to close the connection without an answer
         */
        Reply answer(Call call) throws IOException;
    }

    static Route of(String method, String path, int limit, Handler handler) {
        return new Route(method, segments(path), limit, handler);
    }

    static Route get(String path, Handler handler) {
        return of("GET", path, 0, handler);
    }

    /** Splits a path, with or without a slash at its end. */
    static List<String> segments(String path) {
        return List.of(path.replaceAll("^/|/$", "").split("/", -1));
    }

    /** Returns what stands for the names, if the path is of this kind. */
    Optional<Map<String, String>> match(List<String> segments) {
        if (segments.size() != pattern.size()) {
            return Optional.empty();
        }
        Map<String, String> names = new LinkedHashMap<>();
        for (int i = 0; i < segments.size(); i++) {
            String expected = pattern.get(i);
            if (expected.startsWith("{")) {
                names.put(expected.substring(1, expected.length() - 1), segments.get(i));
            } else if (!expected.equals(segments.get(i))) {
                return Optional.empty();
            }
        }
        return Optional.of(names);
    }

    @Override
    public String toString() {
        return method + " /" + String.join("/", pattern);
    }
}
