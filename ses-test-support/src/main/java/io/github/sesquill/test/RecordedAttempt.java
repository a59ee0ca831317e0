package io.github.sesquill.test;

import io.github.sesquill.transport.EmailTransport.Attempt;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** An attempt that remembers what a transport asked of it. */
final class RecordedAttempt implements Attempt {

    private final String id;
    private final boolean open;
    private final AtomicInteger asked = new AtomicInteger();
    private final CountDownLatch handedOff = new CountDownLatch(1);
    private final List<Runnable> breakOffs = new CopyOnWriteArrayList<>();
    private volatile boolean broken;

    private RecordedAttempt(String id, boolean open) {
        this.id = id;
        this.open = open;
    }

    static RecordedAttempt open(String id) {
        return new RecordedAttempt(id, true);
    }

    static RecordedAttempt shut(String id) {
        return new RecordedAttempt(id, false);
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Duration remaining() {
        return Duration.ofSeconds(30);
    }

    @Override
    public boolean handOff() {
        asked.incrementAndGet();
        handedOff.countDown();
        return open;
    }

    @Override
    public void onAbort(Runnable breakOff) {
        breakOffs.add(breakOff);
        if (broken) {
            breakOff.run();
        }
    }

    int asked() {
        return asked.get();
    }

    void awaitHandOff(Duration atMost) {
        try {
            if (!handedOff.await(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("The gate was not asked within " + atMost + ".");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted while it waited for the gate.", e);
        }
    }

    void breakOff() {
        broken = true;
        breakOffs.forEach(Runnable::run);
    }
}
