package io.github.sesquill.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sesquill.transport.SendOutcome;
import io.github.sesquill.transport.SendOutcome.Reason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sesv2.model.Destination;
import software.amazon.awssdk.services.sesv2.model.MessageTag;
import software.amazon.awssdk.services.sesv2.model.SendEmailRequest;

class CustomizationTest {

    private ScriptedServer server;

    @BeforeEach
    void start() throws IOException {
        server = ScriptedServer.start();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private SendOutcome send(Consumer<SendEmailRequest.Builder> change) {
        try (SesApiTransport transport =
                ApiTestBed.own(server.endpoint()).customize(change).build()) {
            return transport.send(ApiTestBed.message(), new TestAttempt());
        }
    }

    private void assertRefused(Consumer<SendEmailRequest.Builder> change, String words) {
        assertThat(send(change)).isInstanceOfSatisfying(SendOutcome.NotSent.class, notSent -> {
            assertThat(notSent.reason()).isEqualTo(Reason.INVALID);
            assertThat(notSent.detail()).contains(words);
        });
        assertThat(server.requestsBegun()).isZero();
    }

    private static MessageTag tag(String name, String value) {
        return MessageTag.builder().name(name).value(value).build();
    }

    @Test
    void changesWhatAMessageCannotSay() throws InterruptedException {
        assertThat(send(request -> request.configurationSetName("other"))).isInstanceOf(SendOutcome.Sent.class);
        assertThat(server.takeRequest().body()).contains("\"ConfigurationSetName\":\"other\"");
    }

    @Test
    void runsForLentClientsToo() throws InterruptedException {
        try (SesV2Client client = ApiTestBed.lent(server.endpoint());
                SesApiTransport transport = SesApiTransport.builder(client)
                        .customize(request -> request.tenantName("t1"))
                        .build()) {
            transport.send(ApiTestBed.message(), new TestAttempt());
        }
        assertThat(server.takeRequest().body()).contains("\"TenantName\":\"t1\"");
    }

    @Test
    void mayAddTags() throws InterruptedException {
        assertThat(send(request -> {
                    List<MessageTag> tags = new ArrayList<>(request.build().emailTags());
                    tags.add(tag("more", "1"));
                    request.emailTags(tags);
                }))
                .isInstanceOf(SendOutcome.Sent.class);
        assertThat(server.takeRequest().body()).contains("more", TestAttempt.ID);
    }

    @Test
    void mayNotAddARecipient() {
        assertRefused(
                request -> request.destination(Destination.builder()
                        .toAddresses("Jane <jane@example.com>", "eve@example.com")
                        .build()),
                "recipients");
    }

    @Test
    void mayNotMoveARecipient() {
        assertRefused(
                request -> request.destination(Destination.builder()
                        .bccAddresses("Jane <jane@example.com>")
                        .build()),
                "recipients");
    }

    @Test
    void mayNotDropTheRecipients() {
        assertRefused(request -> request.destination((Destination) null), "recipients");
    }

    @Test
    void mayNotDropTheAttemptsTag() {
        assertRefused(request -> request.emailTags(tag("kind", "x")), "sesquill-attempt");
    }

    @Test
    void mayNotChangeTheAttemptsTag() {
        assertRefused(request -> request.emailTags(tag("sesquill-attempt", "x")), "sesquill-attempt");
    }

    @Test
    void mayNotThrow() {
        assertRefused(
                request -> {
                    throw new IllegalStateException("no such tenant");
                },
                "no such tenant");
    }
}
