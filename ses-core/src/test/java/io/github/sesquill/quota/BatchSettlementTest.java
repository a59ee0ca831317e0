package io.github.sesquill.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sesquill.quota.QuotaGuard.Decision;
import io.github.sesquill.quota.QuotaGuard.Demand;
import io.github.sesquill.quota.QuotaGuard.Permit;
import io.github.sesquill.quota.QuotaGuard.Use;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A batch may be taken in part: what was not sent is given back, whatever became of it. */
class BatchSettlementTest {

    private final VirtualTime time = new VirtualTime();
    private final QuotaGuard guard = QuotaGuard.of(SendingQuota.of(50, 100), time);

    private Permit granted(int recipients) {
        return ((Decision.Granted) guard.tryAcquire(Demand.of(recipients))).permit();
    }

    private int leftToday() {
        time.advance(Duration.ofMinutes(10));
        for (int left = 100; left > 0; left--) {
            if (guard.tryAcquire(Demand.of(left)) instanceof Decision.Granted granted) {
                guard.settle(granted.permit(), Use.NOT_SENT);
                return left;
            }
        }
        return 0;
    }

    @ParameterizedTest
    @CsvSource({"NOT_SENT, 30", "THROTTLED, 30", "NOT_SENT, 0", "NOT_SENT, 50", "SPENT, 0"})
    void whatWasNotSentIsGivenBack(Use rest, int spent) {
        guard.settle(granted(50), rest, spent);
        assertThat(leftToday()).isEqualTo(100 - (rest == Use.SPENT ? 50 : spent));
    }

    @Test
    void aBatchOfWhichSomeWasThrottledSlowsDown() {
        guard.settle(granted(40), Use.THROTTLED, 39);
        time.advance(Duration.ofMillis(1_100));
        granted(25);
        assertThat(guard.tryAcquire(Demand.of(25))).isInstanceOf(Decision.Wait.class);
    }

    @Test
    void aBatchThatFilledTheDayClosesIt() {
        guard.settle(granted(10), Use.DAILY_QUOTA, 5);
        time.advance(Duration.ofSeconds(2));
        assertThat(guard.tryAcquire(Demand.of(1))).isInstanceOf(Decision.DayFull.class);
    }

    @ParameterizedTest
    @EnumSource
    void onlyTheFirstSettlementCounts(Use later) {
        Permit permit = granted(50);
        guard.settle(permit, Use.NOT_SENT, 20);
        guard.settle(permit, later, 50);
        guard.settle(permit, later);
        assertThat(leftToday()).isEqualTo(80);
    }

    @ParameterizedTest
    @CsvSource({"-1", "51"})
    void moreThanWasGrantedCannotBeSpent(int spent) {
        Permit permit = granted(50);
        assertThatThrownBy(() -> guard.settle(permit, Use.NOT_SENT, spent))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("50 recipients");
    }
}
