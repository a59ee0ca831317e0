package io.github.sesquill.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {

    private static final long SECOND = 1_000_000_000;

    /** Each round twice as slow as the one before, as on a machine that others begin to use. */
    private final Comparison comparison = new Comparison(
            List.of("peer", "ours"),
            List.of(
                    List.of(slice(4_000, 400), slice(3_600, 420)),
                    List.of(slice(2_000, 400), slice(1_900, 400)),
                    List.of(slice(1_000, 400), slice(1_000, 410))));

    private static Slice slice(long operations, long bytesPerOperation) {
        return new Slice(operations, SECOND, SECOND / 2, operations * bytesPerOperation);
    }

    @Test
    void readsASliceByTheSecondAndByTheOperation() {
        Slice slice = new Slice(4_000, 2 * SECOND, SECOND, 8_000_000);

        assertThat(slice.perSecond()).isEqualTo(2_000);
        assertThat(slice.cpuMicrosPerOperation()).isEqualTo(250);
        assertThat(slice.bytesPerOperation()).isEqualTo(2_000);
    }

    @Test
    void tellsEachVariantByItself() {
        assertThat(comparison.of(0, Metric.THROUGHPUT)).isEqualTo(new Spread(1_500, 2_000, 3_000));
        assertThat(comparison.of(1, Metric.THROUGHPUT).median()).isEqualTo(1_900);
    }

    @Test
    void comparesWithinARoundBeforeItTakesTheMiddle() {
        assertThat(comparison.against(1, 0, Metric.THROUGHPUT).median()).isEqualTo(0.95);
        assertThat(comparison.against(1, 0, Metric.THROUGHPUT).lowerQuartile()).isEqualTo(0.925);
    }

    @Test
    void comparesCpuByRatioAndBytesByDifference() {
        assertThat(comparison.against(1, 0, Metric.CPU).median()).isEqualTo(2_000 / 1_900.0);
        assertThat(comparison.against(1, 0, Metric.ALLOCATION)).isEqualTo(new Spread(5, 10, 15));
    }

    /** Over a slow network a slice takes so little of the processor that its clock does not tick. */
    @Test
    void doesNotCompareCpuThatNoClockHasSeen() {
        Comparison far = new Comparison(
                List.of("peer", "ours"),
                List.of(List.of(new Slice(18, SECOND, 0, 400), new Slice(18, SECOND, 10_000_000, 400))));

        assertThat(comparison.isComparable(Metric.CPU)).isTrue();
        assertThat(far.isComparable(Metric.CPU)).isFalse();
        assertThat(far.isComparable(Metric.THROUGHPUT)).isTrue();
    }
}
