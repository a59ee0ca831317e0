package io.github.sesquill.test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * The notifications: those to be published at their time, and those that were.
 *
 * <p>Not thread-safe; the engine holds a lock.
 */
final class Outbox {

    private final PriorityQueue<Pending> pending =
            new PriorityQueue<>(Comparator.comparing(Pending::due).thenComparing(Pending::number));
    private final List<String> published = new ArrayList<>();
    private long scheduled;

    private record Pending(Instant due, long number, String json) {}

    void schedule(Notice notice) {
        pending.add(new Pending(notice.due(), scheduled++, notice.json()));
    }

    Optional<Instant> nextDue() {
        return Optional.ofNullable(pending.peek()).map(Pending::due);
    }

    /** Returns what was published until now, in order, but for the first so many. */
    List<String> published(int skipped, Instant now) {
        for (Pending next = pending.peek(); next != null && !next.due.isAfter(now); next = pending.peek()) {
            published.add(next.json);
            pending.remove();
        }
        return List.copyOf(published.subList(skipped, published.size()));
    }
}
