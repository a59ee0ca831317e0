package io.github.sesquill.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

class VirtualTimeTest {

    private final VirtualTime time = VirtualTime.start();

    @Test
    void startsAtNoonOfNewYear() {
        assertThat(time.instant()).isEqualTo("2026-01-01T12:00:00Z");
        assertThat(time.nanoTime()).isZero();
    }

    @Test
    void startsWhenItIsTold() {
        Instant leapDay = Instant.parse("2028-02-29T23:59:59.999Z");
        assertThat(VirtualTime.startAt(leapDay).instant()).isEqualTo(leapDay);
    }

    @Test
    void passesWhenItIsAdvanced() {
        time.advance(Duration.ofDays(1).plusNanos(1));

        assertThat(time.instant()).isEqualTo("2026-01-02T12:00:00.000000001Z");
        assertThat(time.elapsed()).isEqualTo(Duration.ofNanos(86_400_000_000_001L));
    }

    @Test
    void doesNotGoBack() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> time.advance(Duration.ofSeconds(-2)))
                .withMessage("Time cannot go back by PT2S; give zero or more.");

        time.advance(Duration.ofHours(1));
        time.advanceTo(time.instant().minusSeconds(1));
        assertThat(time.elapsed()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void passesForWhoWaits() throws InterruptedException {
        ReentrantLock lock = new ReentrantLock();
        Condition never = lock.newCondition();
        lock.lock();
        try {
            assertThat(time.awaitNanos(never, Duration.ofDays(400).toNanos())).isZero();
        } finally {
            lock.unlock();
        }
        assertThat(time.elapsed()).isEqualTo(Duration.ofDays(400));
    }

    @Test
    void doesNotPassForWhoIsInterrupted() {
        ReentrantLock lock = new ReentrantLock();
        lock.lock();
        try {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> time.awaitNanos(lock.newCondition(), 1)).isInstanceOf(InterruptedException.class);
        } finally {
            lock.unlock();
        }
        assertThat(time.elapsed()).isZero();
    }
}
