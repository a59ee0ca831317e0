package io.github.sesquill.benchmarks;

import io.github.sesquill.quota.QuotaGuard;
import io.github.sesquill.quota.QuotaGuard.Decision;
import io.github.sesquill.quota.QuotaGuard.Demand;
import io.github.sesquill.quota.QuotaGuard.Use;
import io.github.sesquill.quota.SendingQuota;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/**
 * How much of its quota the guard lets a sender use who always has a message, and whether a second ever held too much:
 * on a time of its own, so that the answer is exact and the machine has no part in it.
 */
final class LimiterPromise {

    private static final String BENCHMARK = "Limiter, virtual time";
    private static final int[] RATES = {1, 14, 50, 500};
    private static final int[] SIZES = {1, 3, 5, 7, 50};
    private static final int GRANTS = 3_000;
    private static final int MIXED_GRANTS = 20_000;
    private static final double SHARE = 0.99;

    private LimiterPromise() {}

    static void run(Report report) {
        report.title(BENCHMARK + ", saturated: " + GRANTS + " grants each; possible is k⌊R/k⌋, or R if k > R");
        Table table = new Table();
        table.row("R", "k", "granted/s", "of possible", "aim", "worst second", "violations", "aim");
        for (int rate : RATES) {
            for (int size : SIZES) {
                Grants grants = grants(rate, GRANTS, () -> size, () -> 0);
                double possible = size > rate ? rate : size * Math.floor((double) rate / size);
                print(table, report, rate, String.valueOf(size), grants, possible);
            }
        }
        SplittableRandom random = new SplittableRandom(1);
        for (int rate : RATES) {
            Grants grants = grants(rate, MIXED_GRANTS, () -> random.nextInt(1, 51), () -> pause(random));
            print(table, report, rate, "mixed", grants, Double.NaN);
        }
        report.print(table);
    }

    /** Mostly at once, often a little late, seldom after a break. */
    private static long pause(SplittableRandom random) {
        int kind = random.nextInt(100);
        if (kind < 60) {
            return 0;
        }
        return kind < 98 ? random.nextLong(50_000_000) : random.nextLong(10_000_000_000L);
    }

    private static Grants grants(int rate, int count, IntSupplier size, LongSupplier pause) {
        SteppedTime time = new SteppedTime(0);
        QuotaGuard guard = QuotaGuard.of(SendingQuota.perSecond(rate), time);
        Grants grants = new Grants();
        while (grants.size() < count) {
            Demand demand = Demand.of(size.getAsInt());
            time.advance(pause.getAsLong());
            Decision decision = guard.tryAcquire(demand);
            while (decision instanceof Decision.Wait wait) {
                time.advance(wait.atLeast().toNanos());
                decision = guard.tryAcquire(demand);
            }
            grants.add(time.elapsed(), demand.recipients());
            guard.settle(((Decision.Granted) decision).permit(), Use.SPENT);
        }
        return grants;
    }

    private static void print(Table table, Report report, int rate, String size, Grants grants, double possible) {
        String what = "R " + rate + ", k " + size;
        double share = grants.perSecond() / possible;
        int violations = grants.violations(rate);
        report.note(BENCHMARK, "grants", what, grants.perSecond(), share, grants.worstSecond(), violations);
        table.row(
                String.valueOf(rate),
                size,
                String.format(Locale.ROOT, "%.2f", grants.perSecond()),
                Double.isNaN(share) ? "" : String.format(Locale.ROOT, "%.4f", share),
                Double.isNaN(share)
                        ? ""
                        : report.judge(
                                BENCHMARK,
                                what + ", share of the possible",
                                Aim.atLeast(SHARE),
                                share,
                                LimiterPromise::share),
                String.valueOf(grants.worstSecond()),
                String.valueOf(violations),
                report.judge(
                        BENCHMARK,
                        what + ", violations",
                        Aim.atMost(0),
                        violations,
                        count -> String.valueOf((int) count)));
    }

    private static String share(double share) {
        return String.format(Locale.ROOT, "%.4f", share);
    }
}
