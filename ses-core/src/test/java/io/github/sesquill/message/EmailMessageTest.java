package io.github.sesquill.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmailMessageTest {

    private static EmailMessage.Builder message() {
        return EmailMessage.from("Acme <receipts@acme.example>")
                .to("jane@example.com")
                .subject("Receipt")
                .text("Thanks.");
    }

    @Nested
    class Envelope {

        @Test
        void listsEverybodyWhoGetsIt() {
            EmailMessage message = message()
                    .cc("a@example.com")
                    .bcc("b@example.com", "c@example.com")
                    .build();
            assertThat(message.recipients())
                    .extracting(EmailAddress::address)
                    .containsExactly("jane@example.com", "a@example.com", "b@example.com", "c@example.com");
        }

        @Test
        void mayHaveBccRecipientsOnly() {
            EmailMessage message = EmailMessage.from("a@acme.example")
                    .bcc("b@example.com")
                    .subject("")
                    .text("")
                    .build();
            assertThat(message.to()).isEmpty();
            assertThat(message.recipients()).hasSize(1);
        }

        @Test
        void needsARecipient() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> EmailMessage.from("a@acme.example")
                            .subject("s")
                            .text("t")
                            .build())
                    .withMessageContaining("no recipient");
        }

        @Test
        void takesFiftyRecipientsAndNoMore() {
            EmailMessage.Builder builder =
                    EmailMessage.from("a@acme.example").subject("s").text("t");
            IntStream.range(0, 50).forEach(i -> builder.to("r" + i + "@example.com"));
            assertThat(builder.build().recipients()).hasSize(50);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> builder.bcc("one.more@example.com").build())
                    .withMessageContaining("51 recipients")
                    .withMessageContaining("at most 50");
        }

        @Test
        void refusesTheSameMailboxTwice() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> message().bcc("Jane <jane@EXAMPLE.com>").build())
                    .withMessageContaining("'jane@EXAMPLE.com' is a recipient twice");
        }

        @Test
        void losesRecipientsAndKeepsTheRest() {
            EmailMessage message =
                    message().cc("a@example.com").bcc("b@example.com").build();
            EmailMessage rest =
                    message.withoutRecipients(r -> r.localPart().equals("jane")).orElseThrow();
            assertThat(rest.recipients()).extracting(EmailAddress::localPart).containsExactly("a", "b");
            assertThat(message.withoutRecipients(r -> true)).isEmpty();
        }
    }

    @Nested
    class Content {

        @Test
        void isSimple() {
            EmailMessage message = message().html("<p>Thanks.</p>").build();
            MessageContent.Simple content = (MessageContent.Simple) message.content();
            assertThat(content.subject()).isEqualTo("Receipt");
            assertThat(content.text()).contains("Thanks.");
            assertThat(content.html()).contains("<p>Thanks.</p>");
        }

        @Test
        void isAStoredTemplate() {
            EmailMessage message = EmailMessage.from("a@acme.example")
                    .to("jane@example.com")
                    .template("welcome", TemplateData.of(Map.of("name", "Jane")))
                    .build();
            MessageContent.Template content = (MessageContent.Template) message.content();
            assertThat(content.name()).contains("welcome");
            assertThat(content.data().json()).isEqualTo("{\"name\":\"Jane\"}");
            assertThat(content.inline()).isEmpty();
        }

        @Test
        void isATemplateThatComesWithTheMessage() {
            EmailMessage message = message()
                    .text("Hi {{name}}")
                    .templateData(TemplateData.json("{\"name\":1.10}"))
                    .build();
            MessageContent.Template content = (MessageContent.Template) message.content();
            assertThat(content.name()).isEmpty();
            assertThat(content.inline())
                    .get()
                    .extracting(MessageContent.Simple::text)
                    .hasToString("Optional[Hi {{name}}]");
            assertThat(content.data().json()).isEqualTo("{\"name\":1.10}");
        }

        @Test
        void isRaw() {
            byte[] mime = "From: a@acme.example\r\nSubject: s\r\n\r\nHi\r\n".getBytes(StandardCharsets.US_ASCII);
            EmailMessage message = EmailMessage.from("a@acme.example")
                    .to("jane@example.com")
                    .raw(mime)
                    .build();
            mime[0] = 'X';
            assertThat(((MessageContent.Raw) message.content()).bytes())
                    .startsWith("From".getBytes(StandardCharsets.US_ASCII));
            assertThat(message.encodedSize()).isEqualTo(mime.length);
        }

        @Test
        void isOfOneKindOnly() {
            byte[] mime = "Subject: s\n\nHi\n".getBytes(StandardCharsets.US_ASCII);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> message().raw(mime).build());
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> message()
                            .template("welcome", TemplateData.json("{}"))
                            .build());
            EmailMessage.Builder raw =
                    EmailMessage.from("a@acme.example").to("jane@example.com").raw(mime);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> raw.header("X-A", "b").build())
                    .withMessageContaining("raw");
        }

        @Test
        void needsASubjectAndABody() {
            EmailMessage.Builder empty = EmailMessage.from("a@acme.example").to("jane@example.com");
            assertThatIllegalArgumentException().isThrownBy(empty::build).withMessageContaining("no subject");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> empty.subject("s").build())
                    .withMessageContaining("no body");
        }

        @ParameterizedTest
        @ValueSource(strings = {"a\u0000b", "a\ud800b", "a\udc00", "\ud83d"})
        void refusesBodiesThatMailCannotCarry(String body) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> message().text(body).build());
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> message().html(body).build());
        }

        @Test
        void carriesAnyOtherText() {
            String body = "\u0085.\u0085\u2028.\u2028 😀\r\n.\r\n\n.\n\t" + "x".repeat(100_000);
            EmailMessage message = message().text(body).build();
            assertThat(((MessageContent.Simple) message.content()).text()).contains(body);
        }
    }

    @Nested
    class Templates {

        record Order(String id, int items) {}

        @Test
        void areFilledFromAnyObject() {
            assertThat(TemplateData.of(new Order("A-1", 3)).json()).isEqualTo("{\"id\":\"A-1\",\"items\":3}");
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "[]", "1", "null", "{", "{} {}", "{\"a\":1,\"a\":2}", "not json"})
        void areFilledFromExactlyOneJsonObject(String json) {
            assertThatIllegalArgumentException().isThrownBy(() -> TemplateData.json(json));
        }

        @Test
        void refuseTextThatMayBeJson() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> TemplateData.of("{}"))
                    .withMessageContaining("json(text)");
        }

        @Test
        void refuseWhatIsTooLongForSes() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> TemplateData.of(Map.of("a", "x".repeat(262_144))))
                    .withMessageContaining("262144");
        }
    }

    @Nested
    class Parts {

        @TempDir
        Path folder;

        @Test
        void guessTheirTypeAndShowInHtml() throws Exception {
            Path logo = Files.write(folder.resolve("logo.png"), new byte[] {1, 2, 3});
            EmailMessage message = message()
                    .html("<img src=\"cid:logo\">")
                    .inline("logo", logo)
                    .attach(logo)
                    .build();
            assertThat(message.attachments())
                    .extracting(Attachment::contentType)
                    .containsOnly("image/png");
            assertThat(message.attachments()).extracting(Attachment::isInline).containsExactly(true, false);
            assertThat(message.encodedSize()).isGreaterThanOrEqualTo(8);
        }

        @Test
        void areRefusedWhenTheFileIsMissing() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> message().attach(folder.resolve("missing.pdf")))
                    .withMessageContaining("missing.pdf");
        }

        @Test
        void areNotShownWithoutBeingThere() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> message()
                            .html("<img src='cid:lgo'>")
                            .attach(image("logo"))
                            .build())
                    .withMessageContaining("'cid:lgo'")
                    .withMessageContaining("logo");
        }

        @Test
        void areFoundByAPercentEncodedUrl() {
            message().html("<img src=\"cid:a%40b\">").attach(image("a@b")).build();
        }

        @Test
        void areNotMistakenForTextThatSpeaksOfCids() {
            message().html("<p>the EU cid: regulation and acid: rain</p>").build();
        }

        @Test
        void haveIdsOfTheirOwn() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> message()
                            .html("<img src='cid:a'>")
                            .attach(image("a"), image("a"))
                            .build())
                    .withMessageContaining("Content-ID 'a'");
        }

        @Test
        void needHtmlToShowThem() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> message().attach(image("a")).build());
        }

        private static Attachment image(String id) {
            return Attachment.of("x.png", new byte[] {1}).inline(id);
        }
    }

    @Nested
    class Headers {

        @Test
        void areWrittenInAscii() {
            EmailMessage message =
                    message().header("X-Name", "Zoë").header("X-Plain", "a b").build();
            assertThat(message.headerFields())
                    .containsExactly(
                            new MessageHeader("X-Name", "=?UTF-8?B?Wm/Dqw==?="), new MessageHeader("X-Plain", "a b"));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    ":",
                    "X A",
                    "X-A\r\nBcc",
                    "X-A\u0000",
                    "X-Ä",
                    "bCc",
                    "From",
                    "Content-Type",
                    "content-id",
                    "Return-Path",
                    "X-SES-Configuration-Set",
                    "Message-ID",
                    "Date",
                })
        void areRefusedUnderNamesThatAreMalformedOrTaken(String name) {
            assertThatIllegalArgumentException().isThrownBy(() -> message().header(name, "value"));
        }

        @Test
        void mayOftenStandTwiceButNotAlways() {
            message().header("X-A", "1").header("X-A", "2").build();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> message()
                            .header("References", "<a@b>")
                            .header("references", "<c@d>")
                            .build());
        }

        @Test
        void offerOneClickUnsubscription() {
            ListUnsubscribe ways = ListUnsubscribe.oneClick(URI.create("https://acme.example/u/8Zk1"))
                    .orMail(EmailAddress.of("leave+8Zk1@acme.example"));
            assertThat(message().listUnsubscribe(ways).build().headerFields())
                    .containsExactly(
                            new MessageHeader(
                                    "List-Unsubscribe",
                                    "<https://acme.example/u/8Zk1>, <mailto:leave+8Zk1@acme.example>"),
                            new MessageHeader("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> message()
                            .header("List-Unsubscribe", "<x>")
                            .listUnsubscribe(ways)
                            .build());
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "http://acme.example/u",
                    "mailto:a@acme.example",
                    "https:///u",
                    "/u",
                    "https://acme.example/ü",
                    "https://acme.example/\ud83d"
                })
        void offerOneClickOnlyOverHttps(String uri) {
            assertThatIllegalArgumentException().isThrownBy(() -> ListUnsubscribe.oneClick(URI.create(uri)));
        }
    }

    @Nested
    class SesParameters {

        @ParameterizedTest
        @ValueSource(strings = {"", "a b", "a;b=c", "ä", "a\r\nb", "a.b"})
        void areRefusedWhenMalformed(String name) {
            assertThatIllegalArgumentException().isThrownBy(() -> message().tag(name, "v"));
            assertThatIllegalArgumentException().isThrownBy(() -> message().tag("n", name));
            assertThatIllegalArgumentException().isThrownBy(() -> message().configurationSet(name));
            assertThatIllegalArgumentException().isThrownBy(() -> message().tenant(name));
            assertThatIllegalArgumentException().isThrownBy(() -> ListManagement.of(name));
            assertThatIllegalArgumentException().isThrownBy(() -> ListManagement.of("list", name));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"", "acme.example", "arn:aws:s3:::bucket", "arn:aws:ses:eu-west-1:1:identity/a\r\nX: y"})
        void takeOnlyArnsOfIdentities(String arn) {
            assertThatIllegalArgumentException().isThrownBy(() -> message().fromIdentityArn(arn));
            assertThatIllegalArgumentException().isThrownBy(() -> message().feedbackIdentityArn(arn));
        }

        @Test
        void leaveTheTagsOfSesToSesExceptTwo() {
            message()
                    .tag("ses:feedback-id-a", "x")
                    .tag("ses:feedback-id-b", "y")
                    .build();
            assertThatIllegalArgumentException().isThrownBy(() -> message().tag("ses:source-ip", "x"));
        }
    }

    @Test
    void isBuiltUponWithoutChange() {
        EmailMessage message = message()
                .cc("a@example.com")
                .bcc("b@example.com")
                .replyTo("c@example.com")
                .html("<p>x</p>")
                .attach(Attachment.of("a.txt", new byte[] {1}))
                .header("X-A", "ü")
                .listUnsubscribe(ListUnsubscribe.mail(EmailAddress.of("leave@acme.example")))
                .tag("kind", "receipt")
                .configurationSet("main")
                .feedbackTo("bounces@acme.example")
                .fromIdentityArn("arn:aws:ses:eu-west-1:111122223333:identity/acme.example")
                .feedbackIdentityArn("arn:aws:ses:eu-west-1:111122223333:identity/acme.example")
                .listManagement(ListManagement.of("customers", "offers"))
                .tenant("t1")
                .endpointId("abc.123")
                .build();
        EmailMessage same = message.toBuilder().build();
        assertThat(same).isEqualTo(message).hasSameHashCodeAs(message);
        assertThat(message.toBuilder().tag("kind", "other").build()).isNotEqualTo(message);
    }

    @Test
    void tellsNeitherAddressesNorTextInItsString() {
        assertThat(message().build().toString()).doesNotContain("jane", "acme", "Receipt", "Thanks");
    }
}
