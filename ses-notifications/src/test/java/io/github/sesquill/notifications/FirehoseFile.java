package io.github.sesquill.notifications;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A file of so many lines as Firehose writes them, of all events by turns, made while it is read. */
final class FirehoseFile extends InputStream {

    private static final List<byte[]> LINES = Fixture.PAYLOADS.stream()
            .filter(name -> name.startsWith("event-"))
            .map(name -> (Fixture.text(name).strip() + "\n").getBytes(StandardCharsets.UTF_8))
            .toList();

    private final long lines;
    private long line;
    private int at;

    FirehoseFile(long lines) {
        this.lines = lines;
    }

    /** Reads as many lines as its argument says, and prints how many notifications of which type were in them. */
    public static void main(String[] args) {
        Map<String, Long> types = NotificationParser.create()
                .parseAll(new FirehoseFile(Long.parseLong(args[0])))
                .map(NotificationParser.Item::orThrow)
                .peek(n -> {
                    if (n.mail().messageId().isEmpty()) {
                        throw new IllegalStateException("a notification lost its message id");
                    }
                })
                .collect(Collectors.groupingBy(SesNotification::type, Collectors.counting()));
        System.out.println(types.values().stream().mapToLong(Long::longValue).sum() + " notifications of "
                + types.size() + " types");
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
        byte[] current = LINES.get((int) (line % LINES.size()));
        int count = Math.min(length, current.length - at);
        System.arraycopy(current, at, target, offset, count);
        at += count;
        if (at == current.length) {
            at = 0;
            line++;
        }
        return count;
    }
}
