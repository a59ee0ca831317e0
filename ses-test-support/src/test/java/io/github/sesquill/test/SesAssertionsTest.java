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
import io.github.sesquill.suppression.Suppression;
import io.github.sesquill.transport.SendOutcome.Reason;
import java.nio.charset.StandardCharsets;
import java.util.List;
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
                    failed the check in region EU-WEST-1: hello@acme.example
                    Hint: ses.verifyIdentity("acme.example") lets it send; the sandbox wants its recipients verified \
                    too.""", () -> assertThat(fresh).hasSent(1));
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
        void readTemplatesFilledAndTheSubjectOfRawMime() {
            sent(draft("jane@example.com")
                            .html("<p>Hello {{name}}</p>")
                            .templateData(TemplateData.of(Map.of("name", "Jane")))
                            .build())
                    .hasSubject("Welcome")
                    .hasHtml("<p>Hello Jane</p>")
                    .hasTemplateData(TemplateData.json("{ \"name\" : \"Jane\" }"));
            sent(EmailMessage.from("hello@acme.example")
                            .to("jane@example.com")
                            .raw("Subject: =?utf-8?q?R=C3=A4w?=\n\nHello".getBytes(StandardCharsets.US_ASCII))
                            .build())
                    .hasSubject("Räw")
                    .hasHeader("Subject", "Räw");
        }

        @Test
        void sayWhoIsMissingAndWhoIsTooMany() {
            failsWith(
                    "Expected message 1 of 1 to go only to jane@example.com, eve@example.com, but it goes to Jane Doe"
                            + " <jane@example.com>, joe@example.com, ann@example.com. Missing: eve@example.com."
                            + " Too many: joe@example.com, ann@example.com.",
                    () -> letter().goesOnlyTo("jane@example.com", "eve@example.com"));
            assertThat(ses).first().goesOnlyTo("ann@example.com", "jane@example.com", "joe@example.com");
        }

        @Test
        void sayWhereLongTextsBeginToDiffer() {
            failsWith(
                    "Expected message 1 of 1 to have the text \"Dear Jane, thank you for your order.\", but its text is"
                            + " \"Dear Jane, thank you for your letter.\". They are the same up to character 30.",
                    () -> sent(draft("jane@example.com")
                                    .text("Dear Jane, thank you for your letter.")
                                    .build())
                            .hasText("Dear Jane, thank you for your order."));
        }

        @Test
        void sayWhenTheTextIsThereButEscaped() {
            failsWith(
                    "Expected message 1 of 1 to have \"Tom & Jerry\" in its HTML, but its HTML is \"<p>Tom &amp; Jerry</p>\"."
                            + " It is there as \"Tom &amp; Jerry\", escaped for HTML.",
                    () -> sent(draft("jane@example.com")
                                    .html("<p>Tom &amp; Jerry</p>")
                                    .build())
                            .hasHtmlContaining("Tom & Jerry"));
        }

        @Test
        void pointAtTheAttachmentThatIsNearlyTheOne() {
            failsWith(
                    "Expected message 1 of 1 to have the attachment term.pdf, but it has terms.pdf, logo.png (inline as"
                            + " logo). Did you mean terms.pdf?",
                    () -> letter().hasAttachment("term.pdf"));
        }

        @Test
        void compareTheContentOfAttachments() {
            letter().hasAttachment("terms.pdf", new byte[3]);
            failsWith(
                    "Expected message 1 of 1 to have these 4 bytes attached as terms.pdf, but it has others: 3 bytes.",
                    () -> assertThat(ses).first().hasAttachment("terms.pdf", new byte[4]));
            failsWith(
                    "Expected message 1 of 1 to have no attachment, but it has terms.pdf, logo.png (inline as logo).",
                    () -> assertThat(ses).first().hasNoAttachment());
        }

        @Test
        void sayWhatShouldNotBeThere() {
            failsWith(
                    "Expected message 1 of 1 not to have \"Jane\" in its text, but its text is \"Hello Jane\".",
                    () -> letter().hasNoTextContaining("Jane"));
            assertThatThrownBy(() -> assertThat(ses).first().hasNoHeader("x-campaign"))
                    .hasMessageStartingWith(
                            "Expected message 1 of 1 not to have a header x-campaign, but its headers are\n");
            assertThat(ses).first().hasNoHtmlContaining("Bye").hasNoHeader("X-Other");
        }

        @Test
        void pointAtTheHeaderThatIsNearlyTheOne() {
            assertThatThrownBy(() -> letter().hasHeader("X-Campain", "spring"))
                    .hasMessageEndingWith(" Did you mean X-Campaign?");
        }

        @Test
        void sayWhichTemplateItIs() {
            SentMessageAssert sent = sent(EmailMessage.from("hello@acme.example")
                    .to("jane@example.com")
                    .template("welcome", TemplateData.json("{\"name\":\"Jane\"}"))
                    .build());

            sent.hasTemplate("welcome").hasSubject("template welcome");
            failsWith(
                    "Expected message 1 of 1 to be the template goodbye, but it is the template welcome.",
                    () -> sent.hasTemplate("goodbye"));
            failsWith(
                    "Expected message 1 of 1 to be filled with {\"name\":\"Joe\"}, but it is filled with"
                            + " {\"name\":\"Jane\"}.",
                    () -> sent.hasTemplateData(TemplateData.json("{\"name\":\"Joe\"}")));
        }

        @Test
        void sayWhomItIsDeliveredTo() {
            failsWith(
                    "Expected message 1 of 1 to have bounce@simulator.amazonses.com in those it is delivered to, but those"
                            + " it is delivered to is jane@example.com. It is in To, though.",
                    () -> sent(to("jane@example.com", "bounce@simulator.amazonses.com"))
                            .isDeliveredTo("bounce@simulator.amazonses.com"));
        }
    }

    @Nested
    class OfWhatWasRefusedAndSuppressed {

        @Test
        void countAndSayWhy() {
            ses.enqueue(SesFault.rejected("Content refused."));
            attempt(ses, to("jane@example.com"));

            assertThat(ses).hasRefused(1).hasRefusedBecause(Reason.REJECTED);
            failsWith("""
                    Expected no attempt to be refused, but there was 1.
                    Nothing was sent.
                    Refused were:
                      1. to jane@example.com, REJECTED: Content refused.""", () -> assertThat(ses).hasRefusedNothing());
            failsWith("""
                    Expected an attempt to be refused because of THROTTLED, but there was none.
                    Nothing was sent.
                    Refused were:
                      1. to jane@example.com, REJECTED: Content refused.""", () -> assertThat(ses).hasRefusedBecause(Reason.THROTTLED));
        }

        @Test
        void sayWhomSesKeptTheMessageFrom() {
            ses.suppress("joe@example.com", Suppression.Reason.BOUNCE);
            attempt(ses, to("jane@example.com", "joe@example.com"));

            assertThat(ses).hasSuppressed("joe@example.com");
            failsWith("""
                    Expected jane@example.com to be suppressed by SES, but it was joe@example.com.
                    Sent were:
                      1. "Welcome" to jane@example.com, joe@example.com""", () -> assertThat(ses).hasSuppressed("jane@example.com"));
        }
    }

    @Nested
    class OfSeveralMessages {

        private void three() {
            for (String subject : List.of("One", "Two", "Three")) {
                attempt(ses, draft("jane@example.com").subject(subject).build());
            }
        }

        @Test
        void keepTheirOrder() {
            three();

            assertThat(ses).hasSentInOrder("One", "Two", "Three").nth(2).hasSubject("Two");
            failsWith("""
                    Expected messages with the subjects ["Two", "One", "Three"], but they are ["One", "Two", "Three"]. \
                    They are the same in another order.
                    Sent were:
                      1. "One" to jane@example.com
                      2. "Two" to jane@example.com
                      3. "Three" to jane@example.com""", () -> assertThat(ses).hasSentInOrder("Two", "One", "Three"));
            assertThatThrownBy(() -> assertThat(ses).nth(4))
                    .hasMessageStartingWith("Expected a message 4, but there were 3.\n");
        }

        @Test
        void areLookedThroughForOne() {
            three();

            assertThat(ses).hasSentOne(mail -> mail.isTo("jane@example.com").hasSubject("Three"));
            failsWith("""
                    Expected one message to be as described, but none is:
                      Expected message 1 to have the subject "three", but its subject is "One".
                      Expected message 2 to have the subject "three", but its subject is "Two".
                      Expected message 3 to have the subject "three", but its subject is "Three". They differ only in \
                    capitals or white space.
                    Sent were:
                      1. "One" to jane@example.com
                      2. "Two" to jane@example.com
                      3. "Three" to jane@example.com""", () -> assertThat(ses).hasSentOne(mail -> mail.hasSubject("three")));
        }

        @Test
        void shouldNotHaveGoneToSomebody() {
            assertThat(ses).hasSentNothingTo("jane@example.com");
            three();

            failsWith("""
                    Expected nothing to be sent to jane@example.com, but there were 3.
                    Sent were:
                      1. "One" to jane@example.com
                      2. "Two" to jane@example.com
                      3. "Three" to jane@example.com""", () -> assertThat(ses).hasSentNothingTo("jane@example.com"));
        }
    }
}
