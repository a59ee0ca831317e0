package io.github.sesquill.notifications;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An object of JSON, read leniently.
 *
 * <p>The rules of the whole package: null and a value of the wrong kind are absent; a number or a truth value is taken
 * as its text where text is expected; one value where a list is expected is a list of one; what is absent within a list
 * is left out.
 */
record Fields(Tree tree, int at) {

    /** No members. */
    static final Fields NONE =
            new Fields(new Tree("{}", new String[1], new int[] {Tree.head(Tree.OBJECT, 1), 0}, List.of()), 0);

    /** Reads one element of a list; null leaves it out. */
    @FunctionalInterface
    interface Reader<T> {
        @Nullable
        T read(Tree tree, int at);
    }

    /** Returns the object that a value is, or none. */
    static Fields of(Tree tree, int at) {
        return at >= 0 && tree.kind(at) == Tree.OBJECT ? new Fields(tree, at) : NONE;
    }

    @Nullable
    String text(String name) {
        int found = tree.find(at, name);
        return found < 0 ? null : tree.scalar(found);
    }

    Optional<String> optional(String name) {
        return Optional.ofNullable(text(name));
    }

    /** Returns a timestamp, which SES also writes as {@code [2025,7,24,12,44,28,995000000]} in places. */
    Optional<String> timeText(String name) {
        int found = tree.find(at, name);
        if (found < 0) {
            return Optional.empty();
        }
        if (tree.kind(found) != Tree.ARRAY) {
            return Optional.ofNullable(tree.scalar(found));
        }
        List<String> numbers = list(found, Tree::scalar);
        return numbers.isEmpty() ? Optional.empty() : Optional.of(numbers.toString());
    }

    Optional<Instant> time(String name) {
        return LenientInstant.of(timeText(name).orElse(null));
    }

    /** Returns the first text in a member that is a list, or is text. */
    Optional<String> firstText(String name) {
        int found = tree.find(at, name);
        if (found < 0) {
            return Optional.empty();
        }
        String text = null;
        int end = tree.next(found);
        for (int element = tree.first(found); element < end && text == null; element = tree.next(element)) {
            text = tree.scalar(element);
        }
        return Optional.ofNullable(text);
    }

    boolean truth(String name) {
        return "true".equalsIgnoreCase(text(name));
    }

    Fields object(String name) {
        return of(tree, tree.find(at, name));
    }

    boolean has(String name) {
        return tree.find(at, name) >= 0;
    }

    List<String> texts(String name) {
        return list(name, Tree::scalar);
    }

    <T> List<T> list(String name, Reader<T> reader) {
        int found = tree.find(at, name);
        return found < 0 ? List.of() : list(found, reader);
    }

    private <T> List<T> list(int list, Reader<T> reader) {
        int first = tree.first(list);
        int end = tree.next(list);
        if (first < end && tree.next(first) == end) {
            // Most lists are of one.
            T only = reader.read(tree, first);
            return only == null ? List.of() : List.of(only);
        }
        List<T> values = new ArrayList<>(tree.count(list));
        for (int element = first; element < end; element = tree.next(element)) {
            T value = reader.read(tree, element);
            if (value != null) {
                values.add(value);
            }
        }
        return Collections.unmodifiableList(values);
    }

    /** Walks over the members. */
    void each(Visitor visitor) {
        int end = tree.next(at);
        for (int member = at + 1; member < end; member = tree.next(member)) {
            visitor.visit(tree, member);
        }
    }

    /** Takes a member. */
    @FunctionalInterface
    interface Visitor {
        void visit(Tree tree, int at);
    }

    /** Returns a member whose members are lists of texts, without those that are empty. */
    Map<String, List<String>> lists(String name) {
        Fields inner = object(name);
        Map<String, List<String>> lists = new LinkedHashMap<>();
        inner.each((inside, member) -> {
            List<String> values = inner.list(member, Tree::scalar);
            if (!values.isEmpty()) {
                lists.put(inside.name(member), values);
            }
        });
        return Collections.unmodifiableMap(lists);
    }
}
