package io.github.sesquill.test.engine;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The text of a template, read once: the part of Handlebars that SES offers (SES Developer Guide, "Advanced email
 * personalization"). Variables and paths, {@code if} and {@code else if}, {@code unless}, {@code each} with
 * {@code this}, {@code @index}, {@code @key}, {@code @first} and {@code @last}, {@code with}, comments, white space
 * control, and partials that the template brings itself. Values are not escaped for HTML. Immutable.
 */
final class TemplateText {

    /** More than SES sends. */
    private static final int LONGEST_RESULT = 40 * 1024 * 1024;

    private final List<Node> nodes;
    private final Map<String, List<Node>> partials;

    private TemplateText(List<Node> nodes, Map<String, List<Node>> partials) {
        this.nodes = nodes;
        this.partials = partials;
    }

    /**
     * Reads a template.
     *
     * @throws TemplateSyntaxException if it is malformed or asks for what SES does not offer
     */
    static TemplateText of(String text) {
        TemplateParser parser = new TemplateParser(text);
        return new TemplateText(parser.nodes(), parser.partials());
    }

    /**
     * Fills it.
     *
     * @throws MissingAttributeException if a variable has no value
     */
    String render(JsonNode data) {
        StringBuilder out = new StringBuilder();
        render(nodes, Scope.root(data, partials), out);
        return out.toString();
    }

    private static void render(List<Node> nodes, Scope scope, StringBuilder out) {
        nodes.forEach(node -> node.render(scope, out));
        if (out.length() > LONGEST_RESULT) {
            throw new MissingAttributeException(
                    "The rendered template is longer than " + LONGEST_RESULT + " characters.");
        }
    }

    /** A piece of a template. */
    sealed interface Node {

        void render(Scope scope, StringBuilder out);
    }

    record Literal(String text) implements Node {

        @Override
        public void render(Scope scope, StringBuilder out) {
            out.append(text);
        }
    }

    record Variable(String path) implements Node {

        @Override
        public void render(Scope scope, StringBuilder out) {
            JsonNode value = scope.find(path);
            if (value == null) {
                throw MissingAttributeException.of(path);
            }
            if (!value.isNull()) {
                out.append(value.isValueNode() ? value.asText() : value.toString());
            }
        }
    }

    /** Both {@code if} and {@code unless}; what is missing is false. */
    record Condition(String path, boolean wanted, List<Node> then, List<Node> otherwise) implements Node {

        @Override
        public void render(Scope scope, StringBuilder out) {
            TemplateText.render(isTrue(scope.find(path)) == wanted ? then : otherwise, scope, out);
        }

        private static boolean isTrue(@Nullable JsonNode value) {
            return value != null
                    && !value.isNull()
                    && (value.isContainerNode() ? value.isObject() || !value.isEmpty() : isTrueScalar(value));
        }

        private static boolean isTrueScalar(JsonNode value) {
            return value.isNumber()
                    ? value.asDouble() != 0
                    : value.isTextual() ? !value.asText().isEmpty() : value.asBoolean();
        }
    }

    record Each(String path, List<Node> body, List<Node> otherwise) implements Node {

        @Override
        public void render(Scope scope, StringBuilder out) {
            JsonNode value = scope.find(path);
            if (value == null) {
                throw MissingAttributeException.of(path);
            }
            if (value.isEmpty()) {
                TemplateText.render(otherwise, scope, out);
                return;
            }
            int index = 0;
            var names = value.isObject() ? value.fieldNames() : null;
            for (JsonNode item : value) {
                String key = names == null ? String.valueOf(index) : names.next();
                TemplateText.render(body, scope.item(item, index, key, value.size()), out);
                index++;
            }
        }
    }

    record With(String path, List<Node> body, List<Node> otherwise) implements Node {

        @Override
        public void render(Scope scope, StringBuilder out) {
            JsonNode value = scope.find(path);
            if (value == null || value.isNull() || value.isEmpty()) {
                TemplateText.render(otherwise, scope, out);
            } else {
                TemplateText.render(body, scope.within(value), out);
            }
        }
    }

    record Partial(String name) implements Node {

        @Override
        public void render(Scope scope, StringBuilder out) {
            TemplateText.render(scope.partial(name), scope.deeper(), out);
        }
    }
}
