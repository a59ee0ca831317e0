package io.github.sesquill.notifications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.sesquill.notifications.FieldTable.Field;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every field of every payload, given right, absent, null, as each wrong kind, as a new word, and beside a new field. */
class FieldTableTest {

    /** JSON values of every kind that is not text. */
    private static final List<String> ODD = List.of("null", "{}", "{\"a\":[{}]}", "[]", "[[{}]]", "[null]");

    private static final String EXTRA = ",\"novelty\":{\"timestamp\":[{\"a\":null}]}";

    @TestFactory
    Stream<DynamicContainer> reads() {
        return FieldTable.ALL.stream().map(field -> dynamicContainer(field.path(), tests(field)));
    }

    private static Stream<DynamicTest> tests(Field field) {
        Stream<DynamicTest> given = Stream.of(
                expects("given right", field, field.json(), field.value()),
                expects("absent", field, null, field.absent()),
                dynamicTest("beside a new field", () -> {
                    assertThat(field.accessor().apply(field.read(field.json(), EXTRA)))
                            .isEqualTo(field.value());
                    assertThat(field.accessor().apply(field.read(null, EXTRA))).isEqualTo(field.absent());
                }));
        Stream<DynamicTest> odd = ODD.stream()
                // A list of numbers is a timestamp in one of its forms, so that any list is text there.
                .filter(json -> !(json.startsWith("[") && field.isTime()))
                .map(json -> expects("given " + json, field, json, field.absent()));
        Stream<DynamicTest> scalars = field.isText()
                ? Stream.of(
                        expects("given a number", field, "550", Optional.of("550")),
                        expects("given a fraction", field, "5.1", Optional.of("5.1")),
                        expects("given a truth value", field, "true", Optional.of("true")),
                        expects("given an empty text", field, "\"\"", Optional.of("")))
                : Stream.empty();
        Stream<DynamicTest> words = field.unknown() == null ? Stream.empty() : Stream.of(newWord(field));
        return Stream.of(given, odd, scalars, words).flatMap(t -> t);
    }

    private static DynamicTest newWord(Field field) {
        return dynamicTest("given a new word", () -> {
            SesNotification n = field.read("\"NewIn2031\"", "");
            Object unknown = Objects.requireNonNull(field.unknown());
            assertThat(field.accessor().apply(n))
                    .isEqualTo(field.absent() instanceof Optional ? Optional.of(unknown) : unknown);
            assertThat(Objects.requireNonNull(field.word()).apply(n)).isEqualTo(Optional.of("NewIn2031"));
        });
    }

    private static DynamicTest expects(String name, Field field, @Nullable String json, Object value) {
        return dynamicTest(name, () -> {
            SesNotification n = field.read(json, "");
            assertThat(field.accessor().apply(n)).isEqualTo(value);
            Derived.touch(n);
        });
    }

    @Test
    void hasEveryFieldOfTheReference() {
        assertThat(FieldTable.ALL).hasSizeGreaterThan(85);
        assertThat(FieldTable.ALL.stream().map(Field::path)).doesNotHaveDuplicates();
    }

    /** Returns what a bounce, a complaint or a delivery says besides its mail and its format. */
    static List<Object> allButMail(SesNotification n) {
        return ((Published) n).value();
    }

    /** Returns what a mail says in both formats. */
    static List<Object> ofBothFormats(Mail mail) {
        CommonHeaders common = mail.commonHeaders();
        return List.of(
                mail.timestampText(),
                mail.messageId(),
                mail.source(),
                mail.sourceArn(),
                mail.sendingAccountId(),
                mail.sourceIp(),
                mail.callerIdentity(),
                mail.destination(),
                mail.headersTruncated(),
                mail.headers(),
                List.of(common.from(), common.to(), common.cc(), common.bcc(), common.replyTo()),
                List.of(common.sender(), common.returnPath(), common.subject(), common.dateText()));
    }
}
