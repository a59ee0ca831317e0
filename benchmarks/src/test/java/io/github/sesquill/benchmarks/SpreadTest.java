package io.github.sesquill.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class SpreadTest {

    @Test
    void takesTheMiddleAndTheQuartilesInWhateverOrderTheyCome() {
        assertThat(Spread.of(5, 1, 4, 2, 3)).isEqualTo(new Spread(2, 3, 4));
    }

    @Test
    void liesBetweenTwoNeighboursInProportion() {
        assertThat(Spread.of(10, 20, 30, 40)).isEqualTo(new Spread(17.5, 25, 32.5));
    }

    @Test
    void ofOneValueIsThatValue() {
        assertThat(Spread.of(7)).isEqualTo(new Spread(7, 7, 7));
    }

    @Test
    void isNotMovedByOneWildValue() {
        assertThat(Spread.of(1, 1, 1, 1, 1_000_000)).isEqualTo(new Spread(1, 1, 1));
    }

    @Test
    void refusesNothingAndWhatIsNoNumber() {
        assertThatIllegalArgumentException().isThrownBy(Spread::of).withMessageContaining("must be values");
        assertThatIllegalArgumentException().isThrownBy(() -> Spread.of(1, Double.NaN, 2));
    }
}
