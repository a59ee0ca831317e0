package io.github.sesquill.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The members of a request in JSON. Members that nobody asks for are ignored, as SES does. */
record Fields(ObjectNode object) {

    private Optional<JsonNode> member(String name) {
        JsonNode value = object.get(name);
        return value == null || value.isNull() ? Optional.empty() : Optional.of(value);
    }

    boolean has(String name) {
        return member(name).isPresent();
    }

    Optional<String> text(String name) {
        return member(name).map(value -> {
            if (value.isTextual()) {
                return value.textValue();
            }
            throw wrong(name, "a string");
        });
    }

    String required(String name) {
        return text(name).orElseThrow(() -> ProblemException.badRequest(name + " is required."));
    }

    Optional<Boolean> flag(String name) {
        return member(name).map(value -> {
            if (value.isBoolean()) {
                return value.booleanValue();
            }
            throw wrong(name, "true or false");
        });
    }

    Optional<Fields> object(String name) {
        return member(name).map(value -> {
            if (value instanceof ObjectNode members) {
                return new Fields(members);
            }
            throw wrong(name, "an object");
        });
    }

    Fields requiredObject(String name) {
        return object(name).orElseThrow(() -> ProblemException.badRequest(name + " is required."));
    }

    List<Fields> objects(String name) {
        List<Fields> values = new ArrayList<>();
        elements(name).forEach(value -> {
            if (!(value instanceof ObjectNode members)) {
                throw wrong(name, "a list of objects");
            }
            values.add(new Fields(members));
        });
        return values;
    }

    List<String> texts(String name) {
        List<String> values = new ArrayList<>();
        elements(name).forEach(value -> {
            if (!value.isTextual()) {
                throw wrong(name, "a list of strings");
            }
            values.add(value.textValue());
        });
        return values;
    }

    /** Reads words, each of which must be the name of a constant. */
    <E extends Enum<E>> Set<E> constants(String name, Class<E> type) {
        Set<E> constants = new LinkedHashSet<>();
        texts(name).forEach(word -> constants.add(constant(name, word, type)));
        return constants;
    }

    <E extends Enum<E>> E constant(String name, Class<E> type) {
        return constant(name, required(name), type);
    }

    private static <E extends Enum<E>> E constant(String name, String word, Class<E> type) {
        try {
            return Enum.valueOf(type, word);
        } catch (IllegalArgumentException e) {
            throw ProblemException.badRequest("'" + word + "' is nothing that " + name + " can be; it can be "
                    + List.of(type.getEnumConstants()) + ".");
        }
    }

    private Iterable<JsonNode> elements(String name) {
        JsonNode value = member(name).orElseGet(Json::array);
        if (!value.isArray()) {
            throw wrong(name, "a list");
        }
        return value;
    }

    byte[] bytes(String name) {
        try {
            return Base64.getDecoder().decode(required(name));
        } catch (IllegalArgumentException e) {
            throw wrong(name, "base64");
        }
    }

    private static ProblemException wrong(String name, String expected) {
        return ProblemException.badRequest(name + " must be " + expected + ".");
    }

    @Override
    public String toString() {
        return "Fields" + object.size();
    }
}
