package io.github.sesquill.quota;

import io.github.sesquill.quota.QuotaGuard.Decision;
import io.github.sesquill.quota.QuotaGuard.Permit;
import java.time.Duration;

/** The values behind the three decisions, kept apart because a type nested in an interface is always public. */
final class Decisions {

    private Decisions() {}

    record Go(Permit permit) implements Decision.Granted {}

    record Pause(Duration atLeast) implements Decision.Wait {
        Pause {
            requirePositive(atLeast);
        }
    }

    record Full(Duration atLeast) implements Decision.DayFull {
        Full {
            requirePositive(atLeast);
        }
    }

    private static void requirePositive(Duration atLeast) {
        if (atLeast.isNegative() || atLeast.isZero()) {
            throw new IllegalArgumentException("A wait of " + atLeast + " is none: grant the demand instead.");
        }
    }
}
