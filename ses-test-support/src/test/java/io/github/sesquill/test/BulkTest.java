package io.github.sesquill.test;

import static io.github.sesquill.test.SesAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sesquill.message.Attachment;
import io.github.sesquill.message.TemplateData;
import io.github.sesquill.message.TemplateMailing;
import io.github.sesquill.suppression.Suppression;
import io.github.sesquill.transport.SendOutcome;
import io.github.sesquill.transport.SendOutcome.NotSent;
import io.github.sesquill.transport.SendOutcome.Reason;
import io.github.sesquill.transport.SendOutcome.Sent;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Batches of one template. */
class BulkTest {

    private final FakeSes ses = FakeSes.production()
            .verifyIdentity("acme.example")
            .createTemplate("welcome", "Hi {{name}}", "Hello {{name}}", null)
            .createConfigurationSet("news");

    private static TemplateMailing mailing() {
        return TemplateMailing.from("Acme <hello@acme.example>")
                .template("welcome")
                .tag("kind", "news")
                .configurationSet("news")
                .entries(List.of());
    }

    private static TemplateMailing.Entry entry(String address, String name) {
        return TemplateMailing.Entry.to(address)
                .data(TemplateData.of(Map.of("name", name)))
                .build();
    }

    private List<SendOutcome> batch(TemplateMailing mailing, TemplateMailing.Entry... entries) {
        return ses.transport().sendBatch(mailing, List.of(entries), new Messages.Open("attempt-1", true));
    }

    @Test
    void answersForEachEntry() {
        ses.suppress("joe@example.com", Suppression.Reason.BOUNCE);

        assertThat(batch(mailing(), entry("jane@example.com", "Jane"), entry("joe@example.com", "Joe")))
                .hasSize(2)
                .allMatch(Sent.class::isInstance);

        assertThat(ses)
                .hasSent(2)
                .first()
                .isTo("jane@example.com")
                .hasSubject("Hi Jane")
                .hasText("Hello Jane")
                .hasTag("kind", "news");
        assertThat(ses).hasSuppressed("joe@example.com");
        assertThat(ses.sent()).extracting(SentMessage::attemptId).containsExactly("attempt-1_0", "attempt-1_1");
    }

    @Test
    void refusesTheEntryThatIsTooMany() {
        List<SendOutcome> outcomes = batch(
                mailing(),
                IntStream.range(0, 30)
                        .mapToObj(i -> entry("reader" + i + "@example.com", "R"))
                        .toArray(TemplateMailing.Entry[]::new));

        assertThat(outcomes).filteredOn(Sent.class::isInstance).hasSize(28);
        assertThat(outcomes.get(29))
                .isInstanceOfSatisfying(
                        NotSent.class, not -> assertThat(not.reason()).isEqualTo(Reason.THROTTLED));
    }

    @Test
    void failsAsAWholeIfAnAttachmentDoes() {
        TemplateMailing broken = TemplateMailing.from("hello@acme.example")
                .template("welcome")
                .attach(Attachment.of("gone.txt", () -> {
                    throw new IOException("gone");
                }))
                .entries(List.of());

        assertThat(batch(broken, entry("jane@example.com", "Jane"), entry("joe@example.com", "Joe")))
                .hasSize(2)
                .allSatisfy(outcome -> assertThat(((NotSent) outcome).reason()).isEqualTo(Reason.INVALID));
        assertThat(ses).hasSentNothing();
    }

    @Test
    void playsAScriptOnAllOfIt() {
        ses.enqueue(SesFault.unreachable());

        assertThat(batch(mailing(), entry("jane@example.com", "Jane"), entry("joe@example.com", "Joe")))
                .containsExactly(SesFault.unreachable(), SesFault.unreachable());
        assertThat(ses).hasRefused(2);
    }

    @Test
    void releasesNothingIfTheGateIsShut() {
        List<SendOutcome> outcomes = ses.transport()
                .sendBatch(
                        mailing(), List.of(entry("jane@example.com", "Jane")), new Messages.Open("attempt-1", false));

        assertThat(outcomes).singleElement().isInstanceOf(NotSent.class);
        assertThat(ses).hasSentNothing();
    }
}
