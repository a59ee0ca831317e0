package io.github.sesquill.test;

import static io.github.sesquill.test.Messages.attempt;
import static io.github.sesquill.test.Messages.draft;
import static io.github.sesquill.test.Messages.refusal;
import static io.github.sesquill.test.Messages.to;
import static io.github.sesquill.test.SesAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.sesquill.SendException;
import io.github.sesquill.message.Attachment;
import io.github.sesquill.message.EmailMessage;
import io.github.sesquill.message.ListManagement;
import io.github.sesquill.message.TemplateData;
import io.github.sesquill.suppression.Suppression.Reason;
import io.github.sesquill.test.engine.Eicar;
import io.github.sesquill.transport.SendOutcome;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class FakeAccountTest {

    private static final Pattern WHAT = Pattern.compile("\\{\"(?:event|notification)Type\":\"([^\"]+)\"");

    private final FakeSes ses = FakeSes.production().verifyIdentity("acme.example");

    private static EmailMessage.Builder template(String data) {
        return EmailMessage.from("hello@acme.example")
                .to("jane@example.com")
                .template("welcome", TemplateData.json(data))
                .configurationSet("set");
    }

    private List<String> settled() {
        return ses.settle().stream()
                .map(json -> WHAT.matcher(json))
                .filter(Matcher::lookingAt)
                .map(what -> what.group(1))
                .toList();
    }

    @Test
    void fillsStoredTemplates() {
        ses.createTemplate("welcome", "Hi {{name}}", null, "<b>{{name}}</b>");

        attempt(ses, template("{\"name\":\"Jane\"}").build());

        assertThat(ses).first().hasSubject("Hi Jane").hasHtml("<b>Jane</b>").hasTemplate("welcome");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ses.createTemplate("welcome", "s", "t", null))
                .withMessage("Template welcome already exists.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ses.createTemplate("other", "{{#each}}", "t", null))
                .withMessage("The template is invalid: '{{#each}}' has no attribute at character 1.");
    }

    @Test
    void takesATemplateThatLacksAnAttributeAndTellsOfItAfterwards() {
        ses.createTemplate("welcome", "Hi {{name}}", "t", null);

        assertThat(attempt(ses, template("{}").build())).isInstanceOf(SendOutcome.Sent.class);

        assertThat(ses.sent().get(0).renderingFailure())
                .contains("Attribute 'name' is not present in the rendering data.");
        assertThat(ses.sent().get(0).delivered()).isEmpty();
        assertThat(settled()).containsExactly("Send", "Rendering Failure");
    }

    @Test
    void refusesWhatWasNotMadeOnceSomethingWas() {
        ses.createTemplate("welcome", "s", "t", null).createConfigurationSet("other");

        SendOutcome.NotSent refusal = refusal(ses, template("{}").build());

        assertThat(refusal.code()).contains("NotFoundException");
        assertThat(refusal.detail()).isEqualTo("Configuration set <set> does not exist.");
    }

    @Test
    void keepsMailFromWhoIsSuppressed() {
        ses.suppress("jane@example.com", Reason.COMPLAINT);

        assertThat(attempt(
                        ses, draft("jane@example.com").configurationSet("set").build()))
                .isInstanceOf(SendOutcome.Sent.class);

        assertThat(ses).hasSuppressed("jane@example.com");
        assertThat(settled()).containsExactly("Send", "Complaint");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ses.suppress("joe@example.com", Reason.MANUAL))
                .withMessageEndingWith("not MANUAL.");
    }

    @Test
    void suppressesWhoBouncesForGoodOrComplains() {
        ses.mailbox("gone@example.com", Mailbox.UNKNOWN)
                .mailbox("full@example.com", Mailbox.FULL)
                .mailbox("away@example.com", Mailbox.OUT_OF_OFFICE)
                .mailbox("angry@example.com", Mailbox.COMPLAINS);
        attempt(ses, to("gone@example.com", "full@example.com", "away@example.com", "angry@example.com"));

        assertThat(settled()).containsExactlyInAnyOrder("Delivery", "Bounce", "Bounce", "Bounce", "Complaint");
        assertThat(ses.suppressed()).containsExactly("angry@example.com", "gone@example.com");
    }

    @Test
    void letsThingsHappenToAMessageByHand() {
        attempt(ses, to("jane@example.com", "joe@example.com"));
        SentMessage sent = ses.sent().get(0);

        ses.bounce(sent, "jane@example.com").complain(sent, "joe@example.com");

        assertThat(ses.suppressed()).containsExactly("jane@example.com", "joe@example.com");
        assertThat(ses.notifications()).hasSize(2);
    }

    @Test
    void managesSubscriptions() {
        ses.createContactList("all", "news");
        EmailMessage news = draft("jane@example.com")
                .html("<a href=\"{{amazonSESUnsubscribeUrl}}\">no more</a>")
                .listManagement(ListManagement.of("all", "news"))
                .configurationSet("set")
                .build();
        attempt(ses, news);
        SentMessage first = ses.sent().get(0);
        assertThat(ses).first().hasHtmlContaining(first.unsubscribeUrl().orElseThrow());

        ses.unsubscribe(first);
        attempt(ses, news);

        assertThat(ses.sent().get(1).delivered()).isEmpty();
        assertThat(settled()).containsExactlyInAnyOrder("Send", "Delivery", "Subscription", "Send", "Bounce");
        attempt(ses, to("jane@example.com"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ses.unsubscribe(ses.sent().get(2)))
                .withMessageEndingWith("it needs listManagement(…) and a single recipient.");
    }

    @Test
    void rejectsVirusesAfterwards() {
        attempt(
                ses,
                draft("jane@example.com")
                        .attach(Attachment.of("invoice.txt", Eicar.file()))
                        .configurationSet("set")
                        .build());

        assertThat(settled()).containsExactly("Send", "Reject");
    }

    @Test
    void playsFaultsOnAMailer() {
        ses.enqueue(SesFault.throttled()).enqueue(SesFault.unreachable());

        assertThat(ses.mailer().send(to("jane@example.com")).attemptIds()).hasSize(3);

        for (SendOutcome fault : List.of(
                SesFault.dailyQuota(),
                SesFault.sendingPaused(),
                SesFault.accountSuspended(),
                SesFault.unverified("a@b.example"),
                SesFault.rejected("no"),
                SesFault.accessDenied(),
                SesFault.silence(),
                SesFault.acceptedWithoutId(),
                SesFault.serverError())) {
            ses.enqueue(fault);
            assertThat(attempt(ses, to("jane@example.com"))).isEqualTo(fault);
        }
    }

    @Test
    void playsCodeThatBreaksOrTakesItsTime() {
        ses.enqueue(() -> {
            ses.time().advance(Duration.ofSeconds(20));
            throw new IllegalStateException("broken");
        });

        assertThat(catchThrowable(() -> ses.mailer().send(to("jane@example.com"))))
                .isInstanceOf(SendException.class);
        assertThat(ses.time().elapsed()).isGreaterThanOrEqualTo(Duration.ofSeconds(20));
    }
}
