package io.github.sesquill.notifications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every field of every payload and envelope, given right, absent, as each kind of JSON, and beside a new field. */
class FieldTableTest {

    /** What tells what a body is: with something else in it, it is another body, or none. */
    private static final Map<String, String> TELLING = Map.ofEntries(
            Map.entry("eventType", "{\"mail\":{},\"eventType\":%s}"),
            Map.entry("notificationType", "{\"mail\":{},\"notificationType\":%s}"),
            Map.entry("eventType beside notificationType", "{\"eventType\":%s,\"notificationType\":\"Bounce\"}"),
            Map.entry("Type", "{\"Type\":%s,\"Message\":\"text\"}"),
            Map.entry("Type beside TopicArn", "{\"Type\":%s,\"TopicArn\":\"t\",\"Message\":\"text\"}"),
            Map.entry("Message", "{\"Type\":\"Notification\",\"TopicArn\":\"t\",\"Message\":%s}"),
            Map.entry("detail-type", "{\"detail-type\":%s,\"detail\":{\"eventType\":\"Send\"}}"),
            Map.entry("detail", "{\"detail-type\":\"Email Sent\",\"detail\":%s}"),
            Map.entry("Records", "{\"Records\":%s}"),
            Map.entry("a record", "{\"Records\":[%s]}"),
            Map.entry("Sns", "{\"Records\":[{\"EventSource\":\"aws:sns\",\"Sns\":%s}]}"),
            Map.entry("ses", "{\"Records\":[{\"eventSource\":\"aws:ses\",\"ses\":%s}]}"),
            Map.entry("body", "{\"Records\":[{\"eventSource\":\"aws:sqs\",\"body\":%s}]}"),
            Map.entry("eventSource", "{\"Records\":[{\"eventSource\":%s,\"body\":\"{}\"}]}"));

    /** What of the fixtures has no row, and why. */
    private static final Map<String, String> WITHOUT_ROW = Map.of(
            "eventType", "tells the type",
            "notificationType", "tells the type",
            "Type", "tells what the envelope is",
            "Message", "is what the envelope holds");

    @TestFactory
    Stream<DynamicContainer> reads() {
        return FieldTable.ALL.stream().map(field -> dynamicContainer(field.toString(), tests(field)));
    }

    private static Stream<DynamicTest> tests(Field field) {
        Set<String> others = new HashSet<>(field.others().keySet());
        Field.ODD.forEach(others::remove);
        return Stream.of(
                        Stream.of(
                                dynamicTest("given right", () -> expect(field, field.json(), field.value())),
                                dynamicTest("absent", () -> {
                                    assertThat(field.read(null, false)).isEqualTo(field.absent());
                                    Derived.touch(only(field.open(null, false)));
                                }),
                                dynamicTest("beside a new field", () -> {
                                    assertThat(field.read(field.json(), true)).isEqualTo(field.value());
                                    assertThat(field.read(null, true)).isEqualTo(field.absent());
                                })),
                        Stream.concat(Field.ODD.stream(), others.stream())
                                .map(json -> dynamicTest(
                                        "given " + json,
                                        () -> expect(field, json, field.others().getOrDefault(json, field.absent())))))
                .flatMap(t -> t);
    }

    private static void expect(Field field, String json, Object value) {
        assertThat(field.read(json, false)).as(field.body(json, false)).isEqualTo(value);
        Derived.touch(only(field.open(json, false)));
    }

    private static SesNotification only(Envelope envelope) {
        assertThat(envelope.notifications()).hasSize(1);
        return envelope.notifications().get(0);
    }

    /** Whatever tells the type, if it cannot be told, there is another notification or the named exception. */
    @TestFactory
    Stream<DynamicTest> readsOrRefusesWhateverIsWhereTheTypeIsTold() {
        return TELLING.entrySet().stream()
                .flatMap(place -> Field.ODD.stream()
                        .map(json -> dynamicTest(place.getKey() + " given " + json, () -> {
                            String body = place.getValue().formatted(json);
                            try {
                                Fixture.open(body).notifications().forEach(Derived::touch);
                            } catch (NotificationFormatException e) {
                                assertThat(e).hasMessageStartingWith("Cannot read ");
                            }
                            try (Stream<NotificationParser.Item> items =
                                    NotificationParser.create().parseAll(body)) {
                                items.forEach(item -> item.notification().ifPresent(Derived::touch));
                            }
                        })));
    }

    @Test
    void keepsANewTypeAsItIs() {
        for (String member : List.of("eventType", "notificationType")) {
            for (String json : List.of("550", "true", "\"\"", Field.NEW_WORD)) {
                SesNotification n = Fixture.parse("{\"" + member + "\":" + json + "}");
                assertThat(n).isInstanceOf(SesNotification.Unknown.class);
                assertThat(n.type()).isEqualTo(json.replace("\"", ""));
            }
        }
    }

    /** All that is in a payload of these tests is in the table: the fixtures were made from what SES sends. */
    @Test
    void hasEveryFieldOfEveryFixture() {
        Set<String> known = paths();
        Set<String> met = new TreeSet<>();
        for (String name : Stream.concat(Fixture.PAYLOADS.stream(), Stream.of("sns-bounce", "sns-subscription"))
                .toList()) {
            FieldTable.flatten(Fixture.text(name)).keySet().stream()
                    .filter(path -> !isOfTheSender(path))
                    .forEach(path -> {
                        met.add(path);
                        assertThat(known.contains(path) || WITHOUT_ROW.containsKey(path))
                                .as("%s in %s", path, name)
                                .isTrue();
                    });
        }
        assertThat(met).containsAll(WITHOUT_ROW.keySet()).hasSizeGreaterThan(100);
    }

    /** The names of tags that are not of SES. */
    private static boolean isOfTheSender(String path) {
        return path.startsWith("click/linkTags/")
                || (path.startsWith("mail/tags/") && !path.startsWith("mail/tags/ses:"));
    }

    private static Set<String> paths() {
        return FieldTable.ALL.stream().map(Field::path).collect(Collectors.toSet());
    }

    /** A row that is lost shows here; so does one that is new, to be counted against what SES documents. */
    @Test
    void hasSoManyFieldsForEach() {
        assertThat(FieldTable.ALL.stream().map(Field::toString)).doesNotHaveDuplicates();
        Map<String, Integer> counts = new TreeMap<>();
        FieldTable.ALL.stream()
                .map(field ->
                        field.path().startsWith("mail") ? "mail: " + field.path() : field.kind() + ": " + field.path())
                .distinct()
                .forEach(path -> counts.merge(path.substring(0, path.indexOf(':')), 1, Integer::sum));
        assertThat(counts)
                .isEqualTo(Map.ofEntries(
                        Map.entry("mail", 38),
                        Map.entry("Bounce", 12),
                        Map.entry("Complaint", 9),
                        Map.entry("Delivery", 7),
                        Map.entry("Send", 1),
                        Map.entry("Reject", 2),
                        Map.entry("Rendering Failure", 3),
                        Map.entry("Open", 5),
                        Map.entry("Click", 8),
                        Map.entry("DeliveryDelay", 9),
                        Map.entry("Subscription", 14),
                        Map.entry("Received", 30),
                        Map.entry("SNS", 11),
                        Map.entry("SubscriptionConfirmation", 10),
                        Map.entry("UnsubscribeConfirmation", 10),
                        Map.entry("AmazonSnsSubscriptionSucceeded", 1),
                        Map.entry("EventBridge", 6),
                        Map.entry("Lambda SQS", 8),
                        Map.entry("Lambda SNS", 3),
                        Map.entry("Lambda SES", 2)));
    }
}
