package io.github.sesquill.test.engine;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Those who listen: each gets every change that is made after it came, in order and one at a time.
 *
 * <p>Whoever finds another thread, or itself, telling them leaves the rest to it.
 */
final class Subscribers {

    private final List<Consumer<Change>> listeners = new CopyOnWriteArrayList<>();
    private final Queue<Change> untold = new ConcurrentLinkedQueue<>();
    private final ReentrantLock telling = new ReentrantLock();
    private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();

    /** Notes a change; the engine holds its lock, so that changes are noted in the order they are made. */
    void note(Change change) {
        if (!listeners.isEmpty()) {
            untold.add(change);
        }
    }

    AutoCloseable add(Consumer<Change> listener) {
        tell();
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** Tells what has happened and was not told yet, and what happens while it tells; throws what they throw. */
    void tell() {
        RuntimeException earlier = failure.getAndSet(null);
        if (earlier != null) {
            throw earlier;
        }
        while (!untold.isEmpty() && !telling.isHeldByCurrentThread() && telling.tryLock()) {
            try {
                for (Change next = untold.poll(); next != null; next = untold.poll()) {
                    tell(next);
                }
            } finally {
                telling.unlock();
            }
        }
    }

    private void tell(Change change) {
        listeners.forEach(listener -> listener.accept(change));
    }

    /** Does the same in the middle of a send, whose outcome a listener must not change: what it throws is kept. */
    void tellAside() {
        try {
            tell();
        } catch (RuntimeException e) {
            failure.compareAndSet(null, e);
        }
    }
}
