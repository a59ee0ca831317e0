package io.github.sesquill.quota;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private static final Offset<Double> EXACTLY = Offset.offset(1e-9);

    private final Backoff backoff = new Backoff(0);

    @Test
    void heedsAThrottleOfTheVeryFirstMoment() {
        backoff.throttled(0, 0);

        assertThat(backoff.factor(0)).isEqualTo(0.8, EXACTLY);
    }

    @Test
    void passesOverWhatWasGrantedBeforeTheLastCut() {
        backoff.throttled(1, 10);
        backoff.throttled(9, 20);
        assertThat(backoff.factor(20)).isEqualTo(0.8, EXACTLY);

        backoff.throttled(11, 30);
        assertThat(backoff.factor(30)).isEqualTo(0.64, EXACTLY);
    }

    @Test
    void risesInStepsOfASecondUntilItIsWhole() {
        backoff.throttled(0, 0);

        assertThat(backoff.factor(seconds(1) - 1)).isEqualTo(0.8, EXACTLY);
        assertThat(backoff.untilRise(seconds(1) - 1)).isEqualTo(1);
        assertThat(backoff.factor(seconds(1))).isEqualTo(0.85, EXACTLY);
        assertThat(backoff.factor(seconds(4))).isEqualTo(1);
        assertThat(backoff.factor(seconds(1_000))).isEqualTo(1);
        assertThat(backoff.untilRise(seconds(4))).isEqualTo(Long.MAX_VALUE);
    }

    private static long seconds(int seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }
}
