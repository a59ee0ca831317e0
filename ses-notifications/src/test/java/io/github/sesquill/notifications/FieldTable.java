package io.github.sesquill.notifications;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Every field of every notification and of every envelope; and what of it is in a text. */
final class FieldTable {

    static final List<Field> ALL = Stream.of(new PayloadFields(), new EnvelopeFields())
            .flatMap(f -> f.rows.stream())
            .toList();

    private FieldTable() {}

    /**
     * Lists all that a JSON object holds: for each path, named as in a {@link Field}, the texts of what is there, null
     * for a null and for a container.
     */
    static Map<String, List<@Nullable String>> flatten(String json) {
        Map<String, List<@Nullable String>> found = new LinkedHashMap<>();
        Tree tree = TreeReader.read(new TextLayer(Limits.DEFAULT, "a text of the tests", 0), json);
        walk(
                tree,
                0,
                "",
                (path, text) ->
                        found.computeIfAbsent(path, none -> new ArrayList<>()).add(text));
        return found;
    }

    private static void walk(Tree tree, int object, String prefix, BiConsumer<String, @Nullable String> found) {
        for (int at = object + 1; at < tree.next(object); at = tree.next(at)) {
            String path = prefix + tree.name(at);
            if (tree.kind(at) == Tree.OBJECT) {
                found.accept(path, null);
                walk(tree, at, path + '/', found);
            } else if (tree.kind(at) == Tree.ARRAY) {
                found.accept(path, null);
                for (int element = at + 1; element < tree.next(at); element = tree.next(element)) {
                    if (tree.kind(element) == Tree.OBJECT) {
                        walk(tree, element, prefix + '[' + tree.name(at) + "]/", found);
                    } else {
                        found.accept(path, tree.scalar(element));
                    }
                }
            } else {
                found.accept(path, tree.scalar(at));
            }
        }
    }
}
