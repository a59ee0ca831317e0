package io.github.sesquill.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.sesquill.message.Attachment;
import io.github.sesquill.message.EmailMessage;
import io.github.sesquill.transport.EmailTransport;
import io.github.sesquill.transport.EmailTransport.Attempt;
import io.github.sesquill.transport.SendOutcome;
import io.github.sesquill.transport.SendOutcome.NotSent;
import io.github.sesquill.transport.SendOutcome.Reason;
import io.github.sesquill.transport.SendOutcome.Sent;
import io.github.sesquill.transport.SendOutcome.Unknown;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What every transport does, whichever way it takes to SES: extend this, give it a SES to talk to, and run it.
 *
 * <pre>{@code
 * class PigeonTransportTest extends EmailTransportContract {
 *     @Override protected Ses open() { return pigeonLoft(); }
 * }
 * }</pre>
 *
 * <p>It holds the promises that a mailer relies on: one attempt a call, a gate that is asked once and obeyed, and an
 * outcome that says no more than is known. And it holds that a message arrives as it was given. Needs JUnit and AssertJ.
 */
public abstract class EmailTransportContract {

    /** How long anything here may take on a slow machine before it counts as stuck. */
    private static final Duration STUCK = Duration.ofSeconds(60);

    private @Nullable Ses opened;
    private @Nullable EmailTransport lent;

    /** Made by JUnit. */
    protected EmailTransportContract() {}

    /** Opens a new SES for one test: in production, {@code acme.example} verified, any configuration set there. */
    protected abstract Ses open() throws Exception;

    /** Tells whether the transport has SES fill templates; if not, it says so before a send. True by default. */
    protected boolean carriesTemplates() {
        return true;
    }

    /** The SES at the other end of a transport. */
    public interface Ses extends AutoCloseable {

        /** Returns a new transport to it. */
        EmailTransport transport();

        /** Returns what it took, in order. */
        List<ArrivedMessage> arrived();

        /** Returns how many messages came to its judgement, taken or not. */
        int attempts();

        /** Scripts what it does with the next message. */
        void answerNext(Answer answer);

        @Override
        void close();
    }

    /** What SES does with a message. More may be added. */
    public enum Answer {
        /** It refuses identities that are not verified. */
        UNVERIFIED(Reason.UNVERIFIED, false),
        /** It takes no more this second. */
        THROTTLED(Reason.THROTTLED, true),
        /** It takes no more today. */
        DAILY_QUOTA(Reason.DAILY_QUOTA, true),
        /** It takes nothing for now. */
        SENDING_PAUSED(Reason.SENDING_PAUSED, false),
        /** It knows no such configuration set. */
        NO_CONFIGURATION_SET(Reason.REJECTED, false),
        /** It does not like the content. */
        REJECTED(Reason.REJECTED, false),
        /** It takes the message and says so without an id. */
        ACCEPTED_WITHOUT_ID(null, false),
        /** It takes the last byte and ends the connection. */
        SILENCE(null, false),
        /** It takes the last byte and never answers. */
        HANG(null, false);

        private final @Nullable Reason reason;
        private final boolean retryable;

        Answer(@Nullable Reason reason, boolean retryable) {
            this.reason = reason;
            this.retryable = retryable;
        }
    }

    @BeforeEach
    final void openSes() throws Exception {
        opened = open();
    }

    @AfterEach
    final void closeSes() {
        if (lent != null) {
            lent.close();
        }
        ses().close();
    }

    private Ses ses() {
        return Objects.requireNonNull(opened, "open() gave no SES");
    }

    private EmailTransport transport() {
        if (lent == null) {
            lent = ses().transport();
        }
        return lent;
    }

    private SendOutcome send(EmailMessage message) {
        return transport().send(message, RecordedAttempt.open("attempt-1"));
    }

    private ArrivedMessage arrived(EmailMessage message) {
        assertThat(send(message)).isInstanceOf(Sent.class);
        assertThat(ses().arrived()).hasSize(1);
        return ses().arrived().get(0);
    }

    private static void isUnknown(SendOutcome outcome, boolean accepted) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Unknown.class, unknown -> assertThat(unknown.accepted()).isEqualTo(accepted));
    }

    private static void isInvalid(SendOutcome outcome) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        NotSent.class, not -> assertThat(not.reason()).isEqualTo(Reason.INVALID));
    }

    @Test
    void sendsOnceAndSaysTheIds() {
        SendOutcome outcome = send(ContractMail.plain());

        assertThat(outcome).isInstanceOfSatisfying(Sent.class, sent -> {
            assertThat(sent.messageId()).isNotBlank();
            assertThat(sent.wireMessageId())
                    .startsWith("<" + sent.messageId() + "@")
                    .endsWith(">");
        });
        assertThat(ses().arrived()).hasSize(1);
        assertThat(ses().attempts()).isOne();
    }

    @Test
    void asksTheGateOnceBeforeItSends() {
        RecordedAttempt attempt = RecordedAttempt.open("attempt-1");

        transport().send(ContractMail.plain(), attempt);

        assertThat(attempt.asked()).isOne();
    }

    @Test
    void releasesNothingIfTheGateIsShut() {
        RecordedAttempt attempt = RecordedAttempt.shut("attempt-1");

        assertThat(transport().send(ContractMail.plain(), attempt)).isInstanceOf(NotSent.class);
        assertThat(attempt.asked()).isOne();
        assertThat(ses().arrived()).isEmpty();
    }

    @TestFactory
    Stream<DynamicTest> saysWhatARefusalMeans() {
        return Stream.of(Answer.values())
                .filter(answer -> answer.reason != null)
                .map(answer -> dynamicTest(answer.name(), () -> meansWhatItSays(answer)));
    }

    private void meansWhatItSays(Answer answer) {
        int arrived = ses().arrived().size();
        int attempts = ses().attempts();
        ses().answerNext(answer);

        SendOutcome outcome = send(ContractMail.plain());

        assertThat(outcome).isInstanceOfSatisfying(NotSent.class, not -> {
            assertThat(not.reason()).isEqualTo(answer.reason);
            assertThat(not.isRetryable()).isEqualTo(answer.retryable);
            assertThat(not.code()).isPresent();
            assertThat(not.detail()).isNotBlank();
        });
        assertThat(ses().attempts()).as("a transport never retries").isEqualTo(attempts + 1);
        assertThat(ses().arrived()).hasSize(arrived);
        assertThat(send(ContractMail.plain())).isInstanceOf(Sent.class);
    }

    @Test
    void doesNotKnowWhatBecameOfAMessageThatNobodyAnswered() {
        ses().answerNext(Answer.SILENCE);

        isUnknown(send(ContractMail.plain()), false);
        assertThat(send(ContractMail.plain())).isInstanceOf(Sent.class);
    }

    @Test
    void knowsThatItWasTakenIfOnlyTheIdIsMissing() {
        ses().answerNext(Answer.ACCEPTED_WITHOUT_ID);

        isUnknown(send(ContractMail.plain()), true);
    }

    @Test
    void stopsWaitingWhenItIsBrokenOffAndDoesNotKnow() {
        ses().answerNext(Answer.HANG);
        RecordedAttempt attempt = RecordedAttempt.open("attempt-1");
        CompletableFuture<SendOutcome> sending =
                CompletableFuture.supplyAsync(() -> transport().send(ContractMail.plain(), attempt));

        attempt.awaitHandOff(STUCK);
        attempt.breakOff();

        assertThat(sending).succeedsWithin(STUCK).satisfies(outcome -> isUnknown(outcome, false));
    }

    @Test
    void reachesEverybodyAndNamesNoBlindCopy() {
        ArrivedMessage mail = arrived(ContractMail.full());

        assertThat(mail.recipients())
                .containsExactlyInAnyOrder("jane@example.com", "joe@example.org", "ann@example.net", "bob@example.net");
        assertThat(mail.from()).isEqualTo(ContractMail.full().from().headerValue());
        assertThat(String.join(", ", mail.headers("To"))).contains("jane@example.com", "joe@example.org");
        assertThat(String.join(", ", mail.headers("Cc")))
                .contains("ann@example.net")
                .doesNotContain("bob");
        assertThat(mail.headers("Bcc")).isEmpty();
        assertThat(String.join(", ", mail.headers("Reply-To"))).contains("help@acme.example");
    }

    @Test
    void carriesSubjectAndBodiesInAnyScript() {
        ArrivedMessage mail = arrived(ContractMail.full());

        assertThat(mail.headers("Subject")).containsExactly(ContractMail.SUBJECT);
        assertThat(mail.text().map(String::lines).orElseThrow())
                .containsExactlyElementsOf(ContractMail.TEXT.lines().toList());
        assertThat(mail.html().map(String::strip)).contains(ContractMail.HTML);
    }

    @Test
    void carriesPartsByteForByte() {
        List<ArrivedMessage.Part> parts = arrived(ContractMail.full()).parts();

        assertThat(parts).hasSize(3);
        assertThat(parts)
                .extracting(ArrivedMessage.Part::fileName)
                .containsExactlyInAnyOrder("Überblick 2026.pdf", "list.csv", "logo.png");
        parts.forEach(
                part -> assertThat(part.bytes()).as(part.fileName()).isEqualTo(ContractMail.bytes(part.fileName())));
        assertThat(parts)
                .filteredOn(part -> part.contentId().isPresent())
                .singleElement()
                .satisfies(logo -> {
                    assertThat(logo.contentId()).contains("logo");
                    assertThat(logo.contentType()).startsWith("image/png");
                });
    }

    @Test
    void carriesHeadersTagsAndConfigurationSet() {
        ArrivedMessage mail = arrived(ContractMail.full());

        assertThat(mail.headers("X-Campaign")).containsExactly("Frühling");
        assertThat(mail.headers("List-Unsubscribe")).containsExactly("<https://acme.example/u/8Zk1>");
        assertThat(mail.headers("List-Unsubscribe-Post")).containsExactly("List-Unsubscribe=One-Click");
        assertThat(mail.tags())
                .containsExactlyInAnyOrderEntriesOf(Map.of("kind", "receipt", "batch", "7", Attempt.TAG, "attempt-1"));
        assertThat(mail.configurationSet()).contains("transactional");
    }

    @Test
    void carriesMimeAsItIsAndJoinsItsTags() {
        ArrivedMessage mail = arrived(ContractMail.raw());

        assertThat(mail.recipients()).containsExactly("jane@example.com");
        assertThat(mail.headers("X-Own")).containsExactly("kept as it is");
        assertThat(ContractMail.body(mail.raw().orElseThrow())).isEqualTo(ContractMail.body(ContractMail.RAW));
        assertThat(mail.tags())
                .containsExactlyInAnyOrderEntriesOf(Map.of("kind", "letter", "batch", "8", Attempt.TAG, "attempt-1"));
    }

    @Test
    void hasSesFillTemplatesOrSaysThatItCannot() {
        Optional<String> refusal = transport().refusal(ContractMail.template());

        assertThat(refusal.isEmpty()).isEqualTo(carriesTemplates());
        assertThat(send(ContractMail.template()) instanceof Sent).isEqualTo(carriesTemplates());
    }

    @Test
    void doesNotSendWhatItCannotRead() {
        RecordedAttempt attempt = RecordedAttempt.open("attempt-1");

        EmailMessage message = ContractMail.with(Attachment.of("gone.txt", () -> {
            throw new IOException("gone");
        }));
        SendOutcome outcome = transport().send(message, attempt);

        isInvalid(outcome);
        assertThat(attempt.asked()).isZero();
        assertThat(ses().arrived()).isEmpty();
    }

    @Test
    void refusesWhatIsTooLargeBeforeItSends() {
        EmailMessage large = ContractMail.with(Attachment.of("large.txt", new byte[32 * 1024 * 1024]));

        assertThat(transport().refusal(large)).isPresent();
        assertThat(transport().refusal(ContractMail.full())).isEmpty();
    }

    @Test
    void doesNotSendWhatTurnsOutTooLarge() {
        EmailMessage large = ContractMail.with(Attachment.of("large.txt", () -> ContractMail.zeros(32 * 1024 * 1024)));

        isInvalid(send(large));
        assertThat(ses().arrived()).isEmpty();
    }

    @Test
    void servesSeveralThreads() {
        List<CompletableFuture<SendOutcome>> sends = new ArrayList<>();
        EmailTransport shared = transport();
        for (int i = 0; i < 24; i++) {
            RecordedAttempt attempt = RecordedAttempt.open("attempt-" + i);
            sends.add(CompletableFuture.supplyAsync(() -> shared.send(ContractMail.plain(), attempt)));
        }

        HashSet<String> ids = new HashSet<>();
        sends.forEach(send -> assertThat(send)
                .succeedsWithin(STUCK)
                .isInstanceOfSatisfying(Sent.class, sent -> ids.add(sent.messageId())));
        assertThat(ids).hasSize(24);
        assertThat(ses().arrived())
                .extracting(mail -> mail.tags().get(Attempt.TAG))
                .doesNotHaveDuplicates()
                .hasSize(24);
    }

    @Test
    void sendsNothingOnceItIsClosedAndMayBeClosedAgain() {
        EmailTransport closed = transport();
        closed.close();

        assertThat(send(ContractMail.plain())).isInstanceOf(NotSent.class);
        assertThat(ses().arrived()).isEmpty();
        assertThatCode(closed::close).doesNotThrowAnyException();
    }
}
