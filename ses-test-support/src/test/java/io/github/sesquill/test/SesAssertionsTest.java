package io.github.sesquill.test;

import static io.github.sesquill.test.Messages.attempt;
import static io.github.sesquill.test.Messages.draft;
import static io.github.sesquill.test.Messages.to;
import static io.github.sesquill.test.SesAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sesquill.message.Attachment;
import io.github.sesquill.message.EmailMessage;
import io.github.sesquill.message.TemplateData;
import io.github.sesquill.quota.SendingQuota;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SesAssertionsTest {

    private final FakeSes ses = FakeSes.production().verifyIdentity("acme.example");

    private SentMessageAssert sent(EmailMessage message) {
        attempt(ses, message);
        return assertThat(ses).last();
    }

    private SentMessageAssert letter() {
        return sent(draft("Jane Doe <jane@example.com>")
                .cc("joe@example.com")
                .bcc("ann@example.com")
                .header("X-Campaign", "spring")
                .tag("kind", "receipt")
                .configurationSet("transactional")
                .attach(Attachment.of("terms.pdf", new byte[3]))
                .attach(Attachment.of("logo.png", new byte[3]).inline("logo"))
                .build());
    }

    private static void failsWith(String message, ThrowingCallable assertion) {
        assertThatThrownBy(assertion).isInstanceOf(AssertionError.class).hasMessage(message);
    }

    @Nested
    class OfAFake {

        @Test
        void pass() {
            assertThat(ses).hasSentNothing();
            attempt(ses, to("jane@example.com"));
            attempt(ses, to("joe@example.com"));

            assertThat(ses).hasSent(2).first().isTo("jane@example.com");
            assertThat(ses).last().isTo("joe@example.com");
            assertThat(ses).sentTo("joe@example.com").isFrom("hello@acme.example");
            assertThat(ses.sent().get(0)).isTo("jane@example.com");
        }

        @Test
        void listWhatWasSentInstead() {
            attempt(ses, to("jane@example.com"));

            failsWith("""
                    Expected 2 messages to be sent, but there was 1.
                    Sent were:
                      1. "Welcome" to jane@example.com""", () -> assertThat(ses).hasSent(2));
            failsWith("""
                    Expected no message to be sent, but there was 1.
                    Sent were:
                      1. "Welcome" to jane@example.com""", () -> assertThat(ses).hasSentNothing());
        }

        @Test
        void listWhatWasRefusedAndWhy() {
            FakeSes fresh = FakeSes.production();
            attempt(fresh, to("jane@example.com"));

            failsWith("""
                    Expected 1 message to be sent, but there was none.
                    Nothing was sent.
                    Refused were:
                      1. to jane@example.com, UNVERIFIED: Email address is not verified. The following identities \
                    failed the check in region EU-WEST-1: hello@acme.example""", () -> assertThat(fresh).hasSent(1));
        }

        @Test
        void saySoIfThereIsNoMessageToLookAt() {
            failsWith(
                    "Expected a message to be sent, but there was none.\nNothing was sent.",
                    () -> assertThat(ses).first());
        }

        @Test
        void pointAtTheAddressThatIsNearlyTheOne() {
            attempt(ses, to("Jane@example.com"));

            failsWith("""
                    Expected one message to be sent to jane@example.com, but there was none. Jane@example.com differs \
                    in capitals before the @, which counts.
                    Sent were:
                      1. "Welcome" to Jane@example.com""", () -> assertThat(ses).sentTo("jane@example.com"));
        }

        @Test
        void doNotChooseAmongSeveral() {
            attempt(ses, to("jane@example.com"));
            attempt(ses, to("jane@EXAMPLE.com"));

            assertThatThrownBy(() -> assertThat(ses).sentTo("jane@example.com"))
                    .hasMessageStartingWith("Expected one message to be sent to jane@example.com, but there were 2.\n");
        }

        @Test
        void listTwentyOfMany() {
            ses.changeQuota(SendingQuota.perSecond(100));
            for (int i = 0; i < 23; i++) {
                attempt(ses, to("jane@example.com"));
            }

            assertThatThrownBy(() -> assertThat(ses).hasSentNothing())
                    .hasMessageContaining("\n  20. ")
                    .hasMessageEndingWith("\n  and 3 more");
        }
    }

    @Nested
    class OfAMessage {

        @Test
        void pass() {
            letter().isFrom("Acme <hello@acme.example>")
                    .isTo("jane@EXAMPLE.com")
                    .isTo("Jane Doe <jane@example.com>")
                    .isCc("joe@example.com")
                    .isBcc("ann@example.com")
                    .hasSubject("Welcome")
                    .hasSubjectContaining("elc")
                    .hasTextContaining("Jane")
                    .hasHtmlContaining("<p>Hello")
                    .hasTag("kind", "receipt")
                    .hasHeader("x-campaign", "spring")
                    .hasConfigurationSet("transactional")
                    .hasAttachment("terms.pdf")
                    .hasInline("logo");
        }

        @Test
        void sayInWhichFieldAnAddressIs() {
            failsWith(
                    "Expected message 1 of 1 to have ann@example.com in To, but To is Jane Doe <jane@example.com>."
                            + " It is in Bcc, though.",
                    () -> letter().isTo("ann@example.com"));
        }

        @Test
        void sayWhenOnlyTheNameIsAnother() {
            failsWith(
                    "Expected message 1 of 1 to have Janet <jane@example.com> in To, but To is Jane Doe"
                            + " <jane@example.com>. The address is there, but as Jane Doe <jane@example.com>:"
                            + " write the address alone if the name does not matter.",
                    () -> letter().isTo("Janet <jane@example.com>"));
        }

        @Test
        void sayThatAFieldIsEmpty() {
            failsWith(
                    "Expected message 1 of 1 to have jane@example.com in Cc, but Cc is nobody. It is in To, though.",
                    () -> sent(to("jane@example.com")).isCc("jane@example.com"));
        }

        @Test
        void sayWhatTheSubjectIs() {
            failsWith(
                    "Expected message 1 of 1 to have the subject \"Goodbye\", but its subject is \"Welcome\".",
                    () -> letter().hasSubject("Goodbye"));
        }

        @Test
        void sayWhenOnlyTheCaseDiffers() {
            failsWith(
                    "Expected message 1 of 1 to have the subject \"welcome \", but its subject is \"Welcome\"."
                            + " They differ only in capitals or white space.",
                    () -> letter().hasSubject("welcome "));
        }

        @Test
        void sayWhatTheTextIsOrThatThereIsNone() {
            failsWith(
                    "Expected message 1 of 1 to have \"Bye\" in its text, but its text is \"Hello Jane\".",
                    () -> letter().hasTextContaining("Bye"));
            failsWith(
                    "Expected message 2 of 2 to have \"\" in its HTML, but it has no HTML.",
                    () -> sent(EmailMessage.from("hello@acme.example")
                                    .to("jane@example.com")
                                    .subject("s")
                                    .text("t")
                                    .build())
                            .hasHtmlContaining(""));
        }

        @Test
        void listTagsHeadersAndParts() {
            failsWith(
                    "Expected message 1 of 1 to have the tag kind=letter, but its tags are {kind=receipt}.",
                    () -> letter().hasTag("kind", "letter"));
            assertThatThrownBy(() -> assertThat(ses).first().hasHeader("X-Campaign", "autumn"))
                    .hasMessageContaining("but its headers are\n  From: ")
                    .hasMessageContaining("\n  X-Campaign: spring");
            failsWith(
                    "Expected message 1 of 1 to have the attachment logo.png, but it has terms.pdf, logo.png (inline as"
                            + " logo).",
                    () -> assertThat(ses).first().hasAttachment("logo.png"));
            failsWith(
                    "Expected message 2 of 2 to have the inline part logo, but it has none at all.",
                    () -> sent(to("jane@example.com")).hasInline("logo"));
            failsWith(
                    "Expected message 1 of 2 to name the configuration set other, but it names transactional.",
                    () -> assertThat(ses).first().hasConfigurationSet("other"));
        }

        @Test
        void readTemplatesAsTheyCameAndTheSubjectOfRawMime() {
            sent(draft("jane@example.com")
                            .html("<p>Hello {{name}}</p>")
                            .templateData(TemplateData.of(Map.of("name", "Jane")))
                            .build())
                    .hasSubject("Welcome")
                    .hasHtmlContaining("{{name}}");
            sent(EmailMessage.from("hello@acme.example")
                            .to("jane@example.com")
                            .raw("Subject: Raw\n\nHello".getBytes(StandardCharsets.US_ASCII))
                            .build())
                    .hasSubject("Raw");
        }
    }
}
