package io.github.sesquill.test.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.sesquill.test.engine.TemplateText.Node;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the names in a part of a template mean: members of the value at hand, else of the values around it.
 *
 * @param local what {@code @index} and the like are
 */
record Scope(
        JsonNode self,
        @Nullable Scope parent,
        Map<String, JsonNode> local,
        Map<String, List<Node>> partials,
        int depth) {

    private static final int DEEPEST = 50;

    static Scope root(JsonNode data, Map<String, List<Node>> partials) {
        return new Scope(data, null, Map.of(), partials, 0);
    }

    Scope within(JsonNode value) {
        return new Scope(value, this, Map.of(), partials, depth + 1);
    }

    Scope item(JsonNode item, int index, String key, int size) {
        Map<String, JsonNode> here = Map.of(
                "@index", IntNode.valueOf(index),
                "@key", TextNode.valueOf(key),
                "@first", BooleanNode.valueOf(index == 0),
                "@last", BooleanNode.valueOf(index == size - 1));
        return new Scope(item, this, here, partials, depth + 1);
    }

    /** Enters a partial, which may name itself. */
    Scope deeper() {
        if (depth >= DEEPEST) {
            throw new MissingAttributeException("Partials are nested more than " + DEEPEST + " deep.");
        }
        return new Scope(self, parent, local, partials, depth + 1);
    }

    List<Node> partial(String name) {
        List<Node> found = partials.get(name);
        if (found == null) {
            throw new MissingAttributeException("The partial '" + name + "' could not be found.");
        }
        return found;
    }

    /** Finds what a path means: names joined by dots, led by {@code this} or {@code ../}; nothing if it is not there. */
    @Nullable
    JsonNode find(String path) {
        if (path.startsWith("../")) {
            return parent == null ? null : parent.find(path.substring(3));
        }
        if (path.startsWith("@root.")) {
            return top().member(path.substring(6));
        }
        if (path.startsWith("@")) {
            JsonNode found = local.get(path);
            return found == null && parent != null ? parent.find(path) : found;
        }
        if (path.equals("this") || path.equals(".")) {
            return self;
        }
        return path.startsWith("this.") ? member(path.substring(5)) : outward(path);
    }

    private Scope top() {
        return parent == null ? this : parent.top();
    }

    private @Nullable JsonNode outward(String path) {
        JsonNode found = member(path);
        return found == null && parent != null ? parent.outward(path) : found;
    }

    private @Nullable JsonNode member(String path) {
        JsonNode value = self;
        for (String name : path.split("[./]", -1)) {
            value = value.isArray() && name.matches("[0-9]{1,6}") ? value.get(Integer.parseInt(name)) : value.get(name);
            if (value == null) {
                return null;
            }
        }
        return value;
    }
}
