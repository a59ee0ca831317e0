package io.github.sesquill.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sesquill.notifications.SesNotification.Delivery;
import org.junit.jupiter.api.Test;

class DeliveryTest {

    @Test
    void ofAnEventHasAllThatSesSent() {
        Delivery delivery = Fixture.delivery(Fixture.text("event-delivery"));

        assertThat(delivery.format()).isEqualTo(NotificationFormat.EVENT);
        assertThat(delivery.recipients()).extracting(Recipient::address).containsExactly("fred@example.com");
        assertThat(delivery.processingTimeMillis()).hasValue(1384);
        assertThat(delivery.smtpResponse()).contains("250 2.0.0 OK 1764504001 af79cd13be357-8b3a.12 - mx");
        assertThat(delivery.reportingMta()).contains("a9-114.smtp-out.amazonses.com");
        assertThat(delivery.remoteMtaIp()).contains("203.0.113.26");
        assertThat(delivery.timestamp()).hasValueSatisfying(t -> assertThat(t).isEqualTo("2025-11-30T12:00:01.634Z"));
        assertThat(delivery.mail().outgoingIp()).contains("192.0.2.199");
    }

    @Test
    void ofAnIdentityInAnOlderEraIsTheSameType() {
        Delivery delivery = Fixture.delivery(Fixture.text("identity-delivery-2017"));

        assertThat(delivery.format()).isEqualTo(NotificationFormat.IDENTITY);
        assertThat(delivery.processingTimeMillis()).hasValue(1656);
        assertThat(delivery.remoteMtaIp()).isEmpty();
        assertThat(delivery.mail().outgoingIp()).isEmpty();
    }
}
