package io.github.sesquill.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

class PairedRoundsTest {

    private static final PairedRounds ROUNDS = new PairedRounds(3, Duration.ofNanos(1), Duration.ZERO);

    @Test
    void goesForwardsAndBackwardsByTurns() throws Exception {
        List<String> order = new CopyOnWriteArrayList<>();

        ROUNDS.run(List.of(new Variant("a", () -> order.add("a")), new Variant("b", () -> order.add("b"))), 1);

        assertThat(order).containsExactly("a", "b", "b", "a", "a", "b");
    }

    @Test
    void keepsTheSlicesInTheOrderOfTheVariantsWhicheverWentFirst() throws Exception {
        Variant small = new Variant("small", () -> Thread.onSpinWait());
        Variant large = new Variant("large", PairedRoundsTest::allocateMegabytes);

        Comparison comparison = ROUNDS.run(List.of(small, large), 1);

        assertThat(comparison.rounds())
                .hasSize(3)
                .allSatisfy(round -> assertThat(round.get(1).allocatedBytes())
                        .isGreaterThan(round.get(0).allocatedBytes()));
    }

    private static void allocateMegabytes() {
        assertThat(new byte[4 * 1024 * 1024]).hasSize(4 * 1024 * 1024);
    }

    @Test
    void countsWhatAllThreadsDid() throws Exception {
        LongAdder done = new LongAdder();

        Comparison comparison = ROUNDS.run(List.of(new Variant("one", done::increment)), 4);

        assertThat(comparison.rounds().stream()
                        .mapToLong(round -> round.get(0).operations())
                        .sum())
                .isEqualTo(done.sum())
                .isGreaterThanOrEqualTo(3 * 4);
    }

    @Test
    void endsWhenAnOperationFails() {
        Variant broken = new Variant("broken", () -> {
            throw new IllegalStateException("not sent");
        });

        assertThatThrownBy(() -> ROUNDS.run(List.of(broken), 2))
                .isInstanceOf(ExecutionException.class)
                .hasRootCauseMessage("not sent");
    }
}
