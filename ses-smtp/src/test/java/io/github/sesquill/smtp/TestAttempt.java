package io.github.sesquill.smtp;

import io.github.sesquill.transport.EmailTransport.Attempt;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** An attempt that a test decides about. */
class TestAttempt implements Attempt {

    static final String ID = "attempt-1";

    final AtomicInteger handOffs = new AtomicInteger();
    private final CompletableFuture<Runnable> breakOff = new CompletableFuture<>();
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
        return gate.getAsBoolean();
    }

    @Override
    public void onAbort(Runnable how) {
        breakOff.complete(how);
    }

    /** Gives the attempt up, as a mailer does that is cancelled. */
    void breakOff() {
        breakOff.join().run();
    }
}
