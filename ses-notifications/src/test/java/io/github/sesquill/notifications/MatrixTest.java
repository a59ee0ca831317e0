package io.github.sesquill.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every notification, of every era it changed in, in every envelope that can carry it. */
class MatrixTest {

    private static final Map<String, Wrapping> ENVELOPES = new LinkedHashMap<>();

    static {
        ENVELOPES.put("bare", Wrapping.bare());
        ENVELOPES.put("SNS", Wrapping.sns());
        ENVELOPES.put("Lambda SNS", Wrapping.snsInLambda());
        ENVELOPES.put("Lambda raw SQS", Wrapping.sqsInLambda());
        ENVELOPES.put("Lambda SQS, SNS", Wrapping.sns().in(Wrapping.sqsInLambda()));
        ENVELOPES.put("EventBridge", Wrapping.eventBridge());
        ENVELOPES.put("SNS, EventBridge", Wrapping.eventBridge().in(Wrapping.sns()));
        ENVELOPES.put(
                "Lambda SQS, SNS, EventBridge",
                Wrapping.eventBridge().in(Wrapping.sns()).in(Wrapping.sqsInLambda()));
        ENVELOPES.put("Firehose", Wrapping.firehose());
        ENVELOPES.put("Lambda SES", Wrapping.sesInLambda());
    }

    /** What nobody has seen in another form, and why one era of it is all. */
    private static final Map<String, String> OF_ONE_ERA =
            Map.of("topic-subscription-succeeded", "two members and one sentence wherever it was seen");

    private static final Pattern YEAR = Pattern.compile("-20\\d\\d$");
    private static final Pattern MEMBER = Pattern.compile("\"([^\"\\\\]+)\" ?:");

    private final NotificationParser parser = NotificationParser.create();

    /** EventBridge and Firehose get events only, a function of a receipt rule received mail only. */
    private static boolean carries(String envelope, String payload) {
        boolean event = payload.startsWith("event-");
        if (envelope.contains("EventBridge") || envelope.equals("Firehose")) {
            return event;
        }
        return !envelope.equals("Lambda SES") || payload.startsWith("received-");
    }

    @Test
    void readsEveryNotificationInEveryEnvelope() {
        StringBuilder table = new StringBuilder("notification: envelopes\n");
        int cells = 0;
        for (String name : Fixture.PAYLOADS) {
            List<String> read = new ArrayList<>();
            for (Map.Entry<String, Wrapping> envelope : ENVELOPES.entrySet()) {
                if (carries(envelope.getKey(), name)) {
                    reads(name, envelope.getKey(), envelope.getValue());
                    read.add(envelope.getKey());
                    cells++;
                }
            }
            table.append(name).append(": ").append(String.join(" | ", read)).append('\n');
        }
        OF_ONE_ERA.forEach((name, why) ->
                table.append(name).append(" has one era: ").append(why).append('\n'));
        // Whoever builds this is to see it.
        System.out.println(table.append(cells).append(" cells"));
        assertThat(cells).isEqualTo(22 * 9 + 21 * 5 + 12);
    }

    @Test
    void hasErasThatDifferOfEveryNotificationButThoseThatNeverChanged() {
        Map<String, List<String>> eras = Fixture.PAYLOADS.stream()
                .collect(Collectors.groupingBy(name -> YEAR.matcher(name).replaceFirst("")));
        Map<String, List<String>> single = new TreeMap<>(eras);
        single.values().removeIf(names -> names.size() > 1);

        assertThat(single.keySet()).isEqualTo(OF_ONE_ERA.keySet());
        eras.forEach((kind, names) ->
                assertThat(names.stream().map(MatrixTest::members)).as(kind).doesNotHaveDuplicates());
    }

    private static Set<String> members(String name) {
        return MEMBER.matcher(Fixture.text(name))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
    }

    private void reads(String name, String envelope, Wrapping wrapping) {
        String payload = Fixture.text(name);
        SesNotification bare = parser.parse(payload);
        SesNotification read = parser.parse(wrapping.wrap(payload));

        if (envelope.equals("Lambda SES")) {
            // No type and no content: all else is the same.
            assertThat(read.mail()).as(name).isEqualTo(bare.mail());
            assertThat(((SesNotification.Received) read).receipt())
                    .isEqualTo(((SesNotification.Received) bare).receipt());
            return;
        }
        assertThat(read).as("%s in %s", name, envelope).isEqualTo(bare).hasSameHashCodeAs(bare);
        assertThat(parser.parse(wrapping.wrap(bare)))
                .as("%s written in %s", name, envelope)
                .isEqualTo(bare);
        assertThat(parser.parseAll(wrapping.wrap(payload)).map(NotificationParser.Item::orThrow))
                .containsExactly(bare);
    }

    @Test
    void hasEveryTypeAndEveryReceiptAction() {
        Set<String> types = new TreeSet<>();
        Set<String> actions = new TreeSet<>();
        for (String name : Fixture.PAYLOADS) {
            SesNotification n = Fixture.parse(Fixture.text(name));
            types.add(n.getClass().getInterfaces()[0].getSimpleName());
            if (n instanceof SesNotification.Received received) {
                actions.add(received.receipt().action().type().toString());
            }
        }
        assertThat(types)
                .containsExactly(
                        "Bounce",
                        "Click",
                        "Complaint",
                        "Delivery",
                        "DeliveryDelay",
                        "Open",
                        "Received",
                        "Reject",
                        "RenderingFailure",
                        "Send",
                        "Subscription",
                        "TopicNotice");
        assertThat(actions).containsExactly("BOUNCE", "LAMBDA", "S3", "SNS", "STOP", "WORKMAIL");
    }

    @Test
    void readsThePlainTextOfSesInEveryEnvelopeThatCanCarryIt() {
        String text = "Successfully validated SNS topic for Amazon SES event publishing.";
        for (Wrapping wrapping : List.of(
                Wrapping.bare(),
                Wrapping.sns(),
                Wrapping.snsInLambda(),
                Wrapping.sqsInLambda(),
                Wrapping.sns().in(Wrapping.sqsInLambda()))) {
            assertThat(parser.parse(wrapping.wrap(text)))
                    .isInstanceOfSatisfying(SesNotification.TopicNotice.class, notice -> {
                        assertThat(notice.kind()).isEqualTo(TopicNoticeKind.TOPIC_VALIDATED);
                        assertThat(notice.message()).contains(text);
                    });
        }
    }
}
