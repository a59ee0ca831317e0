package io.github.sesquill.local;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * Tells open inboxes what has changed, as server-sent events. One that does not keep up is told to look at everything again
 * instead of each change; at most 32 are open at a time. Thread-safe.
 */
final class LiveEvents implements AutoCloseable {

    private static final int MOST = 32;
    private static final int WAITING = 256;
    /** Often enough that one who has gone is noticed. */
    private static final long BEAT_SECONDS = 15;

    private static final String BEAT = ": still here\n\n";
    private static final String OVERFLOW = "data: {\"type\":\"all\"}\n\n";
    private static final String END = "";

    private final List<BlockingQueue<String>> open = new CopyOnWriteArrayList<>();

    void tell(JsonNode change) {
        String event = "data: " + change + "\n\n";
        for (BlockingQueue<String> queue : open) {
            if (!queue.offer(event)) {
                queue.clear();
                queue.offer(OVERFLOW);
            }
        }
    }

    Reply stream() {
        if (open.size() >= MOST) {
            throw new ProblemException(503, "There are " + MOST + " inboxes open already.");
        }
        return Reply.stream("text/event-stream", this::writeTo);
    }

    private void writeTo(OutputStream out) throws IOException {
        BlockingQueue<String> queue = new ArrayBlockingQueue<>(WAITING);
        open.add(queue);
        try {
            write(out, "retry: 1000\n\n");
            for (String event = next(queue); !event.equals(END); event = next(queue)) {
                write(out, event);
            }
        } finally {
            open.remove(queue);
        }
    }

    private static String next(BlockingQueue<String> queue) {
        try {
            String event = queue.poll(BEAT_SECONDS, TimeUnit.SECONDS);
            return event == null ? BEAT : event;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return END;
        }
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    /** Ends all streams. */
    @Override
    public void close() {
        for (BlockingQueue<String> queue : open) {
            queue.clear();
            queue.offer(END);
        }
    }
}
