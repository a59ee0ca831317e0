package io.github.sesquill.local;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;

/** Bounds what all messages together take: beyond it, the oldest keep their headers only. Thread-safe. */
final class Cellar {

    private final long room;
    private final Queue<Incoming> kept = new ArrayDeque<>();
    private final ReentrantLock lock = new ReentrantLock();
    private long taken;

    /** Has so many bytes of room. */
    Cellar(long room) {
        this.room = room;
    }

    /** Has a quarter of the heap, but not more than 256 MB. */
    static Cellar ofHeap() {
        return new Cellar(Math.min(256L * 1024 * 1024, Runtime.getRuntime().maxMemory() / 4));
    }

    /** Takes one in, and returns it. */
    Incoming keep(Incoming incoming) {
        lock.lock();
        try {
            kept.add(incoming);
            taken += incoming.size();
            while (taken > room && kept.size() > 1) {
                Incoming oldest = kept.remove();
                taken -= oldest.size();
                oldest.forget();
            }
            return incoming;
        } finally {
            lock.unlock();
        }
    }

    /** Keeps nothing any more. */
    void clear() {
        lock.lock();
        try {
            kept.clear();
            taken = 0;
        } finally {
            lock.unlock();
        }
    }
}
