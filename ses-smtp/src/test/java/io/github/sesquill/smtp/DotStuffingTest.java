package io.github.sesquill.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nothing in a message ends it, for a server of whatever strictness, wherever the message is cut into chunks. */
class DotStuffingTest {

    /** What some server has once taken for the end of data: a dot between line ends of any kind. */
    private static final Pattern SOME_END = Pattern.compile("(\\r\\n|\\r|\\n)\\.(\\r\\n|\\r|\\n)");

    static List<String> bodies() {
        return List.of(
                "",
                ".",
                ".\r\n",
                ".\r",
                "\n.\n",
                "\r\n.\r",
                "\n.\r\n",
                "\r\n..\r\n",
                "\r.\r",
                "\r\r\n.\n\r",
                "a\r\n.\r\nMAIL FROM:<evil@example.net>\r\nRCPT TO:<x@example.net>\r\nDATA\r\n",
                "a\n.\r\nMAIL FROM:<evil@example.net>\r\n",
                "a\r.\r\nMAIL",
                "a\r\n.\rMAIL",
                "no newline",
                "\u0085.\u0085",
                "\u2028.\u2028",
                "....\r\n....");
    }

    private static byte[] stuffed(byte[] body, int... cuts) throws IOException {
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        wire.writeBytes("DATA\r\n".getBytes(StandardCharsets.US_ASCII));
        DotStuffing stuffing = new DotStuffing(wire, Long.MAX_VALUE);
        int from = 0;
        for (int cut : cuts) {
            stuffing.write(body, from, cut - from);
            from = cut;
        }
        stuffing.write(body, from, body.length - from);
        stuffing.endLine();
        wire.writeBytes(".\r\n".getBytes(StandardCharsets.US_ASCII));
        return wire.toByteArray();
    }

    private static void check(byte[] body, int... cuts) throws IOException {
        String wire = new String(stuffed(body, cuts), StandardCharsets.ISO_8859_1);
        Matcher end = SOME_END.matcher(wire);
        assertThat(end.find()).isTrue();
        assertThat(end.end()).as("the end that the most lenient server sees").isEqualTo(wire.length());
        assertThat(wire.replace("\r\n", "")).doesNotContain("\r", "\n");
        String arrived = wire.substring("DATA".length(), wire.length() - ".\r\n".length())
                .replace("\r\n.", "\r\n");
        assertThat(arrived).isEqualTo("\r\n" + normal(new String(body, StandardCharsets.ISO_8859_1)));
    }

    /** What must arrive: every line with its end, exactly one more if the last had none. */
    private static String normal(String body) {
        String lines = body.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\r\n");
        return lines.isEmpty() || lines.endsWith("\r\n") ? lines : lines + "\r\n";
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void holdsAtEveryTwoCuts(String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        for (int first = 0; first <= body.length; first++) {
            for (int second = first; second <= body.length; second++) {
                check(body, first, second);
            }
        }
    }

    @Test
    void holdsForRandomTextInRandomChunks() throws IOException {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        String letters = "\r\n..a";
        for (int round = 0; round < 20_000; round++) {
            byte[] body = new byte[random.nextInt(12)];
            for (int i = 0; i < body.length; i++) {
                body[i] = (byte) letters.charAt(random.nextInt(letters.length()));
            }
            int[] cuts = random.ints(3, 0, body.length + 1).sorted().toArray();
            try {
                check(body, cuts);
            } catch (AssertionError e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
    }

    @Test
    void stopsWhereAMessageIsTooLarge() {
        DotStuffing stuffing = new DotStuffing(new ByteArrayOutputStream(), 10);
        assertThatExceptionOfType(DotStuffing.TooLargeException.class).isThrownBy(() -> stuffing.write(new byte[11]));
    }
}
