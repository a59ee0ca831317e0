package io.github.sesquill.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GrantsTest {

    private static final long SECOND = 1_000_000_000;

    private final Grants grants = new Grants();

    @Test
    void countsBothEndsOfASecond() {
        grants.add(0, 2);
        grants.add(SECOND, 1);

        assertThat(grants.worstSecond()).isEqualTo(3);
        assertThat(grants.violations(2)).isEqualTo(1);
    }

    @Test
    void findsNothingWrongAtTheRate() {
        grants.add(0, 2);
        grants.add(SECOND + 1, 2);

        assertThat(grants.violations(2)).isZero();
    }

    @Test
    void letsOneMessageBeLargerThanTheRate() {
        grants.add(0, 5);

        assertThat(grants.violations(2)).isZero();
    }

    @Test
    void tellsTheRateUpToTheLastGrant() {
        for (int i = 0; i <= 2000; i++) {
            grants.add(i * SECOND / 10, 3);
        }

        assertThat(grants.perSecond()).isEqualTo(30);
    }
}
