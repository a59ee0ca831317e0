package io.github.sesquill.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.sesquill.quota.QuotaGuard;
import io.github.sesquill.quota.QuotaGuard.Decision;
import io.github.sesquill.quota.QuotaGuard.Demand;
import io.github.sesquill.quota.QuotaGuard.Permit;
import io.github.sesquill.quota.QuotaGuard.Use;
import io.github.sesquill.quota.SendingQuota;
import io.github.sesquill.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What every quota guard promises, whether it counts for one JVM or in a store that many share: extend this, give it a
 * guard, and run it.
 *
 * <pre>{@code
 * class StoreQuotaGuardTest extends QuotaGuardContract {
 *     @Override protected QuotaGuard open(SendingQuota quota, TimeSource time) {
 *         return storeQuotaGuard(quota, time);
 *     }
 * }
 * }</pre>
 *
 * <p>Time is the contract's: a store that has a clock must take it from there. Needs JUnit and AssertJ.
 */
public abstract class QuotaGuardContract {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final int ASKING = 5_000;

    private final VirtualTime time = VirtualTime.start();
    private final List<QuotaGuard> open = new ArrayList<>();

    /** Made by JUnit. */
    protected QuotaGuardContract() {}

    /** Opens a new guard that has granted nothing, for one test. */
    protected abstract QuotaGuard open(SendingQuota quota, TimeSource time) throws Exception;

    private QuotaGuard guard(double rate, double day) {
        try {
            QuotaGuard guard = open(SendingQuota.of(rate, day), time);
            open.add(guard);
            return guard;
        } catch (Exception e) {
            throw new AssertionError("The guard could not be opened.", e);
        }
    }

    @AfterEach
    final void closeGuards() {
        open.forEach(QuotaGuard::close);
    }

    private record Grant(long at, int recipients) {}

    private static @Nullable Permit granted(Decision decision) {
        return decision instanceof Decision.Granted granted ? granted.permit() : null;
    }

    /** Asks when the rate is no hindrance. */
    private Permit grant(QuotaGuard guard, Demand demand) {
        time.advance(Duration.ofSeconds(2));
        Permit permit = granted(guard.tryAcquire(demand));
        assertThat(permit).as("a permit for %s", demand).isNotNull();
        return Objects.requireNonNull(permit);
    }

    /** Asks until it is granted, waiting as it is told to; answers when it was. */
    private Grant await(QuotaGuard guard, int recipients) {
        for (int asked = 0; asked < ASKING; asked++) {
            Decision decision = guard.tryAcquire(Demand.of(recipients));
            if (decision instanceof Decision.Granted granted) {
                guard.settle(granted.permit(), Use.SPENT);
                return new Grant(time.nanoTime(), recipients);
            }
            assertThat(decision).isInstanceOf(Decision.Wait.class);
            Duration wait = ((Decision.Wait) decision).atLeast();
            assertThat(wait).isPositive();
            time.advance(wait);
        }
        throw new AssertionError(recipients + " recipients were told to wait " + ASKING + " times.");
    }

    @Test
    void grantsAFirstMessageOfAnySizeAtOnce() {
        for (int recipients : new int[] {1, 14, 15, 50}) {
            grant(guard(14, 50_000), Demand.of(recipients));
        }
    }

    @Test
    void neverGrantsMoreThanTheRateInAnySecond() {
        for (long seed = 1; seed <= 20; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            double rate = random.nextDouble(1, 60);
            QuotaGuard guard = guard(rate, -1);
            List<Grant> grants = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                grants.add(await(guard, random.nextInt(4) == 0 ? random.nextInt(1, 51) : random.nextInt(1, 4)));
                time.advance(Duration.ofMillis(random.nextInt(8) == 0 ? random.nextInt(3_000) : 0));
            }
            assertSeconds(grants, rate, seed);
        }
    }

    private static void assertSeconds(List<Grant> grants, double rate, long seed) {
        for (int first = 0; first < grants.size(); first++) {
            Grant one = grants.get(first);
            long sum = 0;
            for (int i = first; i < grants.size() && grants.get(i).at - one.at <= SECOND; i++) {
                sum += grants.get(i).recipients;
            }
            assertThat((double) sum)
                    .as("recipients in the second from grant %d at rate %s, seed %d", first, rate, seed)
                    .isLessThanOrEqualTo(Math.max(rate, one.recipients));
        }
    }

    @Test
    void letsAMessageAboveTheRateGoAlone() {
        QuotaGuard guard = guard(10, -1);
        await(guard, 1);
        long before = time.nanoTime();
        Grant large = await(guard, 50);
        Grant next = await(guard, 1);

        assertThat(large.at - before).isGreaterThan(SECOND);
        assertThat(next.at - large.at).isGreaterThanOrEqualTo(5 * SECOND);
    }

    @Test
    void usesNearlyAllOfTheRate() {
        QuotaGuard guard = guard(14, -1);
        await(guard, 1);
        long start = time.nanoTime();
        for (int i = 0; i < 1_400; i++) {
            await(guard, 1);
        }

        assertThat((double) (time.nanoTime() - start) / SECOND).isLessThanOrEqualTo(100 / 0.99);
    }

    @Test
    void saysAPaceThatMakesNobodyWhoSleepsByItLate() {
        QuotaGuard guard = guard(14, -1);
        await(guard, 1);
        assertThat(guard.pace()).isPositive().isLessThanOrEqualTo(Duration.ofNanos((long) (1.1e9 / 14)));
    }

    @Test
    void earnsNoBurstByAPause() {
        QuotaGuard guard = guard(5, -1);
        await(guard, 1);
        time.advance(Duration.ofHours(2));
        List<Grant> grants = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            grants.add(await(guard, 1));
        }

        assertSeconds(grants, 5, 0);
    }

    @Test
    void grantsNoMoreThanTheDayHasUntilItFrees() {
        QuotaGuard guard = guard(1_000, 10);
        guard.settle(grant(guard, Demand.of(10)), Use.SPENT);

        Decision full = guard.tryAcquire(Demand.of(1));
        assertThat(full).isInstanceOf(Decision.DayFull.class);
        assertThat(((Decision.DayFull) full).atLeast()).isPositive().isLessThanOrEqualTo(Duration.ofHours(25));
        time.advance(Duration.ofHours(25));
        grant(guard, Demand.of(10));
    }

    @Test
    void countsTheSimulatorForTheRateAlone() {
        QuotaGuard guard = guard(1_000, 1);
        guard.settle(grant(guard, Demand.of(1)), Use.SPENT);

        grant(guard, Demand.of(1, 0));
    }

    @Test
    void givesTheDayBackForWhatWasNotSentAndOnlyOnce() {
        QuotaGuard guard = guard(1_000, 2);
        Permit permit = grant(guard, Demand.of(1));
        guard.settle(permit, Use.NOT_SENT);
        guard.settle(permit, Use.NOT_SENT);
        guard.settle(permit, Use.SPENT);

        guard.settle(grant(guard, Demand.of(1)), Use.SPENT);
        guard.settle(grant(guard, Demand.of(1)), Use.SPENT);
        assertThat(guard.tryAcquire(Demand.of(1))).isInstanceOf(Decision.DayFull.class);
    }

    @Test
    void believesSesThatTheDayIsFull() {
        QuotaGuard guard = guard(1_000, 50_000);
        guard.settle(grant(guard, Demand.of(1)), Use.DAILY_QUOTA);

        assertThat(guard.tryAcquire(Demand.of(1))).isInstanceOf(Decision.DayFull.class);
        time.advance(Duration.ofHours(25));
        grant(guard, Demand.of(1));
    }

    @Test
    void slowsDownWhenSesSaysThatItIsTooFast() {
        QuotaGuard guard = guard(1_000, -1);
        guard.settle(grant(guard, Demand.of(1)), Use.THROTTLED);
        long from = time.nanoTime();
        for (int i = 0; i < 100; i++) {
            await(guard, 1);
        }

        assertThat(time.nanoTime() - from).isGreaterThan(SECOND / 10);
    }

    @Test
    void takesOverWhatSesSays() {
        QuotaGuard guard = guard(1, 200);
        SendingQuota larger = SendingQuota.of(14, 50_000);
        guard.update(larger, 49_999);

        assertThat(guard.quota()).isEqualTo(larger);
        guard.settle(grant(guard, Demand.of(1)), Use.SPENT);
        assertThat(guard.tryAcquire(Demand.of(1))).isInstanceOf(Decision.DayFull.class);
        assertThatIllegalArgumentException().isThrownBy(() -> guard.update(larger, -1));
    }

    @Test
    void settlesNoPermitOfAnother() {
        Permit foreign = grant(guard(14, 50_000), Demand.of(1));
        QuotaGuard guard = guard(14, 50_000);

        assertThatIllegalArgumentException().isThrownBy(() -> guard.settle(foreign, Use.SPENT));
    }
}
