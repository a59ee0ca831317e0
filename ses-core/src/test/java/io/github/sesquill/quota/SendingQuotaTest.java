package io.github.sesquill.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sesquill.quota.QuotaGuard.Decision;
import io.github.sesquill.quota.QuotaGuard.Demand;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SendingQuotaTest {

    @Test
    void knowsTheSandbox() {
        assertThat(SendingQuota.sandbox().recipientsPerSecond()).isEqualTo(1);
        assertThat(SendingQuota.sandbox().recipientsPer24Hours()).hasValue(200);
    }

    @Test
    void readsMinusOneAsNoDailyLimit() {
        assertThat(SendingQuota.of(14, -1)).isEqualTo(SendingQuota.perSecond(14));
        assertThat(SendingQuota.perSecond(14).recipientsPer24Hours()).isEmpty();
    }

    @Test
    void isEqualByItsFigures() {
        assertThat(SendingQuota.of(1, 200)).isEqualTo(SendingQuota.sandbox()).hasSameHashCodeAs(SendingQuota.sandbox());
        assertThat(SendingQuota.of(2, 200)).isNotEqualTo(SendingQuota.sandbox());
        assertThat(SendingQuota.of(1, 201)).isNotEqualTo(SendingQuota.sandbox());
    }

    @Test
    void readsAloud() {
        assertThat(SendingQuota.sandbox()).hasToString("1.0 recipients a second, 200 in 24 hours");
        assertThat(SendingQuota.perSecond(2.5)).hasToString("2.5 recipients a second, no daily limit");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, 0.0009, 100_001, Double.NaN, Double.POSITIVE_INFINITY})
    void refusesARateThatCannotBeKept(double rate) {
        assertThatThrownBy(() -> SendingQuota.perSecond(rate))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("A rate of " + rate)
                .hasMessageContaining("0.001 to 100,000");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -2, 0.5, 200.5, 1e13, Double.NaN, Double.NEGATIVE_INFINITY})
    void refusesADayThatCannotBeKept(double day) {
        assertThatThrownBy(() -> SendingQuota.of(1, day))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("A limit of " + day)
                .hasMessageContaining("-1 for none");
    }

    @ParameterizedTest
    @CsvSource({"14, 50000, 0.5, 7, 25000", "1, 200, 0.3, 0.3, 60", "100, 100, 0.29, 29, 29", "14, -1, 0.25, 3.5, -1"})
    void sharesBothFigures(double rate, double day, double fraction, double sharedRate, double sharedDay) {
        assertThat(SendingQuota.of(rate, day).share(fraction)).isEqualTo(SendingQuota.of(sharedRate, sharedDay));
    }

    @Test
    void sharesThirdsWithoutLosingARecipient() {
        assertThat(SendingQuota.of(42, 300).share(1.0 / 3)).isEqualTo(SendingQuota.of(14, 100));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.5, 1.01, Double.NaN})
    void refusesAFractionThatIsNone(double fraction) {
        assertThatThrownBy(() -> SendingQuota.sandbox().share(fraction))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("A share of " + fraction);
    }

    @Test
    void refusesAShareOfNothing() {
        assertThatThrownBy(() -> SendingQuota.sandbox().share(0.001)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "-1, 0", "2501, 0", "3, 4", "3, -1"})
    void refusesADemandThatCannotBe(int recipients, int counted) {
        assertThatThrownBy(() -> Demand.of(recipients, counted)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void comparesDemandsByTheirFigures() {
        assertThat(Demand.of(3)).isEqualTo(Demand.of(3, 3)).hasSameHashCodeAs(Demand.of(3, 3));
        assertThat(Demand.of(3)).isNotEqualTo(Demand.of(3, 2)).isNotEqualTo(Demand.of(4));
        assertThat(Demand.of(3, 2)).hasToString("3 recipients, 2 counted per day");
    }

    @Test
    void refusesADecisionToWaitForNothing() {
        assertThatThrownBy(() -> Decision.waitAtLeast(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Decision.dayFull(Duration.ofNanos(-1))).isInstanceOf(IllegalArgumentException.class);
        assertThat(Decision.dayFull(Duration.ofHours(1))).isEqualTo(Decision.dayFull(Duration.ofMinutes(60)));
    }
}
