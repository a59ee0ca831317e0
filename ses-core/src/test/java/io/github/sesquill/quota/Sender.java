package io.github.sesquill.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sesquill.quota.QuotaGuard.Decision;
import io.github.sesquill.quota.QuotaGuard.Demand;
import io.github.sesquill.quota.QuotaGuard.Permit;
import io.github.sesquill.quota.QuotaGuard.Use;
import java.time.Duration;

/** A guard and its time, in the words of the tests that drive them by hand. */
final class Sender {

    final VirtualTime time = new VirtualTime();
    final QuotaGuard guard;

    Sender(SendingQuota quota) {
        guard = QuotaGuard.of(quota, time);
    }

    /** Asks once, and fails unless it is granted. */
    Permit granted(Demand demand) {
        Decision decision = guard.tryAcquire(demand);
        assertThat(decision).isInstanceOf(Decision.Granted.class);
        return ((Decision.Granted) decision).permit();
    }

    /** Waits as long as it is told to until the permit is granted. */
    Permit acquire(Demand demand) {
        while (true) {
            Decision decision = guard.tryAcquire(demand);
            if (decision instanceof Decision.Granted granted) {
                return granted.permit();
            }
            assertThat(decision).isInstanceOf(Decision.Wait.class);
            time.advance(((Decision.Wait) decision).atLeast());
        }
    }

    /** Sends that many messages of one recipient, as fast as the rate allows. */
    void send(int messages) {
        for (int i = 0; i < messages; i++) {
            guard.settle(acquire(Demand.of(1)), Use.SPENT);
        }
    }

    /** How long the guard says to wait for its rate. */
    Duration told(Demand demand) {
        Decision decision = guard.tryAcquire(demand);
        assertThat(decision).isInstanceOf(Decision.Wait.class);
        return ((Decision.Wait) decision).atLeast();
    }

    /** How long the guard says that its day is full. */
    Duration toldDayFull(Demand demand) {
        Decision decision = guard.tryAcquire(demand);
        assertThat(decision).isInstanceOf(Decision.DayFull.class);
        return ((Decision.DayFull) decision).atLeast();
    }

    /** How many recipients a second go through from now on, over so long a time. */
    double rateOver(Duration duration) {
        long end = time.elapsed() + duration.toNanos();
        int sent = 0;
        while (time.elapsed() < end) {
            if (guard.tryAcquire(Demand.of(1)) instanceof Decision.Wait wait) {
                time.advance(wait.atLeast());
            } else {
                sent++;
            }
        }
        return sent / (duration.toNanos() / 1e9);
    }
}
