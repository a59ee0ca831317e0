package io.github.sesquill.notifications;

import io.github.sesquill.notifications.NotificationParser.Item;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A file of so many lines as Firehose writes them, of all events by turns, made while it is read; some without an end of
 * line, some with a few, and one in a thousand cannot be read.
 */
final class FirehoseFile extends InputStream {

    private static final List<String> LINES = Fixture.PAYLOADS.stream()
            .filter(name -> name.startsWith("event-"))
            .map(name -> Fixture.text(name).strip())
            .toList();

    private static final List<String> BAD = List.of(
            "{\"eventType\":\"Bounce\",\"mail\":oops}",
            "no JSON at all",
            "{\"eventType\":\"Send\",\"mail\":{\"source\":\"cut o",
            "{}");

    private static final int SO_MANY_TO_ONE_BAD = 1000;

    private final long lines;
    private long line;
    private byte[] current;
    private int at;

    FirehoseFile(long lines) {
        this.lines = lines;
        this.current = text(0).getBytes(StandardCharsets.UTF_8);
    }

    private static boolean isBad(long line) {
        return line % SO_MANY_TO_ONE_BAD == SO_MANY_TO_ONE_BAD - 1;
    }

    /** Returns a line with what is behind it. */
    private static String text(long line) {
        if (isBad(line)) {
            return BAD.get((int) (line / SO_MANY_TO_ONE_BAD % BAD.size())) + '\n';
        }
        String end = line % 7 == 3 ? "" : line % 11 == 5 ? "\r\n \n\n" : "\n";
        return LINES.get((int) (line % LINES.size())) + end;
    }

    /** Reads as many lines as its argument says, and prints how many notifications of which type were in them. */
    public static void main(String[] args) {
        Map<String, Long> types = new TreeMap<>();
        long[] offset = new long[1];
        NotificationParser.create()
                .parseAll(new FirehoseFile(Long.parseLong(args[0])))
                .forEach(item -> {
                    if (item.offset() != offset[0] || item.error().isPresent() != isBad(item.index())) {
                        throw new IllegalStateException(item + " is not what is at character " + offset[0]);
                    }
                    types.merge(typeOf(item), 1L, Long::sum);
                    offset[0] += text(item.index()).length();
                });
        Long bad = types.remove("bad");
        System.out.println(types.values().stream().mapToLong(Long::longValue).sum() + " notifications of "
                + types.size() + " types, " + bad + " bad lines");
    }

    private static String typeOf(Item item) {
        if (item.notification().isPresent() && item.orThrow().mail().messageId().isEmpty()) {
            throw new IllegalStateException("a notification lost its message id");
        }
        return item.notification().map(SesNotification::type).orElse("bad");
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        if (line == lines) {
            return -1;
        }
        int count = Math.min(length, current.length - at);
        System.arraycopy(current, at, target, offset, count);
        at += count;
        if (at == current.length) {
            at = 0;
            line++;
            current = text(line).getBytes(StandardCharsets.UTF_8);
        }
        return count;
    }
}
