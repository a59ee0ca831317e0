package io.github.sesquill.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sesquill.quota.QuotaGuard.Decision;
import io.github.sesquill.quota.QuotaGuard.Demand;
import io.github.sesquill.quota.QuotaGuard.Permit;
import io.github.sesquill.quota.QuotaGuard.Use;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Thousands of random lives of a guard in virtual time, each checked clause by clause against the ledger of its grants. */
class PromiseTest {

    private static final int RUNS = 2_000;

    @Test
    void holdsInAnyLife() {
        forEachSeed(seed -> {
            Life life = new Life(seed, randomQuota(new SplittableRandom(seed)));
            life.steps(250, true);
            life.ledger.assertSlidingSecond();
            life.ledger.assertLargeMessagesGoAlone();
            life.ledger.assertRollingDay();
        });
    }

    @Test
    void banksNothingAtAConstantRate() {
        forEachSeed(seed -> {
            Life life = new Life(seed, randomQuota(new SplittableRandom(seed)));
            life.steps(120, false);
            life.ledger.assertNothingWasBanked();
            life.ledger.assertSlidingSecond();
        });
    }

    private interface Run {
        void of(long seed);
    }

    private static void forEachSeed(Run run) {
        long base = Long.getLong("sesquill.seed", System.nanoTime());
        for (long seed = base; seed < base + RUNS; seed++) {
            try {
                run.of(seed);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("With -Dsesquill.seed=" + seed + ": " + e.getMessage(), e);
            }
        }
    }

    private static SendingQuota randomQuota(SplittableRandom random) {
        double rate = 0.2 * Math.pow(10_000, random.nextDouble());
        double day = random.nextInt(3) == 0 ? 1 + random.nextInt(300) : -1;
        return SendingQuota.of(random.nextBoolean() ? Math.max(1, Math.rint(rate)) : rate, day);
    }

    /** One guard, one clock, and everything that may happen to them. */
    private static final class Life {

        private record Open(Permit permit, GrantLedger.Grant grant) {}

        private final GrantLedger ledger = new GrantLedger();
        private final VirtualTime time = new VirtualTime();
        private final Queue<Open> open = new ArrayDeque<>();
        private final SplittableRandom random;
        private final int most;
        private final QuotaGuard guard;

        private SendingQuota quota;

        Life(long seed, SendingQuota quota) {
            this.random = new SplittableRandom(seed);
            this.quota = quota;
            this.most = random.nextBoolean() ? 50 : 1 + random.nextInt(5);
            this.guard = QuotaGuard.of(quota, time);
        }

        void steps(int count, boolean eventful) {
            for (int i = 0; i < count; i++) {
                ask();
                if (eventful) {
                    happen();
                }
                if (random.nextInt(20) == 0) {
                    pause();
                }
            }
        }

        private void ask() {
            int recipients = 1 + random.nextInt(most);
            int counted = random.nextInt(4) == 0 ? random.nextInt(recipients + 1) : recipients;
            Demand demand = Demand.of(recipients, counted);
            Decision decision = guard.tryAcquire(demand);
            if (decision instanceof Decision.Granted granted) {
                granted(demand, granted.permit());
            } else if (decision instanceof Decision.Wait wait) {
                obeyOrNot(demand, wait.atLeast());
            } else if (decision instanceof Decision.DayFull full && random.nextInt(4) == 0) {
                obeyOrNot(demand, full.atLeast());
            }
        }

        private void granted(Demand demand, Permit permit) {
            open.add(new Open(permit, ledger.add(time.elapsed(), demand, quota)));
        }

        /** Comes back just in time, a little late, or too early, and then perhaps with another message. */
        private void obeyOrNot(Demand demand, Duration atLeast) {
            switch (random.nextInt(8)) {
                case 0 -> {
                    time.advance(atLeast.minusNanos(1));
                    assertThat(guard.tryAcquire(demand))
                            .as("asked a nanosecond before %s", atLeast)
                            .isNotInstanceOf(Decision.Granted.class);
                }
                case 1 -> time.advance(random.nextLong(atLeast.toNanos() + 1));
                case 2 -> time.advance(atLeast.plusNanos(random.nextLong(5_000_000)));
                default -> {
                    time.advance(atLeast);
                    if (guard.tryAcquire(demand) instanceof Decision.Granted granted) {
                        granted(demand, granted.permit());
                    }
                }
            }
        }

        private void happen() {
            while (!open.isEmpty() && random.nextInt(3) > 0) {
                settle(open.remove());
            }
            if (random.nextInt(60) == 0) {
                quota = randomQuota(random);
                guard.update(quota, ledger.countedInDay(time.elapsed()));
            }
            if (random.nextInt(30) == 0) {
                time.setWallClock(Instant.ofEpochSecond(random.nextLong(-1_000_000_000L, 4_000_000_000L)));
            }
        }

        private void settle(Open taken) {
            Use use = anyUse();
            guard.settle(taken.permit, use);
            taken.grant.givenBack = use != Use.SPENT;
            guard.settle(taken.permit, Use.NOT_SENT);
        }

        private Use anyUse() {
            return switch (random.nextInt(12)) {
                case 0 -> Use.NOT_SENT;
                case 1 -> Use.THROTTLED;
                case 2 -> Use.DAILY_QUOTA;
                default -> Use.SPENT;
            };
        }

        private void pause() {
            time.advance((long) (1_000_000 * Math.pow(100_000_000, random.nextDouble())));
        }
    }
}
