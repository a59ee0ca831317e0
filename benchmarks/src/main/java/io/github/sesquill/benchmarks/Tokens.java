package io.github.sesquill.benchmarks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/** Reads every token and keeps nothing: nobody who reads JSON with this reader is faster. */
final class Tokens {

    private static final JsonFactory JSON = new JsonFactory();

    private Tokens() {}

    /** Reads an SNS message and the payload in it. */
    static void ofBothLayers(String body) throws IOException {
        try (JsonParser outer = JSON.createParser(body)) {
            boolean message = false;
            for (JsonToken token = outer.nextToken(); token != null; token = outer.nextToken()) {
                if (token == JsonToken.FIELD_NAME) {
                    message = "Message".equals(outer.currentName());
                } else if (message) {
                    all(JSON.createParser(outer.getTextCharacters(), outer.getTextOffset(), outer.getTextLength()));
                }
            }
        }
    }

    /** Reads objects one behind the other. */
    static void of(byte[] batch) throws IOException {
        all(JSON.createParser(new ByteArrayInputStream(batch)));
    }

    /** Reads objects one behind the other. */
    static void of(String batch) throws IOException {
        all(JSON.createParser(batch));
    }

    private static void all(JsonParser parser) throws IOException {
        try (parser) {
            int count = 0;
            while (parser.nextToken() != null) {
                count++;
            }
            if (count < 10) {
                throw new IllegalStateException("That was not the sample: " + count + " tokens.");
            }
        }
    }
}
