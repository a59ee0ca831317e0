package io.github.sesquill.message;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What a template is filled with: one JSON object.
 *
 * <pre>{@code
 * TemplateData.of(Map.of("name", "Jane"));
 * TemplateData.of(new Order("A-1", 3));             // any object that Jackson writes as a JSON object
 * TemplateData.json("{\"name\":\"Jane\"}");
 * }</pre>
 *
 * <p>SES does not escape values for HTML, and a variable that is missing fails after the call has succeeded, with a
 * Rendering Failure event. At most 262,144 characters (SES API reference, {@code Template.TemplateData}).
 *
 * <p>Immutable and thread-safe; equal if the JSON text is.
 */
public final class TemplateData {

    private static final int MAX_LENGTH = 262_144;
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** Keeps every digit of a number that only passes through. */
    private static final ObjectMapper EXACT = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    static final TemplateData EMPTY = new TemplateData("{}");

    private final String json;

    private TemplateData(String json) {
        this.json = json;
    }

    /**
     * Writes a map, record or bean as JSON, now: later changes to it are not seen.
     *
     * @throws IllegalArgumentException if Jackson cannot write it, or writes something that is no JSON object
     */
    public static TemplateData of(Object values) {
        if (values instanceof CharSequence) {
            throw new IllegalArgumentException(
                    "Template data was given as text; use TemplateData.json(text) for JSON.");
        }
        JsonNode node;
        try {
            node = JSON.valueToTree(values);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "Template data of type " + values.getClass().getName() + " cannot be written as JSON: "
                            + HeaderText.excerpt(String.valueOf(e.getMessage())),
                    e);
        }
        return checked(node, node.toString());
    }

    /**
     * Takes JSON text.
     *
     * @throws IllegalArgumentException if it is not exactly one JSON object, or names a member twice
     */
    public static TemplateData json(String json) {
        try {
            return checked(JSON.readTree(json), json.strip());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "Template data is not JSON, at line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr() + ". Give one JSON object.",
                    e);
        }
    }

    private static TemplateData checked(JsonNode node, String json) {
        if (!node.isObject()) {
            throw new IllegalArgumentException(
                    "Template data must be one JSON object, such as {\"name\":\"Jane\"}, not " + node.getNodeType()
                            + '.');
        }
        if (json.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("Template data has " + json.length()
                    + " characters as JSON; SES takes at most " + MAX_LENGTH + '.');
        }
        return new TemplateData(json);
    }

    /** Lays these members over others: those of the same name stand, the others are added. */
    TemplateData over(TemplateData defaults) {
        if (defaults.equals(EMPTY)) {
            return this;
        }
        try {
            ObjectNode all = (ObjectNode) EXACT.readTree(defaults.json);
            all.setAll((ObjectNode) EXACT.readTree(json));
            return checked(all, all.toString());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("template data that was read before cannot be read again", e);
        }
    }

    /** Returns the JSON object as text. */
    public String json() {
        return json;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TemplateData that && json.equals(that.json);
    }

    @Override
    public int hashCode() {
        return json.hashCode();
    }

    /** Returns how long the data is, for its text is the message's. */
    @Override
    public String toString() {
        return "TemplateData[" + json.length() + " characters]";
    }
}
