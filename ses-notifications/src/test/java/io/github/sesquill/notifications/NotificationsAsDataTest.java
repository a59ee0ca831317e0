package io.github.sesquill.notifications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Modifier;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Notifications are values: equal by content, unchangeable, and fit for a log. */
class NotificationsAsDataTest {

    @SuppressWarnings("UnusedVariable") // named by the annotations below
    private static final List<String> PAYLOADS = Fixture.PAYLOADS;

    @ParameterizedTest
    @FieldSource("PAYLOADS")
    void areEqualByContent(String name) {
        SesNotification n = Fixture.parse(Fixture.text(name));
        SesNotification again = Fixture.parse(Fixture.text(name));

        assertThat(n).isEqualTo(again).hasSameHashCodeAs(again);
        assertThat(n.mail()).isEqualTo(again.mail()).hasSameHashCodeAs(again.mail());
        assertThat(n.mail().commonHeaders()).isEqualTo(again.mail().commonHeaders());
    }

    @Test
    void areEqualWhateverTheOrderOfMembersAndTags() {
        assertThat(Fixture.parse("{\"eventType\":\"Bounce\",\"mail\":{\"tags\":{\"a\":[\"1\"],\"b\":[\"2\"]}}}"))
                .isEqualTo(
                        Fixture.parse("{\"mail\":{\"tags\":{\"b\":[\"2\"],\"a\":[\"1\"]}},\"eventType\":\"Bounce\"}"));
    }

    @Test
    void differByKindFormatMailAndMembers() {
        Set<SesNotification> different = new HashSet<>();
        for (String body : List.of(
                "{\"eventType\":\"Bounce\"}",
                "{\"notificationType\":\"Bounce\"}",
                "{\"eventType\":\"Complaint\"}",
                "{\"eventType\":\"Delivery\"}",
                "{\"eventType\":\"Send\"}",
                "{\"eventType\":\"New\",\"new\":{}}",
                "{\"eventType\":\"Bounce\",\"mail\":{\"messageId\":\"1\"}}",
                "{\"eventType\":\"Bounce\",\"bounce\":{\"feedbackId\":\"1\"}}",
                "{\"eventType\":\"Bounce\",\"bounce\":{\"bouncedRecipients\":[\"a@b.example\"]}}")) {
            different.add(Fixture.parse(body));
        }

        assertThat(different).hasSize(9);
    }

    @Test
    void haveRecipientsEqualByAllThatSesSaysOfThem() {
        Recipient jane = new Recipient("jane@example.com");

        assertThat(jane)
                .isEqualTo(new Recipient("jane@example.com"))
                .hasSameHashCodeAs(new Recipient("jane@example.com"));
        assertThat(jane).isNotEqualTo(new Recipient("<jane@example.com>"));
        assertThat(new BouncedRecipient(jane, "failed", "5.1.1", "smtp; x"))
                .isEqualTo(new BouncedRecipient(jane, "failed", "5.1.1", "smtp; x"))
                .hasSameHashCodeAs(new BouncedRecipient(jane, "failed", "5.1.1", "smtp; x"))
                .isNotEqualTo(new BouncedRecipient(jane, "delayed", "5.1.1", "smtp; x"))
                .isNotEqualTo(new BouncedRecipient(jane, "failed", "5.1.2", "smtp; x"))
                .isNotEqualTo(new BouncedRecipient(jane, "failed", "5.1.1", null));
    }

    @Test
    void areInEnvelopesEqualByFactsAndContent() {
        NotificationParser parser = NotificationParser.create();
        String body = Fixture.text("sns-bounce");

        assertThat(parser.open(body)).isEqualTo(parser.open(body)).hasSameHashCodeAs(parser.open(body));
        assertThat(parser.open(body)).isNotEqualTo(parser.open(Fixture.text("event-bounce")));
        assertThat(parser.open(body)).isNotEqualTo(parser.open(body.replace("3f0c6b1e", "4f0c6b1e")));
    }

    @ParameterizedTest
    @FieldSource("PAYLOADS")
    void printNoAddress(String name) {
        Envelope envelope = NotificationParser.create().open(Fixture.sns(Fixture.quote(Fixture.text(name))));
        SesNotification n = envelope.notifications().get(0);
        Mail mail = n.mail();

        assertThat(List.of(envelope, n, mail, mail.headers(), mail.commonHeaders(), mail.destination())
                        .toString())
                .doesNotContain("@");
        assertThat(n.toString()).contains(mail.messageId().orElse("none"));
        if (n instanceof SesNotification.Bounce bounce) {
            assertThat(bounce.recipients().toString()).doesNotContain("@", "smtp;");
        }
    }

    @Test
    void printWhatTheyAre() {
        assertThat(
                        Fixture.parse(
                                "{\"eventType\":\"Bounce\",\"bounce\":{\"bounceType\":\"Permanent\"},\"mail\":{\"messageId\":\"m1\"}}"))
                .hasToString("Bounce[Permanent/none, messageId=m1]");
        assertThat(Fixture.parse("{\"eventType\":\"Complaint\",\"complaint\":{\"complaintFeedbackType\":\"abuse\"}}"))
                .hasToString("Complaint[feedbackType=abuse, messageId=none]");
        assertThat(Fixture.parse("{\"eventType\":\"Delivery\"}"))
                .hasToString("Delivery[type=Delivery, messageId=none]");
        assertThat(Fixture.parse("{\"eventType\":\"" + "x".repeat(101) + "\"}"))
                .hasToString("Unknown[type=" + "x".repeat(100) + "..., messageId=none]");
    }

    @Test
    void cannotBeChanged() {
        SesNotification.Bounce bounce = Fixture.bounce(Fixture.text("event-bounce"));

        for (List<?> list : List.of(
                bounce.recipients(),
                bounce.mail().headers(),
                bounce.mail().destination(),
                bounce.mail().commonHeaders().to(),
                bounce.mail().tags().get("kind"))) {
            assertThatThrownBy(list::clear).isInstanceOf(UnsupportedOperationException.class);
        }
        assertThatThrownBy(() -> bounce.mail().tags().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                SesNotification.Bounce.class,
                SesNotification.Complaint.class,
                SesNotification.Delivery.class,
                SesNotification.Unknown.class,
                Mail.class,
                CommonHeaders.class,
                Recipient.class,
                BouncedRecipient.class,
                Envelope.class,
                NotificationFormatException.class
            })
    void mayGrowBecauseNobodyElseMakesThem(Class<?> type) {
        assertThat(type.isSealed() || Modifier.isFinal(type.getModifiers())).isTrue();
        assertThat(type.getConstructors()).isEmpty();
    }

    @Test
    void leaveRoomForTypesThatSesAddsLater() {
        assertThat(SesNotification.class.getPermittedSubclasses())
                .hasSize(13)
                .contains(SesNotification.Bounce.class, SesNotification.Received.class, SesNotification.Other.class);
        assertThat(SesNotification.Other.class.isSealed()).isFalse();
    }
}
