package io.github.sesquill.notifications;

import static io.github.sesquill.notifications.Field.NEW_WORD;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/** Makes fields of each kind there is, and says what each kind of JSON means there. */
abstract class FieldRows {

    private static final String TIME = "2025-09-18T07:41:13.386Z";
    private static final String NUMBERS = "[2025,9,18,7,41,13,386000000]";

    final List<Field> rows = new ArrayList<>();

    /** The kind whose fields are next. */
    String kind = "";

    private void row(
            String path,
            String as,
            String json,
            Object value,
            Object absent,
            Map<String, Object> others,
            Function<Envelope, Object> accessor) {
        rows.add(new Field(kind, path, as, json, value, absent, others, accessor));
    }

    /** Returns what is read where a number or a truth value is as good as its text. */
    private static Map<String, Object> scalars(Function<String, Object> meaning) {
        Map<String, Object> others = new HashMap<>();
        for (String text : List.of("550", "5.1", "true", "false")) {
            others.put(text, meaning.apply(text));
        }
        others.put("\"\"", meaning.apply(""));
        others.put(NEW_WORD, meaning.apply("NewIn2031"));
        return others;
    }

    static String quoted(String text) {
        return '"' + text + '"';
    }

    final void text(String path, Function<Envelope, Object> accessor) {
        text(path, Optional.empty(), accessor);
    }

    final void text(String path, Object absent, Function<Envelope, Object> accessor) {
        row(path, "as text", "\"some text\"", Optional.of("some text"), absent, scalars(Optional::of), accessor);
    }

    /** A time, once as text and once as what it means; SES has it as a list of numbers in places. */
    final void time(String path, Function<Envelope, Object> text, Function<Envelope, Object> instant) {
        Map<String, Object> others = scalars(Optional::of);
        others.put("[550]", Optional.of("[550]"));
        others.put(NUMBERS, Optional.of("[2025, 9, 18, 7, 41, 13, 386000000]"));
        row(path, "as text", quoted(TIME), Optional.of(TIME), Optional.empty(), others, text);
        Object time = Optional.of(Instant.parse(TIME));
        row(path, "as time", quoted(TIME), time, Optional.empty(), Map.of(NUMBERS, time), instant);
    }

    /** A word of an enum, once as a constant and once as text. */
    final void word(
            String path,
            String word,
            Object right,
            Object unknown,
            Object absent,
            Function<Envelope, Object> accessor,
            Function<Envelope, Object> text) {
        row(path, "as constant", quoted(word), right, absent, scalars(any -> unknown), accessor);
        row(path, "as text", quoted(word), Optional.of(word), Optional.empty(), scalars(Optional::of), text);
    }

    final void number(String path, Function<Envelope, Object> accessor) {
        row(
                path,
                "as number",
                "42",
                OptionalLong.of(42),
                OptionalLong.empty(),
                Map.of("550", OptionalLong.of(550), "\"42\"", OptionalLong.of(42)),
                accessor);
    }

    final void truth(String path, Function<Envelope, Object> accessor) {
        row(path, "as truth", "true", true, false, Map.of("true", true, "\"True\"", true), accessor);
    }

    /** A list of texts, in which one text, number or truth value is a list of one. */
    final void texts(String path, Function<Envelope, Object> accessor) {
        Map<String, Object> others = scalars(List::of);
        others.put("[550]", List.of("550"));
        others.put("[\"a\",null,{\"a\":[]},true]", List.of("a", "true"));
        row(path, "as texts", "[\"a@b.example\"]", List.of("a@b.example"), List.of(), others, accessor);
    }

    /** A list of recipients, each a text or an object with an address; the accessor returns what they came as. */
    final void recipients(String path, Function<Envelope, Object> accessor) {
        Map<String, Object> others = scalars(text -> text.isEmpty() ? List.of() : List.of(text));
        others.put("[550]", List.of("550"));
        others.put("[\"a\",null,{\"a\":[]},{\"emailAddress\":\"b\"},\" \"]", List.of("a", "b"));
        row(
                path,
                "as recipients",
                "[{\"emailAddress\":\"a@b.example\"}]",
                List.of("a@b.example"),
                List.of(),
                others,
                accessor);
    }

    /** The one text of each object in a list, without which there is no such object, if {@code blank} not a blank one. */
    final void nameOfElement(String path, boolean blank, Function<Envelope, Object> accessor) {
        Map<String, Object> others = scalars(text -> text.isEmpty() && !blank ? List.of() : List.of(text));
        row(path, "as what there is", "\"some text\"", List.of("some text"), List.of(), others, accessor);
    }

    /** Something of a shape of its own, where all else means nothing. */
    final void only(String path, String json, Object value, Object absent, Function<Envelope, Object> accessor) {
        row(path, "as a whole", json, value, absent, Map.of(), accessor);
    }

    /** An object or a list, of which one text is looked at. */
    final void holder(String path, String json, Function<Envelope, Object> accessor) {
        only(path, json, Optional.of("some text"), Optional.empty(), accessor);
    }

    /** The values of a name that the sender chose: one is as good as a list. */
    final void values(String path, Function<Envelope, Object> accessor) {
        Map<String, Object> others = scalars(List::of);
        others.put("[550]", List.of("550"));
        row(path, "as values", "[\"1\",\"2\"]", List.of("1", "2"), List.of(), others, accessor);
    }

    /** The first value of a tag. */
    final void tag(String name, Function<Envelope, Object> accessor) {
        Map<String, Object> others = scalars(Optional::of);
        others.put("[550]", Optional.of("550"));
        others.put("[null,\"late\"]", Optional.of("late"));
        row(
                "mail/tags/" + name,
                "as first value",
                "[\"some text\"]",
                Optional.of("some text"),
                Optional.empty(),
                others,
                accessor);
    }
}
