package io.github.sesquill.test.engine;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * The notifications: those to be published at their time, and the last so many of those that were.
 *
 * <p>Not thread-safe; the engine holds a lock.
 */
final class Outbox {

    private final int keep;
    private final PriorityQueue<Pending> pending =
            new PriorityQueue<>(Comparator.comparing(Pending::due).thenComparing(Pending::number));
    private final Deque<Notice> published = new ArrayDeque<>();
    private long scheduled;
    private int forgotten;

    private record Pending(Instant due, long number, Notice notice) {}

    Outbox(int keep) {
        this.keep = keep;
    }

    void schedule(Notice notice) {
        pending.add(new Pending(notice.due(), scheduled++, notice));
    }

    Optional<Instant> nextDue() {
        return Optional.ofNullable(pending.peek()).map(Pending::due);
    }

    /** Publishes what is due, and returns it in order. */
    List<Notice> publish(Instant now) {
        List<Notice> due = new ArrayList<>();
        for (Pending next = pending.peek(); next != null && !next.due.isAfter(now); next = pending.peek()) {
            due.add(next.notice);
            pending.remove();
            if (next.notice.isTold()) {
                add(next.notice);
            }
        }
        return due;
    }

    void add(Notice notice) {
        published.add(notice);
        if (published.size() > keep) {
            published.remove();
            forgotten++;
        }
    }

    /** Returns what was published until now, in order, but for the first so many of all time. */
    List<Notice> published(int skipped) {
        return published.stream().skip(Math.max(0, skipped - forgotten)).toList();
    }

    void clear() {
        forgotten += published.size();
        published.clear();
        pending.clear();
    }
}
