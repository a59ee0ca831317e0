package io.github.sesquill.notifications;

import static io.github.sesquill.notifications.Fixture.quote;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Makes payloads of every type, with members that come and go, odd characters and the odd value of the wrong kind. */
final class Generated {

    private static final List<String> WORDS = List.of(
            "Permanent", "Transient", "General", "NoEmail", "abuse", "not-spam", "New", "", "Likely", "OptOut", "PASS");

    private static final List<String> TAGS = List.of(
            "kind",
            "ses:source-ip",
            "ses:caller-identity",
            "ses:configuration-set",
            "ses:from-domain",
            "ses:source-tls-version",
            "ses:outgoing-ip",
            "ses:outgoing-tls-version",
            "ses:operation",
            "ses:recipient-isp",
            "ses:sender-identity",
            "ses:feedback-id-a",
            "ses:feedback-id-b");

    private final SplittableRandom random;

    Generated(SplittableRandom random) {
        this.random = random;
    }

    /** Makes a notification of any type in a format it has. */
    String notification() {
        return switch (random.nextInt(11)) {
            case 0 -> event("Send", "send", "{}");
            case 1 -> event("Reject", "reject", object(text("reason")));
            case 2 -> event("Open", "open", object(texts("ipAddress", "timestamp", "userAgent", "isBotEvent")));
            case 3 ->
                event(
                        "Click",
                        "click",
                        object(texts("ipAddress", "timestamp", "link", "isBotEvent"), tags("linkTags")));
            case 4 -> event("Rendering Failure", "failure", object(texts("templateName", "errorMessage")));
            case 5 -> event("DeliveryDelay", "deliveryDelay", delay());
            case 6 -> event("Subscription", "subscription", subscription());
            case 7 -> received();
            default -> feedback();
        };
    }

    /** Makes a bounce, a complaint or a delivery in either format. */
    String feedback() {
        String type = pick("Bounce", "Complaint", "Delivery");
        String member = type.toLowerCase(java.util.Locale.ROOT);
        String detail = switch (type) {
            case "Bounce" ->
                object(
                        texts("bounceType", "bounceSubType", "timestamp", "feedbackId", "remoteMtaIp", "reportingMTA"),
                        recipients("bouncedRecipients", "action", "status", "diagnosticCode"));
            case "Complaint" ->
                object(
                        texts(
                                "timestamp",
                                "feedbackId",
                                "complaintSubType",
                                "userAgent",
                                "complaintFeedbackType",
                                "arrivalDate"),
                        recipients("complainedRecipients"));
            default ->
                object(
                        texts("timestamp", "processingTimeMillis", "smtpResponse", "reportingMTA", "remoteMtaIp"),
                        list("recipients", this::address));
        };
        return random.nextBoolean() ? event(type, member, detail) : identity(type, member, detail);
    }

    Wrapping wrapping(NotificationFormat format) {
        List<Wrapping> all = new ArrayList<>(List.of(
                Wrapping.bare(),
                Wrapping.sns(),
                Wrapping.snsInLambda(),
                Wrapping.sqsInLambda(),
                Wrapping.sns().in(Wrapping.sqsInLambda())));
        if (format == NotificationFormat.EVENT) {
            all.add(Wrapping.firehose());
            all.add(Wrapping.eventBridge());
            all.add(Wrapping.eventBridge().in(Wrapping.sns()).in(Wrapping.sqsInLambda()));
        }
        return all.get(random.nextInt(all.size()));
    }

    private String event(String type, String member, String detail) {
        return shuffled("\"eventType\":" + quote(type), "\"mail\":" + mail(true), quote(member) + ":" + detail);
    }

    private String identity(String type, String member, String detail) {
        return shuffled("\"notificationType\":" + quote(type), "\"mail\":" + mail(false), quote(member) + ":" + detail);
    }

    private String received() {
        String verdicts = List.of("spamVerdict", "virusVerdict", "spfVerdict", "dkimVerdict", "dmarcVerdict").stream()
                .map(name -> quote(name) + ":{\"status\":" + value() + "}")
                .collect(Collectors.joining(","));
        String receipt = object(
                texts("timestamp", "processingTimeMillis", "dmarcPolicy"),
                list("recipients", this::address),
                verdicts,
                "\"action\":"
                        + object(texts("type", "topicArn", "bucketName", "objectKey", "encoding", "functionArn")));
        return shuffled(
                "\"notificationType\":\"Received\"",
                "\"mail\":" + mail(false),
                "\"receipt\":" + receipt,
                text("content"));
    }

    private String delay() {
        return object(
                texts("timestamp", "delayType", "expirationTime", "reportingMTA"),
                recipients("delayedRecipients", "status", "diagnosticCode"));
    }

    private String subscription() {
        String topics = "{\"unsubscribeAll\":" + random.nextBoolean() + ",\"topicSubscriptionStatus\":["
                + object(texts("topicName", "subscriptionStatus")) + "]}";
        return object(texts("contactList", "timestamp", "source"), "\"newTopicPreferences\":" + topics);
    }

    private String mail(boolean event) {
        String headers = IntStream.range(0, random.nextInt(5))
                .mapToObj(i -> "{\"name\":" + quote(pick("From", "To", "Message-ID", "X-A")) + ",\"value\":"
                        + quote(word()) + "}")
                .collect(Collectors.joining(",", "\"headers\":[", "]"));
        String common = "\"commonHeaders\":"
                + object(
                        texts("sender", "returnPath", "subject", "date", "messageId"),
                        list("from", this::address),
                        list("to", this::address));
        return object(
                texts("timestamp", "messageId", "source", "sourceArn", "sendingAccountId"),
                list("destination", this::address),
                "\"headersTruncated\":" + random.nextBoolean(),
                headers,
                common,
                event
                        ? tags("tags")
                        : object(texts("sourceIp", "callerIdentity")).replaceAll("^\\{|\\}$", ""));
    }

    private String tags(String member) {
        return TAGS.stream()
                .filter(name -> random.nextBoolean())
                .map(name -> quote(name) + ":[" + quote(word()) + "]")
                .collect(Collectors.joining(",", quote(member) + ":{", "}"));
    }

    private String recipients(String member, String... names) {
        return list(member, () -> {
            String dsn = texts(names);
            return "{\"emailAddress\":" + address() + (dsn.isEmpty() ? "" : "," + dsn) + "}";
        });
    }

    private String list(String member, Supplier<String> element) {
        return IntStream.range(0, random.nextInt(4))
                .mapToObj(i -> element.get())
                .collect(Collectors.joining(",", quote(member) + ":[", "]"));
    }

    private String address() {
        return quote(pick("", "Jane Doe ", "\"Muster, Max\" ", "=?utf-8?q?J=C3=B6rg?= ") + "<" + random.nextInt(1000)
                + "@Example.com>");
    }

    private String text(String name) {
        return texts(name);
    }

    /** Makes some of the members, most of them text. */
    private String texts(String... names) {
        return List.of(names).stream()
                .filter(name -> random.nextInt(5) > 0)
                .map(name -> quote(name) + ":" + value())
                .collect(Collectors.joining(","));
    }

    private String value() {
        return switch (random.nextInt(12)) {
            case 0 -> "null";
            case 1 -> String.valueOf(random.nextInt());
            case 2 -> "true";
            case 3 -> "{\"odd\":[]}";
            default -> quote(word());
        };
    }

    private String word() {
        return switch (random.nextInt(4)) {
            case 0 -> WORDS.get(random.nextInt(WORDS.size()));
            case 1 -> "2025-09-18T07:41:1" + random.nextInt(10) + ".386Z";
            default ->
                random.ints(random.nextInt(12), 0, 0x3000)
                        .mapToObj(c -> c % 7 == 0
                                ? pick("\"", "\\", "\n", "/", "\u0001", "\ud83d\ude00", "}{")
                                : Character.toString(c))
                        .collect(Collectors.joining());
        };
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private static String object(String... members) {
        return List.of(members).stream().filter(m -> !m.isEmpty()).collect(Collectors.joining(",", "{", "}"));
    }

    private String shuffled(String... members) {
        List<String> all = new ArrayList<>(List.of(members));
        String first = all.remove(random.nextInt(all.size()));
        all.add(random.nextInt(all.size() + 1), first);
        return object(all.toArray(String[]::new));
    }
}
