package io.github.sesquill.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.sesquill.api.ScriptedServer.Step;
import io.github.sesquill.message.EmailAddress;
import io.github.sesquill.transport.AccountStatus;
import io.github.sesquill.transport.AccountUnreadableException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sesv2.SesV2Client;

/** What is asked of SES besides sending. */
class AccountTest {

    private static final Duration LONG = Duration.ofSeconds(10);

    private final TestTime time = new TestTime();
    private ScriptedServer server;
    private SesApiTransport transport;

    @BeforeEach
    void start() throws IOException {
        server = ScriptedServer.start();
        transport = ApiTestBed.own(server.endpoint()).time(time).build();
    }

    @AfterEach
    void stop() throws IOException {
        transport.close();
        server.close();
    }

    @Nested
    class Quota {

        private static final String SANDBOX = "{\"SendQuota\":{\"Max24HourSend\":200.0,\"MaxSendRate\":1.0,"
                + "\"SentLast24Hours\":7.0},\"ProductionAccessEnabled\":false,\"SendingEnabled\":true}";

        @Test
        void isReadFromTheAccount() throws InterruptedException {
            server.then(ScriptedServer.ses(200, SANDBOX));
            assertThat(transport.account(LONG))
                    .hasValue(AccountStatus.of(1, 200)
                            .sentLast24Hours(7)
                            .productionAccess(false)
                            .sendingEnabled(true)
                            .build());
            assertThat(server.takeRequest().line()).isEqualTo("GET /v2/email/account HTTP/1.1");
        }

        @Test
        void isReadThroughALentClient() {
            server.then(ScriptedServer.ses(200, SANDBOX.replace("true", "false").replace("200.0", "-1")));
            try (SesV2Client client = ApiTestBed.lent(server.endpoint());
                    SesApiTransport lent = SesApiTransport.using(client)) {
                AccountStatus status = lent.account(LONG).orElseThrow();
                assertThat(status.max24HourSend()).isEqualTo(AccountStatus.UNLIMITED);
                assertThat(status.sendingEnabled()).isFalse();
            }
        }

        @Test
        void namesThePermissionThatLacks() {
            server.then(ScriptedServer.error(403, "AccessDeniedException", "User arn is not authorized"));
            assertThatExceptionOfType(AccountUnreadableException.class)
                    .isThrownBy(() -> transport.account(LONG))
                    .withMessageContaining("ses:GetAccount")
                    .matches(AccountUnreadableException::isDenied);
        }

        @Test
        void isUnavailableWhileTheClockIsWrongOrATokenHasExpired() {
            assertUnavailable(ScriptedServer.error(403, "ExpiredTokenException", "The token has expired"), LONG);
            assertUnavailable(
                    ScriptedServer.error(403, "InvalidSignatureException", "Signature not yet current"), LONG);
        }

        @Test
        void isUnavailableWhenSesFails() {
            assertUnavailable(ScriptedServer.error(500, "InternalServiceErrorException", "x"), LONG);
        }

        @Test
        void isUnavailableWhenTheAnswerNamesNone() {
            assertUnavailable(ScriptedServer.ses(200, "{}"), LONG);
        }

        @Test
        void isUnavailableWhenSesIsSilent() {
            assertUnavailable(ScriptedServer.silence(), Duration.ofMillis(300));
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        }

        @Test
        void isUnavailableOnceTheTransportIsClosed() {
            transport.close();
            assertUnavailable(ScriptedServer.silence(), LONG);
        }

        private void assertUnavailable(Step step, Duration atMost) {
            server.then(step);
            assertThatExceptionOfType(AccountUnreadableException.class)
                    .isThrownBy(() -> transport.account(atMost))
                    .matches(unreadable -> !unreadable.isDenied());
        }
    }

    @Nested
    class Unverified {

        private static Step identities(String next, String... names) {
            String list = Stream.of(names)
                    .map(name -> "{\"IdentityName\":\"" + name + "\",\"VerificationStatus\":\"SUCCESS\"}")
                    .reduce((a, b) -> a + ',' + b)
                    .orElse("");
            return ScriptedServer.ses(
                    200,
                    "{\"EmailIdentities\":[" + list + "]" + (next.isEmpty() ? "" : ",\"NextToken\":\"" + next + '"')
                            + '}');
        }

        private List<String> unverified(String... addresses) {
            return transport
                    .unverified(Stream.of(addresses).map(EmailAddress::of).toList(), LONG)
                    .stream()
                    .map(EmailAddress::address)
                    .toList();
        }

        @Test
        void areThoseThatNoIdentityCovers() {
            server.then(identities("", "jane@example.com", "acme.example"));
            assertThat(unverified("Jane@Example.com", "a@acme.example", "b@mail.acme.example", "eve@example.com"))
                    .containsExactly("eve@example.com");
        }

        @Test
        void areNotThoseOfTheSimulator() {
            assertThat(unverified("bounce@simulator.amazonses.com")).isEmpty();
            assertThat(server.requestsBegun()).isZero();
        }

        @Test
        void areLookedForOnAllPages() throws InterruptedException {
            server.then(identities("page-2", "acme.example"), identities("", "jane@example.com"));
            assertThat(unverified("jane@example.com")).isEmpty();
            server.takeRequest();
            assertThat(server.takeRequest().line()).contains("NextToken=page-2");
        }

        @Test
        void includeIdentitiesWhoseVerificationFailed() {
            server.then(ScriptedServer.ses(
                    200,
                    "{\"EmailIdentities\":[{\"IdentityName\":\"jane@example.com\",\"VerificationStatus\":\"PENDING\","
                            + "\"SendingEnabled\":false}]}"));
            assertThat(unverified("jane@example.com")).containsExactly("jane@example.com");
        }

        @Test
        void areNotAskedForAgainWhenKnownToBeVerified() {
            server.then(identities("", "acme.example"));
            unverified("a@acme.example");
            time.advance(Duration.ofDays(1));
            assertThat(unverified("b@acme.example")).isEmpty();
            assertThat(server.requestsBegun()).isEqualTo(1);
        }

        @Test
        void areAskedForAgainAfterASecondAndNotBefore() {
            server.then(identities("", "acme.example"), identities("", "acme.example", "jane@example.com"));
            assertThat(unverified("jane@example.com")).hasSize(1);
            time.advance(Duration.ofMillis(999));
            assertThat(unverified("jane@example.com")).hasSize(1);
            assertThat(server.requestsBegun()).isEqualTo(1);
            time.advance(Duration.ofMillis(1));
            assertThat(unverified("jane@example.com")).isEmpty();
            assertThat(server.requestsBegun()).isEqualTo(2);
        }

        @Test
        void areNobodyOnceTheListIsDenied() {
            server.then(ScriptedServer.error(403, "AccessDeniedException", "x"));
            assertThat(unverified("jane@example.com")).isEmpty();
            time.advance(Duration.ofDays(1));
            assertThat(unverified("jane@example.com")).isEmpty();
            assertThat(server.requestsBegun()).isEqualTo(1);
        }

        @Test
        void areNobodyWhileTheListFails() {
            server.then(ScriptedServer.error(400, "BadRequestException", "x"), identities("", "acme.example"));
            assertThat(unverified("jane@example.com")).isEmpty();
            time.advance(Duration.ofSeconds(1));
            assertThat(unverified("jane@example.com")).containsExactly("jane@example.com");
        }
    }
}
