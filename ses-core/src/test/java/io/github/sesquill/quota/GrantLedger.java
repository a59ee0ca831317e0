package io.github.sesquill.quota;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

/**
 * Everything a guard granted, and each clause of its promise checked by brute force over the list: no bucket, no ring, no
 * sum that is carried along.
 */
final class GrantLedger {

    private static final long SECOND = 1_000_000_000L;
    private static final long DAY = 24 * 3600 * SECOND;

    /** A grant, with the quota that was in force at its time. */
    static final class Grant {
        final long time;
        final int recipients;
        final int counted;
        final SendingQuota quota;
        boolean givenBack;

        Grant(long time, int recipients, int counted, SendingQuota quota) {
            this.time = time;
            this.recipients = recipients;
            this.counted = counted;
            this.quota = quota;
        }

        double rate() {
            return quota.recipientsPerSecond();
        }

        @Override
        public String toString() {
            return recipients + " at " + time + " ns, rate " + rate();
        }
    }

    private final List<Grant> grants = new ArrayList<>();

    synchronized Grant add(long time, QuotaGuard.Demand demand, SendingQuota quota) {
        Grant grant = new Grant(time, demand.recipients(), demand.countedPerDay(), quota);
        grants.add(grant);
        return grant;
    }

    List<Grant> grants() {
        return grants;
    }

    /** In the closed second that ends with each grant: never more than R, or this one message alone. */
    void assertSlidingSecond() {
        for (int i = 0; i < grants.size(); i++) {
            Grant last = grants.get(i);
            int sum = 0;
            for (int j = i; j >= 0 && last.time - grants.get(j).time <= SECOND; j--) {
                sum += grants.get(j).recipients;
            }
            assertThat((double) sum)
                    .as("recipients in the second up to %s", last)
                    .isLessThanOrEqualTo(Math.max(last.rate(), last.recipients));
        }
    }

    /** A message above the rate has nothing in the second before it, and nothing after it for k/R seconds. */
    void assertLargeMessagesGoAlone() {
        for (int i = 1; i < grants.size(); i++) {
            Grant before = grants.get(i - 1);
            Grant after = grants.get(i);
            if (after.recipients > after.rate()) {
                assertThat(after.time - before.time)
                        .as("between %s and %s", before, after)
                        .isGreaterThan(SECOND);
            }
            if (before.recipients > after.rate()) {
                assertThat((double) (after.time - before.time))
                        .as("between %s and %s", before, after)
                        .isGreaterThanOrEqualTo(before.recipients / after.rate() * SECOND);
            }
        }
    }

    /** At a constant rate, no stretch of any length holds more than its share and two recipients. */
    void assertNothingWasBanked() {
        for (int i = 0; i < grants.size(); i++) {
            int sum = 0;
            for (int j = i + 1; j < grants.size(); j++) {
                Grant first = grants.get(i);
                Grant last = grants.get(j);
                sum += grants.get(j - 1).recipients;
                double seconds = (double) (last.time - first.time) / SECOND;
                assertThat((double) sum)
                        .as("recipients from %s until before %s", first, last)
                        .isLessThanOrEqualTo(first.rate() * seconds + 2);
            }
        }
    }

    /** In the closed 24 hours that end with each grant: never more than the limit in force, of what was not given back. */
    void assertRollingDay() {
        for (int i = 0; i < grants.size(); i++) {
            Grant last = grants.get(i);
            if (last.counted > 0 && last.quota.recipientsPer24Hours().isPresent()) {
                assertThat(countedUpTo(i))
                        .as("recipients in the 24 hours up to %s", last)
                        .isLessThanOrEqualTo(last.quota.recipientsPer24Hours().getAsLong());
            }
        }
    }

    private long countedUpTo(int index) {
        long time = grants.get(index).time;
        long sum = 0;
        for (int j = index; j >= 0 && time - grants.get(j).time <= DAY; j--) {
            sum += grants.get(j).givenBack ? 0 : grants.get(j).counted;
        }
        return sum;
    }

    /** What of these grants is not older than 24 hours now and was not given back. */
    long countedInDay(long now) {
        long sum = 0;
        for (Grant grant : grants) {
            sum += now - grant.time <= DAY && !grant.givenBack ? grant.counted : 0;
        }
        return sum;
    }

    /** Recipients a second from the first grant until just before the last. */
    double throughput() {
        long sum = 0;
        for (Grant grant : grants.subList(0, grants.size() - 1)) {
            sum += grant.recipients;
        }
        return sum / ((double) (grants.get(grants.size() - 1).time - grants.get(0).time) / SECOND);
    }
}
