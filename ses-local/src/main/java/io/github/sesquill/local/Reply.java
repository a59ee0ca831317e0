package io.github.sesquill.local;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** What an HTTP request is answered: all at once, or as a stream that goes on. */
record Reply(int status, String contentType, Map<String, String> headers, Body body) {

    static final String JSON = "application/json";

    /** Writes the body. */
    interface Body {

        void writeTo(OutputStream out) throws IOException;

        /** Returns the length; -1 if it is not known before. */
        default long length() {
            return -1;
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Bytes(byte[] bytes) implements Body {

        @Override
        public void writeTo(OutputStream out) throws IOException {
            out.write(bytes);
        }

        @Override
        public long length() {
            return bytes.length;
        }
    }

    static Reply of(int status, String contentType, byte[] bytes) {
        return new Reply(status, contentType, Map.of(), new Bytes(bytes));
    }

    static Reply text(int status, String text) {
        return of(status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }

    static Reply json(int status, Object tree) {
        return of(status, JSON, Json.bytes(tree));
    }

    static Reply ok(Object tree) {
        return json(200, tree);
    }

    /** Refuses with a sentence. */
    static Reply problem(int status, String sentence) {
        return json(status, Json.object().put("message", sentence));
    }

    static Reply stream(String contentType, Body body) {
        return new Reply(200, contentType, Map.of(), body);
    }

    /** Returns this with a header; it replaces one that every answer has. */
    Reply with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Reply(status, contentType, more, body);
    }
}
