package io.github.sesquill.notifications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever comes, a notification or a {@link NotificationFormatException} goes. */
class HostileInputTest {

    private final NotificationParser parser = NotificationParser.create();

    static Stream<String> bodies() {
        String bounce = Fixture.text("event-bounce");
        return Stream.of(
                Fixture.text("sns-bounce"),
                Fixture.text("sns-subscription"),
                Fixture.text("identity-bounce-2016"),
                Fixture.eventBridge("Email Bounced", bounce),
                Fixture.lambda(Fixture.sqsRecord(Fixture.sns(Fixture.quote(bounce)))));
    }

    private ThrowableAssertAlternative<NotificationFormatException> assertRefused(String body) {
        return assertThatExceptionOfType(NotificationFormatException.class).isThrownBy(() -> parser.parse(body));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void thatEndsTooEarlyIsRefusedAtEveryByte(String body) {
        byte[] bytes = body.strip().getBytes(StandardCharsets.UTF_8);
        for (int length = 0; length < bytes.length; length++) {
            byte[] start = Arrays.copyOf(bytes, length);
            assertThat(catchThrowable(() -> parser.parse(start)))
                    .as("%d bytes of %d", length, bytes.length)
                    .isExactlyInstanceOf(NotificationFormatException.class);
        }
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void thatIsDamagedAnywhereIsReadOrRefused(String body) {
        long seed = body.hashCode();
        SplittableRandom random = new SplittableRandom(seed);
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        for (int round = 0; round < 5_000; round++) {
            byte[] damaged = bytes.clone();
            for (int i = 0; i <= random.nextInt(3); i++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            assertReadOrRefused(damaged, "seed " + seed + ", round " + round);
        }
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void thatIsCutAndSplicedIsReadOrRefused(String body) {
        long seed = 31L * body.hashCode();
        SplittableRandom random = new SplittableRandom(seed);
        String[] values = {"null", "[]", "{}", "1e999999999", "\"\\ud800\"", "{\"a\":{\"a\":{}}}", ",", "\"", "\\u0000"
        };
        for (int round = 0; round < 2_000; round++) {
            int from = random.nextInt(body.length());
            int to = random.nextInt(from, body.length());
            String spliced = body.substring(0, from) + values[random.nextInt(values.length)] + body.substring(to);
            assertReadOrRefused(spliced.getBytes(StandardCharsets.UTF_8), "seed " + seed + ", round " + round);
        }
    }

    /** Reads with every accessor that derives something, and allows for one exception only. */
    private void assertReadOrRefused(byte[] body, String description) {
        Throwable thrown = catchThrowable(() -> Derived.touch(parser.parse(body)));
        if (thrown != null) {
            assertThat(thrown).as(description).isExactlyInstanceOf(NotificationFormatException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " \n",
                "\uFEFF",
                "hello",
                "<html></html>",
                "null",
                "42",
                "\"{}\"",
                "[]",
                "[{\"eventType\":\"Send\"}]",
                "{}",
                "{\"a\":1}",
                "{\"Message\":\"Forbidden\"}",
                "{\"Type\":\"Sender\",\"Code\":\"InvalidClientTokenId\"}",
                "{\"Type\":\"Notification\",\"TopicArn\":\"t\",\"Message\":null}",
                "{\"Type\":\"Notification\",\"TopicArn\":\"t\",\"Message\":[1]}",
                "{\"eventType\":{}}",
                "{\"Records\":[1]}",
                "{\"Records\":\"none\"}",
                "{\"eventType\":\"Send\"}{\"eventType\":\"Send\"}",
                "{\"eventType\":\"Send\"}\n{\"eventType\":\"Send\"}",
                "{\"eventType\":\"Send\"} x",
                "{\"eventType\":\"Send\",}",
                "{'eventType':'Send'}",
                "{\"eventType\":\"Se\nnd\"}",
                "{\"eventType\":\"Se\u0000nd\"}",
                "{\"eventType\":\"Send\"}\u0000",
                "// comment\n{\"eventType\":\"Send\"}",
                "{\"eventType\":NaN}"
            })
    void thatIsNoNotificationIsRefused(String body) {
        assertRefused(body).withMessageStartingWith("Cannot read the body");
    }

    @Nested
    class RefusalsSay {

        @Test
        void thatABodyIsEmpty() {
            assertRefused("\n").withMessage("Cannot read the body: it is empty.");
        }

        @Test
        void whereTheJsonIsBroken() {
            assertRefused("{\"eventType\":\n\"Send\" oops}")
                    .withMessage("Cannot read the body at line 2, column 8: it is not well-formed JSON.");
        }

        @Test
        void inWhichLayerTheJsonIsBroken() {
            assertRefused(Fixture.sns("\"{\\\"eventType\\\":\\\"Send\\\"\""))
                    .withMessage(
                            "Cannot read the SNS message at line 1, column 20: it ends in the middle of the JSON.");
        }

        @Test
        void whereInCharactersALayerIsBrokenThatHasMoreBytes() {
            assertRefused(Fixture.sns(Fixture.quote("{\"a\":\"\u00fc\ud83d\ude00\",\n\"\u4e2d\":oops}")))
                    .withMessage("Cannot read the SNS message at line 2, column 5: it is not well-formed JSON.");
            assertRefused(Fixture.sns(Fixture.quote("{\"a\":\"\u00fc\"} {}")))
                    .withMessage("Cannot read the SNS message at line 1, column 11:"
                            + " one JSON object is expected and more follows its end.");
            assertRefused(Fixture.sns(Fixture.quote("{\u0000\"\u0000a\u0000\"")))
                    .withMessage("Cannot read the SNS message at line 1, column 2: it is not well-formed JSON.");
        }

        @Test
        void thatMoreFollows() {
            assertRefused("{\"eventType\":\"Send\"} {}")
                    .withMessage("Cannot read the body at line 1, column 22:"
                            + " one JSON object is expected and more follows its end.");
        }

        @Test
        void nothingOfTheTextItself() {
            for (String body : new String[] {
                "jane@example.com", "{\"eventType\":jane@example.com}", "{\"eventType\":\"Send\"} jane@example.com"
            }) {
                assertRefused(body).withMessageNotContaining("jane").withNoCause();
            }
        }
    }

    @Nested
    class MembersGivenTwice {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{\"eventType\":\"Send\",\"eventType\":\"Bounce\"}",
                    "{\"eventType\":\"Send\",\"mail\":{},\"mail\":{}}",
                    "{\"Type\":\"Notification\",\"TopicArn\":\"t\",\"Message\":\"a\",\"Message\":\"b\"}",
                    "{\"Type\":\"Notification\",\"TopicArn\":\"t\",\"TopicArn\":\"u\",\"Message\":\"a\"}"
                })
        void areRefusedWhereTheyDecide(String body) {
            assertRefused(body).withMessageContaining("is there twice");
        }

        @Test
        void countOnlyOnceIfOneIsNull() {
            assertThat(parser.parse("{\"eventType\":null,\"eventType\":\"Send\"}")
                            .type())
                    .isEqualTo("Send");
        }

        @Test
        void meanTheLastElsewhere() {
            assertThat(parser.parse("{\"eventType\":\"Send\",\"mail\":{\"messageId\":\"a\",\"messageId\":\"b\"}}")
                            .mail()
                            .messageId())
                    .contains("b");
        }
    }

    @Nested
    class Limits {

        private static final String PAYLOAD = "{\"eventType\":\"Send\",\"novelty\":%s}";

        private String nested(int depth) {
            return PAYLOAD.formatted("[".repeat(depth - 1) + "]".repeat(depth - 1));
        }

        @Test
        void onDepthAreTwenty() {
            assertThatCode(() -> parser.parse(nested(20))).doesNotThrowAnyException();
            assertRefused(nested(21)).withMessageContaining("limit").withMessageContaining("depth");
            assertRefused(nested(200_000)).withMessageContaining("depth");
        }

        @Test
        void onDepthHoldWithinAString() {
            assertThatCode(() -> parser.parse(Fixture.sns(Fixture.quote(nested(20)))))
                    .doesNotThrowAnyException();
            assertRefused(Fixture.sns(Fixture.quote(nested(21))))
                    .withMessageStartingWith("Cannot read the SNS message");
        }

        @Test
        void onDepthHoldForMessagesInMessages() {
            String body = Fixture.text("event-send");
            for (int i = 0; i < 30; i++) {
                body = "{\"Type\":\"Notification\",\"TopicArn\":\"t\",\"Message\":" + body + "}";
            }
            assertRefused(body).withMessageContaining("depth");
        }

        @Test
        void onStringsInStringsAreFour() {
            String body = "{\"eventType\":\"Send\"}";
            for (int i = 0; i < 4; i++) {
                body = "{\"TopicArn\":\"t\",\"Message\":" + Fixture.quote(body) + "}";
            }
            assertThat(parser.parse(body).raw()).isEqualTo("{\"eventType\":\"Send\"}");
            assertRefused("{\"TopicArn\":\"t\",\"Message\":" + Fixture.quote(body) + "}")
                    .withMessageContaining("JSON in a string");
        }

        @Test
        void onStringsAreThreeHundredThousandCharacters() {
            assertThatCode(() -> parser.parse(PAYLOAD.formatted("0").replace("Send", "x".repeat(300_000))))
                    .doesNotThrowAnyException();
            assertRefused(PAYLOAD.formatted("0").replace("Send", "x".repeat(300_001)))
                    .withMessageContaining("300001");
            assertRefused(Fixture.sns("\"" + "x".repeat(300_001) + "\"")).withMessageContaining("300001");
        }

        @Test
        void onDocumentsAreFiveHundredAndTwelveKibibytes() {
            int most = 512 * 1024;
            String body = "{\"eventType\":\"Send\"}";
            String longest = body + " ".repeat(most - body.length());

            assertThatCode(() -> parser.parse(longest)).doesNotThrowAnyException();
            assertThatCode(() -> parser.parse(longest.getBytes(StandardCharsets.UTF_8)))
                    .doesNotThrowAnyException();
            assertRefused(longest + " ")
                    .withMessage("Cannot read the body: it has 524289 characters, and this parser takes 524288;"
                            + " maxDocumentSize(...) makes one that takes more.");
            assertThatExceptionOfType(NotificationFormatException.class)
                    .isThrownBy(() -> parser.parse((longest + " ").getBytes(StandardCharsets.UTF_8)));
        }

        @Test
        void onDocumentsStopAnEndlessStream() {
            InputStream endless = new InputStream() {
                @Override
                public int read() {
                    return ' ';
                }

                @Override
                public int read(byte[] bytes, int offset, int length) {
                    Arrays.fill(bytes, offset, offset + length, (byte) ' ');
                    return length;
                }
            };

            assertThatExceptionOfType(NotificationFormatException.class).isThrownBy(() -> parser.parse(endless));
        }

        @Test
        void onNumbersAndNamesHoldToo() {
            assertRefused(PAYLOAD.formatted("9".repeat(101))).withMessageContaining("limit");
            assertRefused(PAYLOAD.formatted("{\"" + "n".repeat(513) + "\":0}")).withMessageContaining("limit");
            assertThatCode(() -> parser.parse(PAYLOAD.formatted("1e999999999"))).doesNotThrowAnyException();
        }

        @Test
        void canBeChanged() {
            NotificationParser wide =
                    parser.maxDepth(50).maxStringLength(400_000).maxDocumentSize(1 << 20);
            String longText = PAYLOAD.formatted("0").replace("Send", "x".repeat(400_000));

            assertThatCode(() -> wide.parse(nested(50))).doesNotThrowAnyException();
            assertThatCode(() -> wide.parse(longText)).doesNotThrowAnyException();
            assertThatCode(() -> wide.parse(" ".repeat(1 << 19) + nested(3))).doesNotThrowAnyException();
            assertThatExceptionOfType(NotificationFormatException.class)
                    .isThrownBy(() -> parser.maxDocumentSize(19).parse("{\"eventType\":\"Send\"}"));
            assertRefused(nested(50));
        }

        @ParameterizedTest
        @ValueSource(ints = {0, -1})
        void belowOneAreRefused(int limit) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> parser.maxDepth(limit))
                    .withMessage("The limit on depth is " + limit + "; it must be at least 1.");
            assertThatIllegalArgumentException().isThrownBy(() -> parser.maxDocumentSize(limit));
            assertThatIllegalArgumentException().isThrownBy(() -> parser.maxStringLength(limit));
        }
    }

    @Nested
    class Characters {

        @Test
        void thatAreHalfOfOneAreKept() {
            SesNotification n =
                    parser.parse("{\"eventType\":\"\\ud83d\",\"mail\":{\"source\":\"\\udc00 <a@example.com>\"}}");

            assertThat(n.type()).isEqualTo("\ud83d");
            assertThat(n.mail().sourceAddress()).contains("a@example.com");
            assertThat(n.toString()).isEqualTo("Unknown[type=?, messageId=none]");
        }

        @Test
        void ofControlInAWordDoNotReachALog() {
            SesNotification n = parser.parse(
                    "{\"eventType\":\"a\\r\\nb\\u0000\\u2028\\u202e\",\"mail\":{\"messageId\":\"\\u001b[1m\"}}");

            assertThat(n.toString()).isEqualTo("Unknown[type=a??b???, messageId=?[1m]");
        }

        @Test
        void thatAreNoUtf8AreRefusedWithTheirPlace() {
            byte[] latin1 = "{\"eventType\":\"Z\u00fcrich\"}".getBytes(StandardCharsets.ISO_8859_1);

            assertThatExceptionOfType(NotificationFormatException.class)
                    .isThrownBy(() -> parser.parse(latin1))
                    .withMessage("Cannot read the body: byte 15 (counted from 0) begins no character of UTF-8.");
        }

        @Test
        void thatAreCutInTheMiddleAreRefused() {
            byte[] bytes = "{\"eventType\":\"\u00fc".getBytes(StandardCharsets.UTF_8);

            assertThatExceptionOfType(NotificationFormatException.class)
                    .isThrownBy(() -> parser.parse(Arrays.copyOf(bytes, bytes.length - 1)));
        }

        @Test
        void thatMarkAReplacementAreText() {
            byte[] bytes = "{\"eventType\":\"\ufffd\"}".getBytes(StandardCharsets.UTF_8);

            assertThat(parser.parse(bytes).type()).isEqualTo("\ufffd");
        }
    }

    @Test
    void aStreamThatFailsIsNoFaultOfTheNotification() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("connection reset");
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                throw new IOException("connection reset");
            }
        };

        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> parser.parse(broken))
                .withRootCauseInstanceOf(IOException.class);
    }
}
