package io.github.sesquill.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressTest {

    @Nested
    class Reading {

        @Test
        void readsABareAddress() {
            EmailAddress address = EmailAddress.of("jane.doe+shop@example.com");
            assertThat(address.address()).isEqualTo("jane.doe+shop@example.com");
            assertThat(address.localPart()).isEqualTo("jane.doe+shop");
            assertThat(address.domain()).isEqualTo("example.com");
            assertThat(address.displayName()).isEmpty();
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "Jane Doe <jane@example.com> | Jane Doe",
                    "Doe, Jane <jane@example.com> | Doe, Jane",
                    "\"Doe, Jane\" <jane@example.com> | Doe, Jane",
                    "\"a \\\"b\\\" \\\\ c\" <jane@example.com> | a \"b\" \\ c",
                    "Zoë Ünal <jane@example.com> | Zoë Ünal",
                    "\"a@b <c>\" <jane@example.com> | a@b <c>",
                    "山田 太郎 <jane@example.com> | 山田 太郎",
                })
        void readsADisplayName(String text, String name) {
            EmailAddress address = EmailAddress.of(text);
            assertThat(address.displayName()).contains(name);
            assertThat(address.address()).isEqualTo("jane@example.com");
        }

        @Test
        void acceptsAngleBracketsWithoutAName() {
            assertThat(EmailAddress.of("<jane@example.com>")).isEqualTo(EmailAddress.of("jane@example.com"));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    " ",
                    "jane",
                    "@",
                    "jane@",
                    "@example.com",
                    "jane@@example.com",
                    " jane@example.com",
                    "jane@example.com ",
                    "jane doe@example.com",
                    "jane@example",
                    "jane@example.",
                    "jane@.example.com",
                    "jane@exa_mple.com",
                    "jane@-example.com",
                    "jane@example-.com",
                    "jane@10.0.0.1",
                    "jane@[10.0.0.1]",
                    "jane@example.com,joe@example.com",
                    "jane@example.com;joe@example.com",
                    "\"jane\"@example.com",
                    "jane@example.com (Jane)",
                    "(Jane) jane@example.com",
                    "group: jane@example.com;",
                    "@a,@b:c@d.example",
                    ".jane@example.com",
                    "jane.@example.com",
                    "ja..ne@example.com",
                    "Jane <jane@example.com",
                    "Jane jane@example.com>",
                    "Jane <jane@example.com> x",
                    "a@b.com, Jane <jane@example.com>",
                    "Jane \"the\" Doe <jane@example.com>",
                    "\"Jane <jane@example.com>",
                    "\"Jane\" Doe <jane@example.com>",
                    "Jane (HR) <jane@example.com>",
                    "<<jane@example.com>>",
                    "jane@example.com\n",
                    "ja\u0000ne@example.com",
                    "Jane\r\nBcc: x <jane@example.com>",
                })
        void refusesWhatIsNotOneAddress(String text) {
            assertThatIllegalArgumentException().isThrownBy(() -> EmailAddress.of(text));
        }

        @Test
        void saysWhatIsWrongWithWhichValueAndWhatToDo() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> EmailAddress.of("Jane (HR) <jane@example.com>"))
                    .withMessage(
                            "'Jane (HR) <jane@example.com>' is not an address that SES can deliver to: a name with '('"
                                    + " must be in double quotes, or given apart with EmailAddress.of(name, address).");
        }

        @Test
        void takesTheLongestThatSmtpAllowsAndNoLonger() {
            String local = "a".repeat(64);
            String domain = "b".repeat(63) + "." + "c".repeat(63) + "." + "d".repeat(57) + ".com";
            assertThat(EmailAddress.of(local + "@" + domain).address()).hasSize(254);
            assertThatIllegalArgumentException().isThrownBy(() -> EmailAddress.of(local + "@x" + domain));
            assertThatIllegalArgumentException().isThrownBy(() -> EmailAddress.of("a" + local + "@example.com"));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "=?utf-8?q?victim=40evil.example=3e?=@example.com",
                    "=?utf-7?q?a+AEA-evil.example?=@example.com",
                    "a=?x?=b@example.com"
                })
        void refusesAnEncodedWordThatSomeReadersWouldDecodeIntoAnotherAddress(String text) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> EmailAddress.of(text))
                    .withMessageContaining("encoded word");
        }

        @Test
        void carriesEveryCharacterThatAnAtomMayHold() {
            String address = "u.s-e+r!#$%&'*=?^_`{|}~@example.com";
            assertThat(EmailAddress.of(address).address()).isEqualTo(address);
        }

        @Test
        void saysThatALocalPartMustBeAscii() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> EmailAddress.of("zoë@example.com"))
                    .withMessageContaining("SMTPUTF8");
        }
    }

    @Nested
    class InternationalDomains {

        @Test
        void becomeALabels() {
            assertThat(EmailAddress.of("info@bücher.example").domain()).isEqualTo("xn--bcher-kva.example");
            assertThat(EmailAddress.of("info@例え.テスト").domain()).isEqualTo("xn--r8jz45g.xn--zckzah");
        }

        @Test
        void areTheSameInEitherForm() {
            assertThat(EmailAddress.of("info@bücher.example")).isEqualTo(EmailAddress.of("info@xn--bcher-kva.example"));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "a@faß.example", "a@\uff45xample.com", "a@ex\u200dample.com", "a@\u212aelvin.com",
                            "a@example\u3002com",
                    "a@BÜCHER.example", "a@ex\u00adample.com", "a@①.example", "a@\u0378.example", "a@-ü.example",
                })
        void areRefusedWhenTheConversionWouldChangeThem(String text) {
            assertThatIllegalArgumentException().isThrownBy(() -> EmailAddress.of(text));
        }
    }

    @Nested
    class InHeaders {

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "Jane Doe | Jane Doe <jane@example.com>",
                    "Doe, Jane | \"Doe, Jane\" <jane@example.com>",
                    "J. Doe | \"J. Doe\" <jane@example.com>",
                    "a \"b\" \\ c | \"a \\\"b\\\" \\\\ c\" <jane@example.com>",
                    "Zoë | =?UTF-8?B?Wm/Dqw==?= <jane@example.com>",
                    "=?utf-8?q?x?= | =?UTF-8?B?PT91dGYtOD9xP3g/PQ==?= <jane@example.com>",
                })
        void areQuotedOrEncodedWhereTheyMustBe(String name, String header) {
            assertThat(EmailAddress.of(name, "jane@example.com").headerValue()).isEqualTo(header);
        }

        @Test
        void neverCutACharacterBetweenTwoEncodedWords() {
            String name = "日本語の長い名前".repeat(8) + "😀".repeat(10);
            StringBuilder decoded = new StringBuilder();
            for (String word :
                    EmailAddress.of(name, "j@example.com").headerValue().split(" ", -1)) {
                assertThat(word.length()).isLessThanOrEqualTo(75);
                if (word.startsWith("=?")) {
                    byte[] bytes = Base64.getDecoder().decode(word.substring(10, word.length() - 2));
                    decoded.append(new String(bytes, StandardCharsets.UTF_8));
                }
            }
            assertThat(decoded).hasToString(name);
        }

        @Test
        void areReadBackAsTheSameAddressWhateverAsciiTheNameIsMadeOf() {
            long seed = new SplittableRandom().nextLong();
            SplittableRandom random = new SplittableRandom(seed);
            for (int i = 0; i < 5_000; i++) {
                String name = asciiName(random);
                EmailAddress address = EmailAddress.of(name, "jane@example.com");
                if (!address.headerValue().contains("=?")) {
                    assertThat(EmailAddress.of(address.headerValue()))
                            .as("seed %d, name %s", seed, name)
                            .isEqualTo(address);
                }
            }
        }

        private static String asciiName(SplittableRandom random) {
            StringBuilder name = new StringBuilder();
            int length = 1 + random.nextInt(20);
            for (int i = 0; i < length; i++) {
                name.append((char) (' ' + random.nextInt(95)));
            }
            return name.toString();
        }
    }

    @Nested
    class Names {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "a\r\nb",
                    "a\nb",
                    "a\rb",
                    "a\tb",
                    "a\u0000b",
                    "a\u007fb",
                    "a\u0085b",
                    "a\ud800b",
                    "a\udc00b",
                    "a\ufffeb",
                    "a\ufdd0b"
                })
        void areRefusedWithWhatAHeaderCannotCarry(String name) {
            assertThatIllegalArgumentException().isThrownBy(() -> EmailAddress.of(name, "jane@example.com"));
        }

        @Test
        void areRefusedWhenEmptyRatherThanDropped() {
            assertThatIllegalArgumentException().isThrownBy(() -> EmailAddress.of("", "jane@example.com"));
        }

        @Test
        void areRefusedWithoutBreakingTheLineOfTheSentence() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> EmailAddress.of("Hi\r\nBcc: x", "jane@example.com"))
                    .withMessageContaining("U+000D at position 3")
                    .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\r", "\n"));
        }
    }

    @Test
    void comparesDomainsWithoutCaseAndLocalPartsWithIt() {
        assertThat(EmailAddress.of("jane@EXAMPLE.com"))
                .isEqualTo(EmailAddress.of("jane@example.com"))
                .hasSameHashCodeAs(EmailAddress.of("jane@example.com"));
        assertThat(EmailAddress.of("Jane@example.com")).isNotEqualTo(EmailAddress.of("jane@example.com"));
        assertThat(EmailAddress.of("J", "jane@example.com")).isNotEqualTo(EmailAddress.of("jane@example.com"));
    }

    @Test
    void knowsTheMailboxSimulator() {
        assertThat(EmailAddress.of("bounce+7@simulator.amazonses.com").isSimulator())
                .isTrue();
        assertThat(EmailAddress.of("bounce@simulator.amazonses.com.example").isSimulator())
                .isFalse();
    }
}
