package io.github.sesquill.test;

import static io.github.sesquill.test.Messages.attempt;
import static io.github.sesquill.test.Messages.draft;
import static io.github.sesquill.test.Messages.refusal;
import static io.github.sesquill.test.Messages.to;
import static io.github.sesquill.test.Messages.toMany;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.sesquill.message.Attachment;
import io.github.sesquill.message.EmailAddress;
import io.github.sesquill.message.EmailMessage;
import io.github.sesquill.quota.SendingQuota;
import io.github.sesquill.transport.AccountStatus;
import io.github.sesquill.transport.SendOutcome;
import io.github.sesquill.transport.SendOutcome.NotSent;
import io.github.sesquill.transport.SendOutcome.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SendingRulesTest {

    private final FakeSes ses = FakeSes.production().verifyIdentity("acme.example");
    private final FakeSes sandbox = FakeSes.sandbox().verifyIdentity("acme.example");

    @Nested
    class Identity {

        private final FakeSes fresh = FakeSes.production();

        @Test
        void refusesASenderWhoIsNotVerifiedInTheWordsOfSes() {
            NotSent refusal = refusal(fresh, to("jane@example.com"));

            assertThat(refusal.reason()).isEqualTo(Reason.UNVERIFIED);
            assertThat(refusal.code()).contains("MessageRejected");
            assertThat(refusal.detail())
                    .isEqualTo("Email address is not verified. The following identities failed the check in region"
                            + " EU-WEST-1: hello@acme.example");
            assertThat(refusal.isRetryable()).isFalse();
        }

        @ParameterizedTest
        @CsvSource({
            "acme.example, hello@acme.example, true",
            "Acme.EXAMPLE, hello@aCME.example, true",
            "acme.example, hello@mail.acme.example, true",
            "acme.example, hello@notacme.example, false",
            "mail.acme.example, hello@acme.example, false",
            "hello@acme.example, hello@ACME.example, true",
            "hello@acme.example, hello+label@acme.example, true",
            "hello@acme.example, Hello@acme.example, false",
            "hello@acme.example, other@acme.example, false",
            "hello@acme.example, hello@mail.acme.example, false"
        })
        void coversASender(String verified, String sender, boolean covered) {
            fresh.verifyIdentity(verified);

            SendOutcome outcome = attempt(
                    fresh,
                    EmailMessage.from(sender)
                            .to("jane@example.com")
                            .subject("s")
                            .text("t")
                            .build());

            assertThat(outcome instanceof SendOutcome.Sent).isEqualTo(covered);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "acme", "@acme.example", "a b", "jane@", "acme..example", "Jane <jane@"})
        void isNeitherDomainNorAddress(String text) {
            assertThatIllegalArgumentException().isThrownBy(() -> fresh.verifyIdentity(text));
        }

        @Test
        void mustBeVerifiedForFeedbackToo() {
            assertThat(refusal(
                                    ses,
                                    draft("jane@example.com")
                                            .feedbackTo("bounces@other.example")
                                            .build())
                            .detail())
                    .endsWith(": bounces@other.example");
        }

        @Test
        void isTheBusinessOfTheAccountThatLendsIt() {
            EmailMessage lent = draft("jane@example.com")
                    .fromIdentityArn("arn:aws:ses:eu-west-1:210987654321:identity/acme.example")
                    .build();

            assertThat(attempt(fresh, lent)).isInstanceOf(SendOutcome.Sent.class);
        }
    }

    @Nested
    class Sandbox {

        @Test
        void takesNoRecipientWhoIsNotVerified() {
            NotSent refusal = refusal(sandbox, to("jane@example.com", "success@simulator.amazonses.com"));

            assertThat(refusal.reason()).isEqualTo(Reason.UNVERIFIED);
            assertThat(refusal.detail()).endsWith(" EU-WEST-1: jane@example.com");
        }

        @Test
        void takesVerifiedRecipientsAndTheSimulator() {
            sandbox.verifyIdentity("jane@example.com");

            assertThat(attempt(sandbox, to("jane@example.com", "success@simulator.amazonses.com")))
                    .isInstanceOf(SendOutcome.Sent.class);
        }

        @Test
        void namesThemBeforeASend() {
            List<EmailAddress> asked = to("jane@example.com", "a@acme.example").recipients();

            assertThat(sandbox.transport().unverified(asked, Duration.ofSeconds(1)))
                    .containsExactly(EmailAddress.of("jane@example.com"));
            assertThat(ses.transport().unverified(asked, Duration.ofSeconds(1))).isEmpty();
        }
    }

    @Nested
    class Rate {

        @Test
        void letsAShortBurstPassAndThenThrottles() {
            for (int i = 0; i < 28; i++) {
                assertThat(attempt(ses, to("jane@example.com"))).isInstanceOf(SendOutcome.Sent.class);
            }

            NotSent refusal = refusal(ses, to("jane@example.com"));
            assertThat(refusal.reason()).isEqualTo(Reason.THROTTLED);
            assertThat(refusal.code()).contains("TooManyRequestsException");
            assertThat(refusal.detail()).isEqualTo("Maximum sending rate exceeded.");
            assertThat(refusal.isRetryable()).isTrue();
            assertThat(refusal.retryAt()).isEmpty();
        }

        @Test
        void countsRecipientsAndTheSimulatorsToo() {
            attempt(ses, toMany(14));
            attempt(ses, draft("success@simulator.amazonses.com").bcc(many(13)).build());

            assertThat(refusal(ses, to("success@simulator.amazonses.com")).reason())
                    .isEqualTo(Reason.THROTTLED);
        }

        private static String[] many(int recipients) {
            return toMany(recipients).recipients().stream()
                    .map(EmailAddress::address)
                    .toArray(String[]::new);
        }

        @Test
        void takesAMessageAboveTheRateAndIsPaidAfterwards() {
            assertThat(attempt(ses, toMany(50))).isInstanceOf(SendOutcome.Sent.class);

            ses.time().advance(Duration.ofMillis(1_600));
            assertThat(refusal(ses, to("jane@example.com")).reason()).isEqualTo(Reason.THROTTLED);
            ses.time().advance(Duration.ofMillis(100));
            assertThat(attempt(ses, to("jane@example.com"))).isInstanceOf(SendOutcome.Sent.class);
        }

        @Test
        void isThatOfTheChangedQuota() {
            ses.changeQuota(SendingQuota.of(1, 10));
            attempt(ses, to("jane@example.com"));
            attempt(ses, to("jane@example.com"));

            assertThat(refusal(ses, to("jane@example.com")).reason()).isEqualTo(Reason.THROTTLED);
        }
    }

    @Nested
    class Day {

        private final FakeSes small =
                FakeSes.builder().quota(SendingQuota.of(100, 10)).build().verifyIdentity("acme.example");

        @Test
        void isFullAndDoesNotSayUntilWhen() {
            attempt(small, toMany(10));

            NotSent refusal = refusal(small, to("jane@example.com"));
            assertThat(refusal.reason()).isEqualTo(Reason.DAILY_QUOTA);
            assertThat(refusal.code()).contains("LimitExceededException");
            assertThat(refusal.isRetryable()).isTrue();
            assertThat(refusal.retryAt()).isEmpty();
        }

        @Test
        void isAnyTwentyFourHours() {
            attempt(small, toMany(4));
            small.time().advance(Duration.ofHours(12));
            attempt(small, toMany(6));
            small.time().advance(Duration.ofHours(12).minusNanos(1));
            assertThat(refusal(small, to("jane@example.com")).reason()).isEqualTo(Reason.DAILY_QUOTA);

            small.time().advance(Duration.ofNanos(1));

            assertThat(refusal(small, toMany(5)).reason()).isEqualTo(Reason.DAILY_QUOTA);
            assertThat(attempt(small, toMany(4))).isInstanceOf(SendOutcome.Sent.class);
        }

        @Test
        void doesNotCountTheSimulatorNorWhatWasRefused() {
            attempt(small, to("bounce@simulator.amazonses.com"));
            small.pauseSending();
            attempt(small, to("jane@example.com"));

            assertThat(status(small).sentLast24Hours()).isZero();
        }

        @Test
        void hasRoomForTheSimulatorWhenItIsFull() {
            attempt(small, toMany(10));

            assertThat(attempt(small, to("success@simulator.amazonses.com"))).isInstanceOf(SendOutcome.Sent.class);
        }

        @Test
        void hasNoLimitIfTheQuotaHasNone() {
            FakeSes unlimited = FakeSes.builder()
                    .quota(SendingQuota.perSecond(100_000))
                    .build()
                    .verifyIdentity("acme.example");
            EmailMessage message = toMany(50);
            for (int i = 0; i < 1_001; i++) {
                assertThat(attempt(unlimited, message)).isInstanceOf(SendOutcome.Sent.class);
            }
            assertThat(status(unlimited).max24HourSend()).isEqualTo(AccountStatus.UNLIMITED);
        }
    }

    @Nested
    class Account {

        @Test
        void saysWhatItMaySend() {
            attempt(ses, toMany(3));

            assertThat(status(ses))
                    .isEqualTo(AccountStatus.of(14, 50_000).sentLast24Hours(3).build());
            assertThat(status(sandbox))
                    .isEqualTo(AccountStatus.of(1, 200).productionAccess(false).build());
        }

        @Test
        void isInARegionThatIdsAndRefusalsShow() {
            FakeSes ohio = FakeSes.builder().region("us-east-2").build();
            assertThat(refusal(ohio, to("jane@example.com")).detail()).contains(" US-EAST-2: ");
            ohio.verifyIdentity("acme.example");
            attempt(ohio, to("jane@example.com"));

            SentMessage sent = ohio.sent().get(0);
            assertThat(sent.messageId()).startsWith("010f");
            assertThat(sent.wireMessageId()).isEqualTo("<" + sent.messageId() + "@us-east-2.amazonses.com>");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> FakeSes.builder().region("Ireland"))
                    .withMessage("'Ireland' does not look like the name of a region, such as eu-west-1.");
        }

        @Test
        void canBePausedAndResumed() {
            ses.pauseSending();
            NotSent refusal = refusal(ses, to("jane@example.com"));

            assertThat(refusal.reason()).isEqualTo(Reason.SENDING_PAUSED);
            assertThat(refusal.code()).contains("SendingPausedException");
            assertThat(status(ses).sendingEnabled()).isFalse();

            ses.resumeSending();
            assertThat(attempt(ses, to("jane@example.com"))).isInstanceOf(SendOutcome.Sent.class);
        }
    }

    @Nested
    class Size {

        private static final int FORTY_MEGABYTES = 40 * 1024 * 1024;

        private static EmailMessage with(Attachment attachment) {
            return draft("jane@example.com").attach(attachment).build();
        }

        @Test
        void isRefusedWithoutSendingIfItIsKnown() {
            EmailMessage large = with(Attachment.of("large.bin.txt", new byte[FORTY_MEGABYTES / 4 * 3]));

            assertThat(ses.transport().refusal(large))
                    .hasValueSatisfying(
                            why -> assertThat(why).contains("41943040").endsWith("or send a link."));
            assertThat(ses.transport().refusal(to("jane@example.com"))).isEmpty();
        }

        @Test
        void isRefusedBySesIfItIsNot() {
            byte[] content = new byte[FORTY_MEGABYTES / 4 * 3];
            EmailMessage large = with(Attachment.of("large.txt", () -> new ByteArrayInputStream(content)));

            assertThat(ses.transport().refusal(large)).isEmpty();
            assertThat(refusal(ses, large).reason()).isEqualTo(Reason.INVALID);
            assertThat(ses.refused()).hasSize(1);
        }

        @Test
        void isNotSentIfAnAttachmentCannotBeRead() {
            EmailMessage broken = with(Attachment.of("gone.txt", Size::fail));

            assertThat(refusal(ses, broken).reason()).isEqualTo(Reason.INVALID);
            assertThat(ses.refused()).isEmpty();
        }

        private static InputStream fail() throws IOException {
            throw new IOException("gone");
        }
    }

    @Nested
    class Script {

        private final SendOutcome.NotSent unavailable =
                SendOutcome.notSent(Reason.UNAVAILABLE, "down").retryable(null);

        @Test
        void answersOneAttemptEach() {
            ses.enqueue(unavailable).enqueue(SendOutcome.unknown("silence"));

            assertThat(attempt(ses, to("jane@example.com"))).isEqualTo(unavailable);
            assertThat(attempt(ses, to("jane@example.com"))).isEqualTo(SendOutcome.unknown("silence"));
            assertThat(attempt(ses, to("jane@example.com"))).isInstanceOf(SendOutcome.Sent.class);
            assertThat(ses.sent()).hasSize(1);
            assertThat(ses.refused())
                    .extracting(RefusedMessage::outcome)
                    .hasSize(2)
                    .first()
                    .isEqualTo(unavailable);
        }

        @Test
        void keepsAMessageThatSesAcceptedWithoutSayingItsId() {
            ses.enqueue(SendOutcome.acceptedWithoutId("cut off"));

            assertThat(attempt(ses, to("jane@example.com"))).isInstanceOf(SendOutcome.Unknown.class);
            assertThat(ses.sent()).hasSize(1);
            assertThat(status(ses).sentLast24Hours()).isOne();
        }

        @Test
        void mayNameTheIds() {
            ses.enqueue(SendOutcome.sent("id-1", "<id-1@example.com>"));

            attempt(ses, to("jane@example.com"));

            assertThat(ses.sent().get(0).messageId()).isEqualTo("id-1");
            assertThat(ses.settle()).singleElement().asString().contains("\"messageId\":\"id-1\"");
        }

        @Test
        void isTriedAgainByAMailer() {
            ses.enqueue(unavailable).enqueue(unavailable);

            SendOutcome.Sent sent = ses.mailer().send(to("jane@example.com"));

            assertThat(sent.attemptIds()).hasSize(3);
            assertThat(ses.sent().get(0).attemptId())
                    .isEqualTo(sent.attemptIds().get(2));
        }
    }

    @Nested
    class Transport {

        @Test
        void releasesNothingIfTheGateIsShut() {
            SendOutcome outcome = ses.transport().send(to("jane@example.com"), new Messages.Open("attempt-1", false));

            assertThat(outcome).isInstanceOf(NotSent.class);
            assertThat(ses.sent()).isEmpty();
        }

        @Test
        void sendsNothingOnceItIsClosed() {
            var transport = ses.transport();
            transport.close();

            assertThat(transport.send(to("jane@example.com"), new Messages.Open("attempt-1", true)))
                    .isInstanceOf(NotSent.class);
            assertThat(attempt(ses, to("jane@example.com"))).isInstanceOf(SendOutcome.Sent.class);
        }
    }

    private static AccountStatus status(FakeSes fake) {
        return fake.transport().account(Duration.ofSeconds(1)).orElseThrow();
    }
}
