package io.github.sesquill.api;

import io.github.sesquill.transport.EmailTransport.Attempt;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

/** An attempt that a test decides about. */
final class TestAttempt implements Attempt {

    static final String ID = "attempt-1";

    final AtomicInteger handOffs = new AtomicInteger();
    final AtomicReference<Runnable> breakOff = new AtomicReference<>();
    final CountDownLatch passed = new CountDownLatch(1);
    volatile Duration remaining = Duration.ofSeconds(30);
    private final BooleanSupplier gate;

    TestAttempt() {
        this(() -> true);
    }

    TestAttempt(BooleanSupplier gate) {
        this.gate = gate;
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Duration remaining() {
        return remaining;
    }

    @Override
    public boolean handOff() {
        handOffs.incrementAndGet();
        boolean answer = gate.getAsBoolean();
        passed.countDown();
        return answer;
    }

    @Override
    public void onAbort(Runnable how) {
        breakOff.set(how);
    }
}
