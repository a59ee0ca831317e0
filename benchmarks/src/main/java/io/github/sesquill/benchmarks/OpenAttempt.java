package io.github.sesquill.benchmarks;

import io.github.sesquill.transport.EmailTransport;
import java.time.Duration;

/** An attempt that nothing stops. */
final class OpenAttempt implements EmailTransport.Attempt {

    private static final Duration DEADLINE = Duration.ofSeconds(30);

    @Override
    public String id() {
        return "benchmark-1";
    }

    @Override
    public Duration remaining() {
        return DEADLINE;
    }

    @Override
    public boolean handOff() {
        return true;
    }

    @Override
    public void onAbort(Runnable breakOff) {
        // Nobody aborts it.
    }
}
