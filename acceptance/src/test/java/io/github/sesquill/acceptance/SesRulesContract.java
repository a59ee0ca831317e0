package io.github.sesquill.acceptance;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.sesquill.message.Attachment;
import io.github.sesquill.message.EmailMessage;
import io.github.sesquill.message.ListManagement;
import io.github.sesquill.message.TemplateData;
import io.github.sesquill.notifications.BouncedRecipient;
import io.github.sesquill.notifications.NotificationParser;
import io.github.sesquill.notifications.SesNotification;
import io.github.sesquill.quota.SendingQuota;
import io.github.sesquill.suppression.Suppression;
import io.github.sesquill.transport.EmailTransport;
import io.github.sesquill.transport.SendOutcome;
import io.github.sesquill.transport.SendOutcome.NotSent;
import io.github.sesquill.transport.SendOutcome.Reason;
import io.github.sesquill.transport.SendOutcome.Sent;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The rules of SES as a sender meets them: every mailbox of the simulator and every refusal, with the same outcome and the
 * same notifications whichever way messages go in.
 */
@SuppressWarnings("NullAway.Init") // before each test
abstract class SesRulesContract {

    private static final String AT = "@simulator.amazonses.com";
    private static final SendingQuota PRODUCTION = SendingQuota.of(14, 50_000);

    /** The test file that scanners take for a virus, in pieces so that none takes this class for one. */
    private static final byte[] VIRUS = String.join(
                    "", "X5O!P%@AP[4\\PZX54(P^)7CC)7}$", "EICAR", "-STANDARD-ANTIVIRUS-TEST-FILE", "!$H+H*")
            .getBytes(StandardCharsets.US_ASCII);

    private final NotificationParser parser = NotificationParser.create();
    private SesAtTest ses;
    private EmailTransport transport;

    /** Opens an account in the sandbox or in production, with nothing verified. */
    abstract SesAtTest open(boolean sandbox, SendingQuota quota);

    /** Tells whether this way in has SES fill templates. */
    boolean carriesTemplates() {
        return true;
    }

    @BeforeEach
    void openProduction() {
        reopen(false, PRODUCTION);
        ses.verify("acme.example");
    }

    private void reopen(boolean sandbox, SendingQuota quota) {
        if (ses != null) {
            close();
        }
        ses = open(sandbox, quota);
        ses.createConfigurationSet("set");
        transport = ses.transport();
    }

    @AfterEach
    void close() {
        transport.close();
        ses.close();
    }

    private static EmailMessage.Builder draft(String... recipients) {
        return EmailMessage.from("Acme <hello@acme.example>")
                .to(recipients)
                .subject("Welcome")
                .text("Hello");
    }

    private SendOutcome send(EmailMessage message) {
        return transport.send(message, new Attempt("attempt-1"));
    }

    private record Attempt(String id) implements EmailTransport.Attempt {

        @Override
        public Duration remaining() {
            return Duration.ofSeconds(30);
        }

        @Override
        public boolean handOff() {
            return true;
        }

        @Override
        public void onAbort(Runnable breakOff) {}
    }

    private String sent(EmailMessage message) {
        SendOutcome outcome = send(message);
        assertThat(outcome).isInstanceOf(Sent.class);
        return ((Sent) outcome).messageId();
    }

    private NotSent refused(EmailMessage message) {
        SendOutcome outcome = send(message);
        assertThat(outcome).isInstanceOf(NotSent.class);
        return (NotSent) outcome;
    }

    /** What is published of a message, each with its sub-type and whom it is about. */
    private List<String> published(String messageId) {
        return ses.settle().stream()
                .map(parser::parse)
                .filter(notification -> notification.raw().contains(messageId))
                .map(SesRulesContract::inShort)
                .toList();
    }

    private static String inShort(SesNotification notification) {
        if (notification instanceof SesNotification.Bounce bounce) {
            return "Bounce " + bounce.bounceTypeText().orElse("") + '/'
                    + bounce.bounceSubTypeText().orElse("") + " of "
                    + bounce.recipients().stream()
                            .map(BouncedRecipient::address)
                            .collect(joining(" "));
        }
        if (notification instanceof SesNotification.Complaint complaint) {
            return "Complaint"
                    + complaint.complaintSubTypeText().map(type -> " " + type).orElse("");
        }
        return notification.type();
    }

    @TestFactory
    Stream<DynamicTest> everyMailboxOfTheSimulatorHasItsFate() {
        return Stream.of(
                mailbox("success", "Delivery"),
                mailbox("success+label", "Delivery"),
                mailbox("bounce", "Bounce Permanent/General of %s"),
                mailbox("bounce+a+b", "Bounce Permanent/General of %s"),
                mailbox("ooto", "Delivery", "Bounce Transient/General of %s"),
                mailbox("complaint", "Delivery", "Complaint"),
                mailbox("suppressionlist", "Bounce Permanent/General of %s"),
                mailbox("nobody", "Bounce Permanent/General of %s"));
    }

    private DynamicTest mailbox(String mailbox, String... fate) {
        String address = mailbox + AT;
        List<String> feedback =
                Stream.of(fate).map(text -> text.formatted(address)).toList();
        List<String> events =
                Stream.concat(Stream.of("Send"), feedback.stream()).toList();
        return dynamicTest(mailbox, () -> {
            assertThat(published(sent(draft(address).build()))).containsExactlyElementsOf(feedback);
            assertThat(published(sent(draft(address).configurationSet("set").build())))
                    .containsExactlyElementsOf(events);
        });
    }

    @Test
    void oneNotificationTellsOfAllWhoFareAlike() {
        String id = sent(draft("bounce+1" + AT, "success" + AT, "bounce+2" + AT, "jane@example.com")
                .configurationSet("set")
                .build());

        assertThat(published(id))
                .containsExactlyInAnyOrder(
                        "Send", "Delivery", "Bounce Permanent/General of bounce+1" + AT + " bounce+2" + AT);
    }

    @Test
    void tagsOfTheMessageAndOfTheAttemptComeBack() {
        sent(draft("success" + AT)
                .tag("kind", "receipt")
                .configurationSet("set")
                .build());

        assertThat(ses.settle())
                .allSatisfy(json ->
                        assertThat(json).contains("\"kind\":[\"receipt\"]", "\"sesquill-attempt\":[\"attempt-1\"]"));
    }

    @Test
    void aVirusIsTakenAndThenRejected() {
        EmailMessage message = draft("jane@example.com")
                .attach(Attachment.of("invoice.txt", VIRUS))
                .configurationSet("set")
                .build();

        assertThat(published(sent(message))).containsExactly("Send", "Reject");
    }

    @Test
    void aVirusInMimeIsRejectedToo() {
        String mime = "From: hello@acme.example\r\nTo: jane@example.com\r\nSubject: s\r\nMIME-Version: 1.0\r\n"
                + "X-SES-CONFIGURATION-SET: set\r\nContent-Type: application/octet-stream\r\n"
                + "Content-Transfer-Encoding: base64\r\n\r\n"
                + Base64.getMimeEncoder().encodeToString(VIRUS) + "\r\n";
        EmailMessage message = EmailMessage.from("hello@acme.example")
                .to("jane@example.com")
                .raw(mime.getBytes(StandardCharsets.US_ASCII))
                .build();

        assertThat(published(sent(message))).containsExactly("Send", "Reject");
    }

    @Test
    void whoIsSuppressedIsTakenAndKeptBack() {
        ses.suppress("jane@example.com", Suppression.Reason.BOUNCE);
        ses.suppress("joe@example.com", Suppression.Reason.COMPLAINT);

        assertThat(published(
                        sent(draft("JANE@example.com").configurationSet("set").build())))
                .containsExactly("Send", "Bounce Permanent/OnAccountSuppressionList of JANE@example.com");
        assertThat(published(
                        sent(draft("joe@example.com").configurationSet("set").build())))
                .containsExactly("Send", "Complaint OnAccountSuppressionList");
    }

    @Test
    void theSimulatorSuppressesNobody() {
        sent(draft("bounce" + AT).build());
        ses.settle();

        assertThat(published(sent(draft("bounce" + AT).build())))
                .containsExactly("Bounce Permanent/General of bounce" + AT);
    }

    @Test
    void whoHasUnsubscribedIsKeptBack() {
        ses.createContactList("all", "news");
        EmailMessage news = draft("jane@example.com")
                .listManagement(ListManagement.of("all", "news"))
                .configurationSet("set")
                .build();
        String first = sent(news);
        assertThat(published(first)).containsExactly("Send", "Delivery");

        ses.unsubscribe(first);

        assertThat(published(first)).containsExactly("Send", "Delivery", "Subscription");
        assertThat(published(sent(news)))
                .containsExactly("Send", "Bounce Permanent/UnsubscribedRecipient of jane@example.com");
    }

    @Test
    void aTemplateThatLacksAnAttributeIsTakenAndThenFails() {
        assumeThat(carriesTemplates()).isTrue();
        ses.createTemplate("welcome", "Hi {{name}}", "Hello {{name}}");

        assertThat(published(sent(template("welcome", Map.of("name", "Jane"))))).containsExactly("Send", "Delivery");
        assertThat(published(sent(template("welcome", Map.of())))).containsExactly("Send", "Rendering Failure");
    }

    private static EmailMessage template(String name, Map<String, String> data) {
        return EmailMessage.from("hello@acme.example")
                .to("jane@example.com")
                .template(name, TemplateData.of(data))
                .configurationSet("set")
                .build();
    }

    @Test
    void aTemplateThatIsNotThereIsRefused() {
        assumeThat(carriesTemplates()).isTrue();
        ses.createTemplate("welcome", "Hi", "Hello");

        isRefused(template("other", Map.of()), Reason.REJECTED, false, "Template other does not exist.");
    }

    @Test
    void aTemplateThatIsMalformedIsRefused() {
        assumeThat(carriesTemplates()).isTrue();
        EmailMessage message = draft("jane@example.com")
                .text("{{#if}}")
                .templateData(TemplateData.json("{}"))
                .build();

        isRefused(message, Reason.REJECTED, false, "The template is invalid: '{{#if}}' has no attribute");
    }

    private void isRefused(EmailMessage message, Reason reason, boolean retryable, @Nullable String said) {
        NotSent refusal = refused(message);
        assertThat(refusal.reason()).isEqualTo(reason);
        assertThat(refusal.isRetryable()).isEqualTo(retryable);
        if (said != null) {
            assertThat(refusal.detail()).contains(said);
        }
        assertThat(ses.settle()).isEmpty();
    }

    @Test
    void aSenderWhoIsNotVerifiedIsRefused() {
        EmailMessage message = EmailMessage.from("hello@other.example")
                .to("success" + AT)
                .subject("s")
                .text("t")
                .build();

        isRefused(
                message,
                Reason.UNVERIFIED,
                false,
                "Email address is not verified. The following identities failed the check in region EU-WEST-1:"
                        + " hello@other.example");
    }

    @Test
    void aFeedbackAddressThatIsNotVerifiedIsRefused() {
        isRefused(
                draft("success" + AT).feedbackTo("bounces@other.example").build(),
                Reason.UNVERIFIED,
                false,
                "bounces@other.example");
    }

    @Test
    void theSandboxRefusesRecipientsWhoAreNotVerified() {
        reopen(true, SendingQuota.sandbox());
        ses.verify("acme.example");
        ses.verify("joe@example.org");

        isRefused(draft("jane@example.com", "joe@example.org").build(), Reason.UNVERIFIED, false, ": jane@example.com");
        assertThat(published(sent(draft("joe@example.org").build()))).containsExactly("Delivery");
    }

    @Test
    void aPausedAccountIsRefused() {
        ses.pause();

        isRefused(draft("success" + AT).build(), Reason.SENDING_PAUSED, false, null);
    }

    @Test
    void aConfigurationSetThatIsNotThereIsRefused() {
        isRefused(
                draft("success" + AT).configurationSet("other").build(),
                Reason.REJECTED,
                false,
                "Configuration set <other> does not exist.");
    }

    @Test
    void aContactListOrATopicThatIsNotThereIsRefused() {
        ses.createContactList("all", "news");

        isRefused(
                draft("jane@example.com")
                        .listManagement(ListManagement.of("other"))
                        .build(),
                Reason.REJECTED,
                false,
                "List with name: other doesn't exist.");
        isRefused(
                draft("jane@example.com")
                        .listManagement(ListManagement.of("all", "ads"))
                        .build(),
                Reason.REJECTED,
                false,
                "List doesn't contain topic: ads.");
    }

    @Test
    void theRateIsKept() {
        reopen(false, SendingQuota.of(1, 50_000));
        ses.verify("acme.example");
        String[] fifty = Stream.iterate(1, i -> i + 1)
                .limit(50)
                .map(i -> "success+" + i + AT)
                .toArray(String[]::new);
        sent(draft(fifty).build());

        NotSent refusal = refused(draft("success" + AT).build());

        assertThat(refusal.reason()).isEqualTo(Reason.THROTTLED);
        assertThat(refusal.isRetryable()).isTrue();
        assertThat(refusal.detail()).contains("Maximum sending rate exceeded.");
    }

    @Test
    void theDayIsKeptAndTheSimulatorIsFree() {
        reopen(false, SendingQuota.of(1_000, 2));
        ses.verify("acme.example");
        sent(draft("jane@example.com", "joe@example.com").build());

        NotSent refusal = refused(draft("jane@example.com").build());

        assertThat(refusal.reason()).isEqualTo(Reason.DAILY_QUOTA);
        assertThat(refusal.isRetryable()).isTrue();
        assertThat(refusal.detail()).contains("Daily message quota exceeded.");
        sent(draft("success" + AT).build());
    }

    @Test
    void whatIsTooLargeIsNotSent() {
        byte[] content = new byte[32 * 1024 * 1024];
        EmailMessage large = draft("success" + AT)
                .attach(Attachment.of("large.txt", () -> new ByteArrayInputStream(content)))
                .build();

        isRefused(large, Reason.INVALID, false, null);
    }
}
