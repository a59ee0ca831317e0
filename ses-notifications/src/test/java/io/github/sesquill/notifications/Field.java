package io.github.sesquill.notifications;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A field of a payload or of an envelope.
 *
 * @param kind what has it: a type of notification, or an envelope
 * @param path from the outermost object to the field; a name in brackets is an object in a list
 * @param as what the accessor makes of it
 * @param json a right value
 * @param value what the accessor then returns
 * @param absent what it returns without
 * @param others what it returns for those other values that mean something; for all else, {@code absent}
 * @param accessor reads it
 */
record Field(
        String kind,
        String path,
        String as,
        String json,
        Object value,
        Object absent,
        Map<String, Object> others,
        Function<Envelope, Object> accessor) {

    /** A word that no enum has, and a text that is no time and no number. */
    static final String NEW_WORD = "\"NewIn2031\"";

    /** Values of every kind of JSON, most of them wrong wherever they are. */
    static final List<String> ODD = List.of(
            "null",
            "550",
            "5.1",
            "true",
            "false",
            "\"\"",
            NEW_WORD,
            "[]",
            "[550]",
            "[null]",
            "[[{}]]",
            "{}",
            "{\"a\":null}",
            "{\"a\":[{}]}");

    /** A member that no version knows. */
    private static final String NOVELTY = "\"novelty\":{\"timestamp\":[{\"a\":null}]}";

    /** What must be beside a field for its object to be what it is; not repeated where it is the field itself. */
    private static final Map<String, List<String>> BESIDE = Map.ofEntries(
            Map.entry("[bouncedRecipients]", List.of("\"emailAddress\":\"a@b.example\"")),
            Map.entry("[delayedRecipients]", List.of("\"emailAddress\":\"a@b.example\"")),
            Map.entry("[topicSubscriptionStatus]", List.of("\"topicName\":\"t\"")),
            Map.entry("[headers]", List.of("\"name\":\"X-A\"", "\"value\":\"1\"")),
            Map.entry("SNS", List.of("\"Type\":\"Notification\"", "\"TopicArn\":\"t\"", "\"Message\":\"{}\"")),
            Map.entry(
                    "SubscriptionConfirmation",
                    List.of("\"Type\":\"SubscriptionConfirmation\"", "\"TopicArn\":\"t\"", "\"Message\":\"m\"")),
            Map.entry(
                    "UnsubscribeConfirmation",
                    List.of("\"Type\":\"UnsubscribeConfirmation\"", "\"TopicArn\":\"t\"", "\"Message\":\"m\"")),
            Map.entry("EventBridge", List.of("\"detail-type\":\"Email Sent\"", "\"detail\":{\"eventType\":\"Send\"}")),
            Map.entry("Lambda SQS[Records]", List.of("\"eventSource\":\"aws:sqs\"", "\"body\":\"{}\"")),
            Map.entry("Lambda SNS[Records]", List.of("\"Sns\":{\"TopicArn\":\"t\",\"Message\":\"{}\"}")),
            Map.entry("Lambda SES[Records]", List.of("\"ses\":{\"mail\":{},\"receipt\":{}}")),
            Map.entry("Lambda SQS", List.of()),
            Map.entry("Lambda SNS", List.of()),
            Map.entry("Lambda SES", List.of()),
            Map.entry(
                    "AmazonSnsSubscriptionSucceeded",
                    List.of("\"notificationType\":\"AmazonSnsSubscriptionSucceeded\"")),
            Map.entry("Received", List.of("\"notificationType\":\"Received\"")));

    /** Makes a body of this field and of nothing else that could be missing; with null, of that alone. */
    String body(@Nullable String given, boolean novel) {
        return object(path.split("/", -1), 0, given, novel);
    }

    Object read(@Nullable String given, boolean novel) {
        return accessor.apply(open(given, novel));
    }

    Envelope open(@Nullable String given, boolean novel) {
        return NotificationParser.create().open(body(given, novel));
    }

    private String object(String[] names, int depth, @Nullable String given, boolean novel) {
        boolean leaf = depth == names.length - 1;
        boolean list = names[depth].startsWith("[");
        String name = list ? names[depth].substring(1, names[depth].length() - 1) : names[depth];
        List<String> members = new ArrayList<>();
        String value = leaf ? given : object(names, depth + 1, given, novel);
        if (value != null) {
            members.add('"' + name + "\":" + (list ? '[' + value + ']' : value));
        }
        if (novel) {
            members.add(NOVELTY);
        }
        // What tells the type comes last, so that a value of the wrong kind must leave the reader where it should be.
        beside(names, depth).stream()
                .filter(member -> !member.startsWith('"' + name + "\":"))
                .forEach(members::add);
        return '{' + String.join(",", members) + '}';
    }

    private List<String> beside(String[] names, int depth) {
        if (depth == 0) {
            return BESIDE.getOrDefault(kind, List.of("\"eventType\":\"" + kind + '"'));
        }
        return BESIDE.getOrDefault(kind + names[depth - 1], BESIDE.getOrDefault(names[depth - 1], List.of()));
    }

    @Override
    public String toString() {
        return kind + ": " + path + ' ' + as;
    }
}
