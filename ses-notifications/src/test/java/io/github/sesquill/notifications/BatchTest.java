package io.github.sesquill.notifications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.sesquill.notifications.NotificationParser.Item;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many notifications one behind the other: all that can be read are, and what cannot is told with its place. */
class BatchTest {

    private static final String BOUNCE = Fixture.text("event-bounce").strip();
    private static final String SEND = Fixture.text("event-send").strip();

    private final NotificationParser parser = NotificationParser.create();

    private List<Item> all(String batch) {
        List<Item> fromText = parser.parseAll(batch).toList();
        List<Item> fromBytes = parser.parseAll(new ByteArrayInputStream(batch.getBytes(StandardCharsets.UTF_8)))
                .toList();
        assertThat(fromBytes).hasToString(fromText.toString());
        return fromText;
    }

    private static List<String> types(List<Item> items) {
        return items.stream()
                .map(item -> item.notification().map(SesNotification::type).orElse("error"))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "", " ", "\n\n", "\uFEFF"})
    void mayHaveAnythingOrNothingBetween(String separator) {
        List<Item> items = all(BOUNCE + separator + SEND + separator + BOUNCE + separator);

        assertThat(types(items)).containsExactly("Bounce", "Send", "Bounce");
        assertThat(items).extracting(Item::index).containsExactly(0L, 1L, 2L);
        assertThat(items.get(1).offset()).isEqualTo(BOUNCE.length() + separator.length());
        assertThat(items.get(2).orThrow()).isEqualTo(items.get(0).orThrow());
        assertThat(items.get(0).orThrow().raw()).isEqualTo(BOUNCE);
    }

    @Test
    void mayBePrettyPrintedAndMixed() {
        String sns = Fixture.text("sns-bounce");

        List<Item> items = all(sns + SEND + "\n" + Fixture.eventBridge("Email Sent", SEND) + sns);

        assertThat(types(items)).containsExactly("Bounce", "Send", "Send", "Bounce");
        assertThat(items.get(0).envelope().flatMap(Envelope::messageId))
                .contains("3f0c6b1e-8d0a-5b7e-9a44-31f7c20e55aa");
    }

    @Test
    void mayBeEmpty() {
        assertThat(all("")).isEmpty();
        assertThat(all("\n \n")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "garbage",
                "{\"eventType\":oops}",
                "{\"eventType\":\"Send\",\"mail\":",
                "{\"eventType\":\"Send\",\"mail\":{\"source\":\"cut o",
                "{}",
                "{\"eventType\":\"Send\"",
                "{\"Records\":[1]}",
                "{\"TopicArn\":\"t\",\"Message\":\"{oops\"}",
                "[[[[[[[[[[[[[[[[[[[[[[[[[[",
                "tru"
            })
    void goesOnBehindALineThatCannotBeRead(String bad) {
        List<Item> items = all(SEND + "\n" + bad + "\n" + BOUNCE + "\n" + SEND);

        assertThat(types(items)).containsExactly("Send", "error", "Bounce", "Send");
        assertThat(items.get(1).offset()).isEqualTo(SEND.length() + 1);
        assertThat(items.get(1).error()).isPresent();
        assertThat(items.get(1).notification()).isEmpty();
        assertThatExceptionOfType(NotificationFormatException.class)
                .isThrownBy(() -> items.get(1).orThrow())
                .withMessageStartingWith("Cannot read ");
    }

    @Test
    void goesOnBehindABadObjectOnTheSameLine() {
        List<Item> items = all(SEND + "{\"eventType\":oops}" + BOUNCE + SEND);

        assertThat(types(items)).containsExactly("Send", "error", "Bounce", "Send");
        assertThat(items.get(1).error().orElseThrow())
                .hasMessage("Cannot read the object of the batch at character " + SEND.length()
                        + " at line 1, column 14: it is not well-formed JSON.");
    }

    @Test
    void losesNoRecordOfALambdaEventForABadOne() {
        String event = Fixture.lambda(
                Fixture.sqsRecord(SEND), Fixture.sqsRecord("{\"eventType\":"), "7", Fixture.sqsRecord(BOUNCE));

        List<Item> items = all(event);

        assertThat(types(items)).containsExactly("Send", "error", "error", "Bounce");
        assertThat(items.get(1).envelope().orElseThrow().layers().get(0).member("messageId"))
                .contains("33333333-2222-4333-8444-555555555555");
        assertThatExceptionOfType(NotificationFormatException.class).isThrownBy(() -> parser.open(event));
    }

    @Test
    void refusesAnObjectBeyondTheLimitAndGoesOn() {
        NotificationParser narrow = parser.maxDocumentSize(5_000);
        for (String filler : List.of("x".repeat(6_000), "y".repeat(900_000))) {
            String big = "{\"eventType\":\"Send\",\"novelty\":\"" + filler + "\"}";

            List<Item> items =
                    narrow.parseAll(SEND + "\n" + big + "\n" + BOUNCE).toList();

            assertThat(types(items)).containsExactly("Send", "error", "Bounce");
            assertThat(items.get(1).error().orElseThrow()).hasMessageMatching(".*(limit|5000).*");
        }
    }

    @Test
    void refusesBytesThatAreNoUtf8WhereTheyAre() {
        byte[] latin1 = (SEND + "\n{\"eventType\":\"Z\u00fcrich\"}\n" + SEND).getBytes(StandardCharsets.ISO_8859_1);

        List<Item> items = parser.parseAll(new ByteArrayInputStream(latin1)).toList();

        assertThat(types(items)).containsExactly("Send", "error", "Send");
        assertThat(items.get(1).error().orElseThrow())
                .hasMessageContaining("column 16: there are bytes that are no UTF-8");
    }

    /** Whose values are found by counting bytes, and told by counting characters. */
    @Test
    void countsCharactersAndNotBytes() {
        String line =
                "{\"eventType\":\"Send\",\"mail\":{\"source\":\"\u00fc\u4e2d\ud83d\ude00\",\"messageId\":\"\\u00fc-1\"}}";

        List<Item> items = all(line + "\u00fc\n" + line + "{\"\u4e2d\":oops}" + line);

        assertThat(types(items)).containsExactly("Send", "error", "Send", "error", "Send");
        assertThat(items)
                .extracting(Item::offset)
                .containsExactly(
                        0L, (long) line.length(), line.length() + 2L, line.length() * 2L + 2, line.length() * 2L + 12);
        assertThat(items.get(4).orThrow().mail().messageId()).contains("\u00fc-1");
        assertThat(items.get(4).orThrow().mail().source()).contains("\u00fc\u4e2d\ud83d\ude00");
        assertThat(items.get(3).error().orElseThrow()).hasMessageContaining("at line 1, column 6:");
    }

    @Test
    void isNoUtf16() {
        assertThat(types(all("{\u0000\"\u0000a\u0000\"\u0000\n" + SEND))).containsExactly("error", "Send");
    }

    @Test
    void keepsCharactersBeyondTheFirstPlane() {
        String smile = "{\"eventType\":\"\ud83d\ude00\ud801\udc00\"}";

        assertThat(types(all(smile + smile))).containsOnly("\ud83d\ude00\ud801\udc00");
    }

    @Test
    void hasAQuestionMarkForHalfASurrogatePairWhichOneTextKeeps() {
        String half = "{\"eventType\":\"Send\",\"mail\":{\"messageId\":\"a\ud83d\"}}";
        List<Item> items = all(half + "\n" + SEND);

        assertThat(items.get(0).orThrow().mail().messageId()).contains("a?");
        assertThat(items.get(1).offset()).isEqualTo(half.length() + 1);
        assertThat(parser.parse(half).mail().messageId()).contains("a\ud83d");
    }

    @Test
    void mayBeALambdaEventAsLargeAsLambdaMakesOne() {
        String[] records = new String[1_000];
        Arrays.fill(records, Fixture.sqsRecord(BOUNCE));
        String event = Fixture.lambda(records);

        assertThat(types(all(event))).containsExactly("error");
        assertThat(parser.maxDocumentSize(6 * 1024 * 1024).parseAll(event).map(Item::orThrow))
                .hasSize(1_000);
    }

    /** However the bytes come, and wherever the window of the reader ends. */
    @Test
    void doesNotDependOnHowTheStreamIsCut() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        String line = "{\"eventType\":\"Send\",\"a\":[true,false,null,12345.678,\"\\u00fc\\n\u00e4\"],\"b\":%d}";
        String batch = IntStream.range(0, 3_000)
                .mapToObj(line::formatted)
                .collect(Collectors.joining(random.nextBoolean() ? "\n" : ""));
        byte[] bytes = batch.getBytes(StandardCharsets.UTF_8);

        List<Item> items = parser.parseAll(dripping(bytes, random)).toList();

        assertThat(items).as("seed " + seed).hasSize(3_000).allSatisfy(item -> {
            assertThat(item.error()).isEmpty();
            assertThat(item.orThrow().raw()).isEqualTo(line.formatted(item.index()));
        });
    }

    private static InputStream dripping(byte[] bytes, SplittableRandom random) {
        return new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] target, int offset, int length) {
                return super.read(target, offset, Math.min(length, 1 + random.nextInt(700)));
            }
        };
    }

    @Test
    void isReadNoFurtherThanAskedFor() {
        InputStream endless = new InputStream() {
            private final byte[] line = (SEND + "\n").getBytes(StandardCharsets.UTF_8);
            private long at;

            @Override
            public int read() {
                return line[(int) (at++ % line.length)];
            }

            @Override
            public int read(byte[] target, int offset, int length) {
                for (int i = 0; i < length; i++) {
                    target[offset + i] = (byte) read();
                }
                return length;
            }
        };

        assertThat(parser.parseAll(endless).limit(100).map(Item::orThrow).distinct())
                .hasSize(1);
    }

    @Test
    void whoseStreamFailsThrowsThat() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("connection reset");
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                throw new IOException("connection reset");
            }
        };
        Iterator<Item> items = parser.parseAll(broken).iterator();

        assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(items::hasNext);
    }
}
