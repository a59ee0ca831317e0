package io.github.sesquill.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MailTest {

    private final Mail event = Fixture.parse(Fixture.text("event-bounce")).mail();
    private final Mail identity =
            Fixture.parse(Fixture.text("identity-bounce-2016")).mail();

    @Test
    void hasWhatOneFormatTagsAndTheOtherWritesUnderOneName() {
        assertThat(event.sourceIp()).contains("198.51.100.23");
        assertThat(identity.sourceIp()).contains("192.0.2.44");
        assertThat(event.callerIdentity()).contains("receipt-service");
        assertThat(identity.callerIdentity()).isEmpty();
    }

    @Test
    void namesTheTagsOfSes() {
        assertThat(event.configurationSet()).contains("transactional");
        assertThat(event.fromDomain()).contains("acme.example");
        assertThat(event.operation()).contains("SendEmail");
        assertThat(identity.tags()).isEmpty();
    }

    @Test
    void keepsYourTags() {
        assertThat(event.tag("kind")).contains("receipt");
        assertThat(event.tags()).containsKeys("attempt", "ses:source-tls-version");
        assertThat(event.tag("none")).isEmpty();
    }

    @Test
    void doesNotMixTagsWithItsOwnMembers() {
        Mail mail = Fixture.parse("{\"eventType\":\"Send\",\"mail\":{\"tags\":{\"messageId\":[\"mine\"]}}}")
                .mail();

        assertThat(mail.messageId()).isEmpty();
        assertThat(mail.tag("messageId")).contains("mine");
    }

    @Test
    void findsHeadersInAnyCase() {
        assertThat(event.header("message-id")).contains("<order-4711@shop.acme.example>");
        assertThat(event.header("X-Other")).isEmpty();
        assertThat(event.headers())
                .hasSize(7)
                .first()
                .isEqualTo(new Mail.Header("From", "Acme Receipts <receipts@acme.example>"));
        assertThat(event.headersTruncated()).isFalse();
    }

    @Test
    void hasTheMessageIdOfTheSenderInCommonHeadersOfIdentitiesOnly() {
        assertThat(identity.commonHeaders().messageId()).contains("<issue-19.full@news.acme.example>");
        assertThat(event.commonHeaders().messageId()).isEqualTo(event.messageId());
    }

    @Test
    void readsTheDateOfTheHeader() {
        assertThat(identity.commonHeaders().date())
                .hasValueSatisfying(t -> assertThat(t).isEqualTo("2016-05-03T16:20:06Z"));
        assertThat(identity.commonHeaders().dateText()).contains("Tue, 3 May 2016 18:20:06 +0200 (CEST)");
    }

    @Test
    void keepsLeadingZerosOfTheAccount() {
        assertThat(event.sendingAccountId()).contains("004211337788");
    }

    @Test
    void knowsTheMessageIdOnTheWire() {
        String id = event.messageId().orElseThrow();

        assertThat(event.region()).contains("eu-west-1");
        assertThat(event.wireMessageId()).contains("<" + id + "@eu-west-1.amazonses.com>");
        assertThat(event.wireMessageId("us-east-1")).contains("<" + id + "@email.amazonses.com>");
        assertThat(Mail.NONE.wireMessageId("eu-west-1")).isEmpty();
        assertThat(Fixture.parse(Fixture.text("identity-complaint-2014")).mail().wireMessageId())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "arn:aws:ses:eu-west-1:004211337788:identity/acme.example, eu-west-1",
        "arn:aws-us-gov:ses:us-gov-west-1:004211337788:identity/acme.example, us-gov-west-1",
        "arn:aws:ses::004211337788:identity/acme.example,",
        "arn:aws:ses,",
        "acme.example,"
    })
    void knowsItsRegionFromTheArn(String arn, String region) {
        Mail mail = Fixture.parse("{\"eventType\":\"Send\",\"mail\":{\"sourceArn\":\"" + arn + "\"}}")
                .mail();

        assertThat(mail.region().orElse(null)).isEqualTo(region);
    }
}
