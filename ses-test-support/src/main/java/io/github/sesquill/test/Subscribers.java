package io.github.sesquill.test;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Those who listen for notifications: each gets every one that is published after it came, in order and one at a time.
 *
 * <p>Whoever finds another thread, or itself, telling them leaves the rest to it.
 */
final class Subscribers {

    private final SesEngine engine;
    private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();
    private final ReentrantLock telling = new ReentrantLock();
    private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
    private int told;

    Subscribers(SesEngine engine) {
        this.engine = engine;
    }

    void add(Consumer<String> listener) {
        tell();
        listeners.add(listener);
    }

    /** Tells what has been published and not told yet, and what is published while it tells; throws what they throw. */
    void tell() {
        RuntimeException earlier = failure.getAndSet(null);
        if (earlier != null) {
            throw earlier;
        }
        if (telling.isHeldByCurrentThread() || !telling.tryLock()) {
            return;
        }
        try {
            for (List<String> next = engine.published(told); !next.isEmpty(); next = engine.published(told)) {
                next.forEach(this::tell);
            }
        } finally {
            telling.unlock();
        }
    }

    /** Counts first: who throws is not told the same again. */
    private void tell(String notification) {
        told++;
        listeners.forEach(listener -> listener.accept(notification));
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
