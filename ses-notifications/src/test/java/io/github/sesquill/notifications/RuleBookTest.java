package io.github.sesquill.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sesquill.notifications.SesNotification.Bounce;
import io.github.sesquill.notifications.SesNotification.Complaint;
import io.github.sesquill.notifications.SesNotification.Delivery;
import io.github.sesquill.notifications.SesNotification.Other;
import io.github.sesquill.notifications.SesNotification.Unknown;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules by which a payload is read, one nest for each. */
class RuleBookTest {

    @Nested
    class TheTypeIsTold {

        @Test
        void byEventTypeFirst() {
            SesNotification n = Fixture.parse("{\"notificationType\":\"Bounce\",\"eventType\":\"Delivery\"}");

            assertThat(n).isInstanceOf(Delivery.class);
            assertThat(n.format()).isEqualTo(NotificationFormat.EVENT);
        }

        @Test
        void elseByNotificationType() {
            SesNotification n = Fixture.parse("{\"notificationType\":\"Bounce\",\"eventType\":null}");

            assertThat(n).isInstanceOf(Bounce.class);
            assertThat(n.format()).isEqualTo(NotificationFormat.IDENTITY);
        }

        @Test
        void whereverItStands() {
            String bounce = "\"bounce\":{\"bounceType\":\"Permanent\"}";
            String mail = "\"mail\":{\"messageId\":\"m1\"}";
            String type = "\"eventType\":\"Bounce\"";
            List<SesNotification> read = new ArrayList<>();
            for (String body : List.of(
                    type + "," + mail + "," + bounce,
                    type + "," + bounce + "," + mail,
                    mail + "," + bounce + "," + type,
                    bounce + "," + mail + "," + type)) {
                read.add(Fixture.parse("{" + body + "}"));
            }

            assertThat(read).allMatch(n -> n instanceof Bounce b && b.isPermanent());
            assertThat(read.stream().map(n -> n.mail().messageId()))
                    .allMatch(id -> id.equals(read.get(0).mail().messageId()));
        }

        @ParameterizedTest
        @ValueSource(strings = {"Unsubscribe", "SomethingOf2031", "99"})
        void andANewOneIsKeptWithItsText(String type) {
            String body =
                    "{\"eventType\":\"%s\",\"mail\":{\"messageId\":\"m1\"},\"novelty\":{\"a\":[1]}}".formatted(type);

            SesNotification n = Fixture.parse(body);

            assertThat(n).isInstanceOf(Unknown.class).isInstanceOf(Other.class);
            assertThat(n.type()).isEqualTo(type);
            assertThat(n.raw()).isEqualTo(body);
            assertThat(n.mail().messageId()).contains("m1");
        }

        @Test
        void evenIfItIsANumber() {
            assertThat(Fixture.parse("{\"notificationType\":99}").type()).isEqualTo("99");
        }
    }

    @Nested
    class EveryScalarIsOptional {

        @ParameterizedTest
        @ValueSource(strings = {"{\"eventType\":\"Bounce\"}", "{\"eventType\":\"Bounce\",\"bounce\":{},\"mail\":{}}"})
        void inABounce(String body) {
            Bounce bounce = Fixture.bounce(body);

            assertThat(bounce.bounceType()).isEqualTo(BounceType.UNKNOWN);
            assertThat(bounce.bounceTypeText()).isEmpty();
            assertThat(bounce.isPermanent()).isFalse();
            assertThat(bounce.isOutOfOffice()).isFalse();
            assertThat(bounce.recipients()).isEmpty();
            assertThat(bounce.mail().isAbsent()).isTrue();
        }

        @Test
        void inAComplaint() {
            Complaint complaint = Fixture.complaint("{\"eventType\":\"Complaint\"}");

            assertThat(complaint.recipients()).isEmpty();
            assertThat(complaint.feedbackType()).isEmpty();
            assertThat(complaint.isNotSpam()).isFalse();
        }

        @Test
        void inADelivery() {
            Delivery delivery = Fixture.delivery("{\"eventType\":\"Delivery\"}");

            assertThat(delivery.recipients()).isEmpty();
            assertThat(delivery.processingTimeMillis()).isEmpty();
        }
    }

    @Nested
    class EveryEnumIsOpen {

        @Test
        void andKeepsTheWordSesSent() {
            Bounce bounce = Fixture.bounce(
                    "{\"eventType\":\"Bounce\",\"bounce\":{\"bounceType\":\"Partial\",\"bounceSubType\":\"FullMoon\"}}");

            assertThat(bounce.bounceType()).isEqualTo(BounceType.UNKNOWN);
            assertThat(bounce.bounceTypeText()).contains("Partial");
            assertThat(bounce.bounceSubType()).isEqualTo(BounceSubType.UNKNOWN);
            assertThat(bounce.bounceSubTypeText()).contains("FullMoon");
        }

        @Test
        void ofComplaintsToo() {
            Complaint complaint = Fixture.complaint("""
                    {"eventType":"Complaint","complaint":{"complaintFeedbackType":"miffed","complaintSubType":"New"}}""");

            assertThat(complaint.feedbackType()).contains(ComplaintFeedbackType.UNKNOWN);
            assertThat(complaint.feedbackTypeText()).contains("miffed");
            assertThat(complaint.complaintSubType()).contains(ComplaintSubType.UNKNOWN);
            assertThat(complaint.complaintSubTypeText()).contains("New");
        }

        @Test
        void andUnknownMembersAreIgnored() {
            String plain =
                    "{\"eventType\":\"Bounce\",\"bounce\":{\"bounceType\":\"Permanent\"},\"mail\":{\"messageId\":\"m\"}}";
            String more = plain.replace("{\"bounceType", "{\"new\":[{\"deep\":{}}],\"bounceType")
                    .replace("{\"messageId", "{\"new\":{\"messageId\":\"other\"},\"messageId");

            assertThat(Fixture.parse(more)).isEqualTo(Fixture.parse(plain));
            assertThat(Fixture.parse(more).raw()).isEqualTo(more);
        }
    }

    @Nested
    class WordsAreCompared {

        @ParameterizedTest
        @CsvSource({
            "Permanent, PERMANENT",
            "PERMANENT, PERMANENT",
            "permanent, PERMANENT",
            "Per-manent, PERMANENT",
            "Permanently, UNKNOWN"
        })
        void exactlyFirstThenWithoutCaseAndSeparators(String word, BounceType type) {
            assertThat(BounceType.of(word)).isEqualTo(type);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"OnAccountSuppressionList", "ON_ACCOUNT_SUPPRESSION_LIST", "on account suppression list"})
        void inAllSpellings(String word) {
            assertThat(BounceSubType.of(word)).isEqualTo(BounceSubType.ON_ACCOUNT_SUPPRESSION_LIST);
            assertThat(ComplaintSubType.of(word)).isEqualTo(ComplaintSubType.ON_ACCOUNT_SUPPRESSION_LIST);
        }

        @ParameterizedTest
        @ValueSource(strings = {"Bounce", "bounce", "BOUNCE"})
        void ofTheTypeAsWell(String type) {
            SesNotification n = Fixture.parse("{\"eventType\":\"" + type + "\"}");

            assertThat(n).isInstanceOf(Bounce.class);
            assertThat(n.type()).isEqualTo(type);
        }

        @Test
        void andEveryConstantIsFoundByItsOwnWord() {
            assertThat(BounceType.values()).allMatch(c -> BounceType.of(c.word()) == c);
            assertThat(BounceSubType.values()).allMatch(c -> BounceSubType.of(c.word()) == c);
            assertThat(ComplaintFeedbackType.values()).allMatch(c -> ComplaintFeedbackType.of(c.word()) == c);
            assertThat(ComplaintSubType.values()).allMatch(c -> ComplaintSubType.of(c.word()) == c);
        }

        @Test
        void andALetterThatFoldsInTurkishOnlyIsNoMatch() {
            assertThat(BounceType.of("TRANS\u0130ENT")).isEqualTo(BounceType.UNKNOWN);
        }
    }

    @Nested
    class Timestamps {

        @Test
        void areKeptAsTextAndAsTime() {
            Bounce bounce = Fixture.bounce(
                    "{\"eventType\":\"Bounce\",\"bounce\":{\"timestamp\":\"2018-10-08T14:05:45 +0000\"}}");

            assertThat(bounce.timestampText()).contains("2018-10-08T14:05:45 +0000");
            assertThat(bounce.timestamp()).hasValueSatisfying(t -> assertThat(t).isEqualTo("2018-10-08T14:05:45Z"));
        }

        @Test
        void thatCannotBeReadDoNotLoseABounce() {
            Bounce bounce = Fixture.bounce("""
                    {"eventType":"Bounce","bounce":{"bounceType":"Permanent","timestamp":"last Tuesday",
                     "bouncedRecipients":[{"emailAddress":"a@example.com"}]},
                     "mail":{"timestamp":"soon","commonHeaders":{"date":"never"}}}""");

            assertThat(bounce.timestamp()).isEmpty();
            assertThat(bounce.timestampText()).contains("last Tuesday");
            assertThat(bounce.mail().timestamp()).isEmpty();
            assertThat(bounce.mail().commonHeaders().date()).isEmpty();
            assertThat(bounce.mail().commonHeaders().dateText()).contains("never");
            assertThat(bounce.isPermanent()).isTrue();
            assertThat(bounce.recipients())
                    .extracting(BouncedRecipient::address)
                    .containsExactly("a@example.com");
        }

        @Test
        void mayBeAListOfNumbers() {
            Bounce bounce = Fixture.bounce(
                    "{\"eventType\":\"Bounce\",\"bounce\":{\"timestamp\":[2025,7,24,12,44,28,995000000]}}");

            assertThat(bounce.timestamp()).hasValueSatisfying(t -> assertThat(t).isEqualTo("2025-07-24T12:44:28.995Z"));
        }
    }

    @Nested
    class Addresses {

        @Test
        void areTakenOutOfDisplayNames() {
            Bounce bounce = Fixture.bounce(Fixture.text("event-out-of-office"));

            assertThat(bounce.recipients()).singleElement().satisfies(r -> {
                assertThat(r.address()).isEqualTo("eva.muster@example.net");
                assertThat(r.original()).isEqualTo("\"Muster, Eva\" <eva.muster@example.net>");
            });
            assertThat(bounce.mail().source()).contains("Acme Receipts <receipts@acme.example>");
            assertThat(bounce.mail().sourceAddress()).contains("receipts@acme.example");
        }
    }

    @Nested
    class Lists {

        @ParameterizedTest
        @ValueSource(strings = {"null", "[]", "{}", "[null]", "[[],{}]", "[{\"emailAddress\":\" \"}]"})
        void mayBeEmptyOrAbsent(String list) {
            String body =
                    "{\"eventType\":\"Bounce\",\"bounce\":{\"bouncedRecipients\":%s},\"mail\":{\"destination\":%s,\"tags\":null}}"
                            .formatted(list, list);

            assertThat(Fixture.bounce(body).recipients()).isEmpty();
            assertThat(Fixture.bounce(body).mail().destination()).isEmpty();
            assertThat(Fixture.bounce(body).mail().tags()).isEmpty();
        }

        @Test
        void ofOneMayComeWithoutBrackets() {
            Bounce bounce = Fixture.bounce("""
                    {"eventType":"Bounce","bounce":{"bouncedRecipients":{"emailAddress":"a@example.com","status":"5.1.1"}},
                     "mail":{"destination":"a@example.com","tags":{"kind":"receipt"}}}""");

            assertThat(bounce.recipients())
                    .extracting(BouncedRecipient::address)
                    .containsExactly("a@example.com");
            assertThat(bounce.mail().destination())
                    .extracting(Recipient::address)
                    .containsExactly("a@example.com");
            assertThat(bounce.mail().tag("kind")).contains("receipt");
        }

        @Test
        void keepTheGoodElementsAmongTheBad() {
            Bounce bounce = Fixture.bounce("""
                    {"eventType":"Bounce","bounce":{"bouncedRecipients":
                     [null,7.5,{"status":"5.1.1"},{"emailAddress":"a@example.com"},["x"],"b@example.com"]}}""");

            assertThat(bounce.recipients())
                    .extracting(BouncedRecipient::address)
                    .containsExactly("7.5", "a@example.com", "b@example.com");
        }
    }

    @Nested
    class PlainText {

        private static final String VALIDATED = "Successfully validated SNS topic for Amazon SES event publishing.";

        @Test
        void isANotificationInAnSnsMessage() {
            SesNotification n = Fixture.parse(Fixture.sns(Fixture.quote(VALIDATED)));

            assertThat(n).isInstanceOf(SesNotification.TopicNotice.class);
            assertThat(n.type()).isEmpty();
            assertThat(n.format()).isEqualTo(NotificationFormat.NONE);
            assertThat(n.raw()).isEqualTo(VALIDATED);
        }

        @Test
        void isANotificationByItselfIfItIsTheOneOfSes() {
            assertThat(Fixture.parse(VALIDATED + "\n").raw()).isEqualTo(VALIDATED + "\n");
        }

        @Test
        void ofATopicSetOnAnIdentityIsJson() {
            String message = """
                    {"notificationType":"AmazonSnsSubscriptionSucceeded","message":"You have successfully subscribed"}
                    """;

            assertThat(Fixture.parse(Fixture.sns(Fixture.quote(message))).type())
                    .isEqualTo("AmazonSnsSubscriptionSucceeded");
        }
    }

    @Nested
    class NumbersAndTruthValues {

        @ParameterizedTest
        @ValueSource(strings = {"1384", "\"1384\"", "\" 1384 \""})
        void mayComeAsText(String number) {
            assertThat(Fixture.delivery("{\"eventType\":\"Delivery\",\"delivery\":{\"processingTimeMillis\":%s}}"
                                    .formatted(number))
                            .processingTimeMillis())
                    .hasValue(1384);
        }

        @ParameterizedTest
        @CsvSource({
            "true, true",
            "'\"true\"', true",
            "'\"True\"', true",
            "false, false",
            "'\"false\"', false",
            "1, false"
        })
        void mayComeAsTextToo(String truth, boolean expected) {
            SesNotification n =
                    Fixture.parse("{\"eventType\":\"Send\",\"mail\":{\"headersTruncated\":%s}}".formatted(truth));

            assertThat(n.mail().headersTruncated()).isEqualTo(expected);
        }

        @Test
        void areTakenAsTextWhereTextIsExpected() {
            SesNotification n = Fixture.parse("{\"eventType\":\"Send\",\"mail\":{\"sendingAccountId\":4211337788}}");

            assertThat(n.mail().sendingAccountId()).contains("4211337788");
        }
    }

    @Nested
    class ByteOrderMarkAndBlanks {

        @ParameterizedTest
        @ValueSource(strings = {"\uFEFF%s", "%s\n", " \r\n\t%s \r\n", "\uFEFF\n%s\n\n"})
        void areTolerated(String frame) {
            String payload = Fixture.text("event-complaint").strip();
            String body = frame.formatted(payload);

            assertThat(Fixture.parse(body)).isEqualTo(Fixture.parse(payload));
            assertThat(Fixture.parse(body).raw()).isEqualTo(payload);
            assertThat(Fixture.parse(Fixture.sns(Fixture.quote(body))).raw()).isEqualTo(payload);
        }
    }

    @Nested
    class Identity {

        @Test
        void ofTheDeliveryIsTheIdOfTheSnsMessageAndOfTheBounceItsFeedbackId() {
            Envelope envelope = NotificationParser.create().open(Fixture.text("sns-bounce"));
            Bounce bounce = (Bounce) envelope.notifications().get(0);

            assertThat(envelope.messageId()).contains("3f0c6b1e-8d0a-5b7e-9a44-31f7c20e55aa");
            assertThat(bounce.feedbackId())
                    .hasValueSatisfying(id -> assertThat(id).startsWith("01020199"));
            assertThat(bounce.mail().messageId()).isPresent().isNotEqualTo(bounce.feedbackId());
        }
    }
}
