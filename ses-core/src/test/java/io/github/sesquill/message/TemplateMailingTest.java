package io.github.sesquill.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sesquill.message.TemplateMailing.Entry;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the mails of a mailing share, what is each one's own, and what a bad entry spoils. */
class TemplateMailingTest {

    private record Customer(String email, String name) {}

    private static TemplateMailing.Builder mailing() {
        return TemplateMailing.from("Acme <news@acme.example>")
                .template("october")
                .defaults(TemplateData.json("{\"greeting\":\"Hello\",\"price\":1.10}"))
                .header("X-Campaign", "october")
                .tag("kind", "news")
                .tag("lang", "en")
                .configurationSet("news");
    }

    private static Entry jane() {
        return Entry.to("Jane <jane@example.com>")
                .data(Map.of("name", "Jane"))
                .tag("kind", "special")
                .header("x-campaign", "late")
                .build();
    }

    @Test
    void anEntryIsAMessageOfItsOwn() {
        assertThat(mailing().entries(List.of()).message(jane()))
                .isEqualTo(EmailMessage.from("Acme <news@acme.example>")
                        .to("Jane <jane@example.com>")
                        .template(
                                "october",
                                TemplateData.json("{\"greeting\":\"Hello\",\"price\":1.10,\"name\":\"Jane\"}"))
                        .tag("kind", "special")
                        .tag("lang", "en")
                        .header("x-campaign", "late")
                        .configurationSet("news")
                        .build());
    }

    @Test
    void withoutDataOfItsOwnTheSharedOnesHold() {
        EmailMessage message = mailing()
                .entries(List.of())
                .message(Entry.to("jane@example.com").build());
        assertThat(((MessageContent.Template) message.content()).data().json())
                .isEqualTo("{\"greeting\":\"Hello\",\"price\":1.10}");
    }

    @Test
    void aMessageIsReadBackAsTheEntryItWas() {
        TemplateMailing mailing = mailing().entries(List.of());
        EmailMessage message = mailing.message(jane());
        Entry again = mailing.entry(message).orElseThrow();
        assertThat(mailing.message(again)).isEqualTo(message);
        EmailMessage tagged = message.toBuilder().tag("more", "yes").build();
        assertThat(mailing.message(mailing.entry(tagged).orElseThrow())).isEqualTo(tagged);
    }

    @Test
    void aMessageThatDiffersInMoreIsNoEntry() {
        TemplateMailing mailing = mailing().entries(List.of());
        EmailMessage message = mailing.message(jane());
        assertThat(mailing.entry(message.toBuilder().configurationSet("other").build()))
                .isEmpty();
        assertThat(mailing.entry(message.toBuilder()
                        .template("november", TemplateData.of(Map.of()))
                        .build()))
                .isEmpty();
        assertThat(mailing.entry(EmailMessage.from("Acme <news@acme.example>")
                        .to("jane@example.com")
                        .subject("October")
                        .text("Hello")
                        .build()))
                .isEmpty();
    }

    @Test
    void inlineTemplatesGoTheSameWay() {
        TemplateMailing mailing = TemplateMailing.from("news@acme.example")
                .inlineTemplate("Hi {{name}}", "Hello {{name}}", null)
                .entries(List.of());
        EmailMessage message = mailing.message(jane());
        assertThat(((MessageContent.Template) message.content()).inline()).isPresent();
        assertThat(mailing.entry(message)).contains(jane());
    }

    @Test
    void aBadObjectSpoilsItsOwnEntryOnly() {
        List<Customer> customers = List.of(
                new Customer("jane@example.com", "Jane"),
                new Customer("no address", "John"),
                new Customer("jim@example.com", "Jim"));
        TemplateMailing mailing = mailing()
                .entries(
                        customers,
                        customer -> Entry.to(customer.email()).data(customer).build());
        assertThat(mailing.size()).hasValue(3);
        Iterator<Supplier<Entry>> entries = mailing.entries();
        assertThat(entries.next().get().recipients()).hasSize(1);
        Supplier<Entry> bad = entries.next();
        assertThatThrownBy(bad::get).isInstanceOf(IllegalArgumentException.class);
        assertThat(entries.next().get().data())
                .contains(TemplateData.json("{\"email\":\"jim@example.com\",\"name\":\"Jim\"}"));
        assertThat(entries.hasNext()).isFalse();
    }

    @Test
    void aStreamHasNoSizeAndIsReadOneByOne() {
        TemplateMailing mailing = mailing()
                .entries(
                        Stream.iterate(1, i -> i + 1),
                        i -> Entry.to("jane" + i + "@example.com").build());
        assertThat(mailing.size()).isEmpty();
        assertThat(mailing.entries().next().get().recipients().get(0).address()).isEqualTo("jane1@example.com");
    }

    @Test
    void aMailingNeedsATemplate() {
        assertThatThrownBy(() -> TemplateMailing.from("news@acme.example").entries(List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no template");
        assertThatThrownBy(() -> TemplateMailing.from("news@acme.example")
                        .template("october")
                        .inlineTemplate("Hi", "Hello", null)
                        .entries(List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("more than one kind");
    }

    @Test
    void numbersKeepTheirDigits() {
        TemplateMailing mailing = mailing().entries(List.of());
        Entry entry = Entry.to("jane@example.com")
                .data(TemplateData.json("{\"sum\":12345678901234567890.12345678901234567890}"))
                .build();
        assertThat(((MessageContent.Template) mailing.message(entry).content())
                        .data()
                        .json())
                .endsWith("\"sum\":12345678901234567890.12345678901234567890}");
    }

    @Test
    void neitherNamesAddresses() {
        assertThat(jane().toString()).isEqualTo("Entry[1 recipients]");
        assertThat(mailing().entries(List.of(jane()))).hasToString("TemplateMailing[october]");
    }
}
