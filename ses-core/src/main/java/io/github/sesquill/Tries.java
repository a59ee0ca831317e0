package io.github.sesquill;

import io.github.sesquill.time.TimeSource;
import io.github.sesquill.transport.SendOutcome;
import io.github.sesquill.transport.SendOutcome.NotSent;
import io.github.sesquill.transport.SendOutcome.Reason;
import io.github.sesquill.transport.SendOutcome.Unknown;
import java.time.Duration;

/** The attempts at one message, or at what goes in one call: says of each outcome whether it is tried again, and pauses. */
final class Tries {

    private final RetryPolicy policy;
    private final TimeSource time;
    private int failed;
    private boolean renewed;

    // What the outcomes of this attempt say.
    private boolean renews;
    private boolean tomorrow;
    private long untilRetryAt;

    Tries(RetryPolicy policy, TimeSource time) {
        this.policy = policy;
        this.time = time;
    }

    /** Hears an outcome of the attempt; answers whether what ended so should be tried again. */
    boolean mayGoAgain(SendOutcome outcome, Send send) {
        boolean mayBeRenewed = mayBeRenewed(outcome);
        boolean again = mayRepeat(outcome, send) || (mayBeRenewed && !renewed);
        renews |= mayBeRenewed;
        if (again) {
            tomorrow |= isTomorrow(outcome, send);
            untilRetryAt = Math.max(untilRetryAt, untilRetryAt(outcome));
        }
        return again;
    }

    /** Pauses before the next attempt; answers whether there may be one. */
    boolean pause(Send send) {
        failed = tomorrow ? 0 : failed + 1;
        long pause = Math.max(policy.pauseNanos(Math.max(1, failed)), untilRetryAt);
        renewed |= renews;
        renews = false;
        tomorrow = false;
        untilRetryAt = 0;
        return failed < policy.attempts() && pause < send.remainingNanos() && send.pause(pause);
    }

    private static boolean mayRepeat(SendOutcome outcome, Send send) {
        if (outcome instanceof NotSent notSent) {
            return notSent.isRetryable()
                    && (notSent.reason() == Reason.THROTTLED
                            || notSent.reason() == Reason.UNAVAILABLE
                            || isTomorrow(outcome, send));
        }
        return outcome instanceof Unknown unknown
                && !unknown.accepted()
                && send.options().isAtLeastOnce();
    }

    /** The refusal itself tells the right time, and an expired token is looked up again; if that did not help, once is enough. */
    private static boolean mayBeRenewed(SendOutcome outcome) {
        return outcome instanceof NotSent notSent && notSent.isRetryable() && notSent.reason() == Reason.AUTHENTICATION;
    }

    /** A bulk waits for a day that is full, however often SES says so. */
    private static boolean isTomorrow(SendOutcome outcome, Send send) {
        return send.waitsForDay() && outcome instanceof NotSent notSent && notSent.reason() == Reason.DAILY_QUOTA;
    }

    private long untilRetryAt(SendOutcome outcome) {
        return outcome instanceof NotSent notSent
                ? notSent.retryAt()
                        .map(at -> Duration.between(time.instant(), at).toNanos())
                        .orElse(0L)
                : 0;
    }
}
