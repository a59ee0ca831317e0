package io.github.sesquill.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sesquill.notifications.SesNotification.Bounce;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BounceTest {

    @Test
    void feedsASuppressionList() {
        List<String> suppressions = new ArrayList<>();
        SesNotification n = NotificationParser.create().parse(Fixture.text("sns-bounce"));

        if (n instanceof SesNotification.Bounce b && b.isPermanent())
            b.recipients().forEach(r -> suppressions.add(r.address()));

        assertThat(suppressions).containsExactly("jane.doe@example.com", "max@example.net");
    }

    @Test
    void ofAnEventHasAllThatSesSent() {
        Bounce bounce = Fixture.bounce(Fixture.text("event-bounce"));

        assertThat(bounce.type()).isEqualTo("Bounce");
        assertThat(bounce.format()).isEqualTo(NotificationFormat.EVENT);
        assertThat(bounce.bounceType()).isEqualTo(BounceType.PERMANENT);
        assertThat(bounce.bounceSubType()).isEqualTo(BounceSubType.NO_EMAIL);
        assertThat(bounce.isPermanent()).isTrue();
        assertThat(bounce.isOutOfOffice()).isFalse();
        assertThat(bounce.timestamp()).hasValueSatisfying(t -> assertThat(t).isEqualTo("2025-09-18T07:41:13.961Z"));
        assertThat(bounce.remoteMtaIp()).contains("203.0.113.77");
        assertThat(bounce.reportingMtaName()).contains(new DsnField("dns", "b224-9.smtp-out.eu-west-1.amazonses.com"));
    }

    @Test
    void saysWhatBecameOfEachRecipient() {
        Bounce bounce = Fixture.bounce(Fixture.text("event-bounce"));

        assertThat(bounce.recipients()).hasSize(2).last().satisfies(r -> {
            assertThat(r.address()).isEqualTo("max@example.net");
            assertThat(r.original()).isEqualTo("Max Muster <max@example.net>");
            assertThat(r.action()).contains("failed");
            assertThat(r.status()).contains("5.1.10");
            assertThat(r.statusCode()).contains(new DsnStatus(5, 1, 10));
            assertThat(r.diagnostic()).map(DsnField::type).contains("smtp");
            assertThat(r.diagnosticCode())
                    .contains("smtp; 550 5.1.10 RESOLVER.ADR.RecipientNotFound; not found by SMTP address lookup");
        });
    }

    @Test
    void ofAnIdentityInAnOlderEraIsTheSameType() {
        Bounce bounce = Fixture.bounce(Fixture.text("identity-bounce-2016"));

        assertThat(bounce.format()).isEqualTo(NotificationFormat.IDENTITY);
        assertThat(bounce.bounceType()).isEqualTo(BounceType.TRANSIENT);
        assertThat(bounce.bounceSubType()).isEqualTo(BounceSubType.MAILBOX_FULL);
        assertThat(bounce.isPermanent()).isFalse();
        assertThat(bounce.isOutOfOffice()).isFalse();
        assertThat(bounce.remoteMtaIp()).isEmpty();
        assertThat(bounce.reportingMtaName()).map(DsnField::type).contains("dsn");
        assertThat(bounce.recipients()).extracting(BouncedRecipient::address).containsExactly("full@example.org");
        assertThat(bounce.mail().destination())
                .extracting(Recipient::address)
                .containsExactly("full@example.org", "ok@example.org");
    }

    @Test
    void ofAnAutomaticReplyIsToldFromASoftBounce() {
        assertThat(Fixture.bounce(Fixture.text("event-out-of-office")).isOutOfOffice())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"bounceType\":\"Permanent\"",
                "\"bounceSubType\":\"MailboxFull\"",
                "\"reportingMTA\":\"dns; x\"",
                "\"remoteMtaIp\":\"192.0.2.1\"",
                "\"bouncedRecipients\":[]",
                "\"bouncedRecipients\":[{\"emailAddress\":\"a@b.example\",\"status\":\"4.0.0\"}]",
                "\"bouncedRecipients\":[{\"emailAddress\":\"a@b.example\",\"action\":\"failed\"}]",
                "\"bouncedRecipients\":[{\"emailAddress\":\"a@b.example\",\"diagnosticCode\":\"\"}]"
            })
    void isNoAutomaticReplyWithAnySignOfAFailure(String sign) {
        String reply = "\"bounceType\":\"Transient\",\"bounceSubType\":\"General\","
                + "\"bouncedRecipients\":[{\"emailAddress\":\"a@b.example\"}]";
        String body = "{\"eventType\":\"Bounce\",\"bounce\":{%s}}";

        assertThat(Fixture.bounce(body.formatted(reply)).isOutOfOffice()).isTrue();
        assertThat(Fixture.bounce(body.formatted(reply + "," + sign)).isOutOfOffice())
                .isFalse();
    }

    @Test
    void canBeSwitchedOver() {
        Bounce bounce = Fixture.bounce(Fixture.text("event-bounce"));

        String advice = switch (bounce.bounceType()) {
            case PERMANENT -> "never again";
            case TRANSIENT -> "later";
            default -> "look";
        };

        assertThat(advice).isEqualTo("never again");
    }
}
