package io.github.sesquill;

import io.github.sesquill.time.TimeSource;
import io.github.sesquill.transport.SendOutcome;
import io.github.sesquill.transport.SendOutcome.NotSent;
import io.github.sesquill.transport.SendOutcome.Reason;
import io.github.sesquill.transport.SendOutcome.Unknown;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Tries again what is certainly not sent and may pass, and on request what is unknown. Once an attempt was unknown the
 * message may be at SES, so the end is then sent or unknown, whatever later attempts say. A wrong clock and an expired
 * token are tried again once.
 */
record Retries(RetryPolicy policy, TimeSource time) implements Stage {

    @Override
    public SendOutcome pass(Send send, Next next) {
        @Nullable Unknown unknown = null;
        boolean renewed = false;
        for (int attempt = 1; ; attempt++) {
            SendOutcome outcome = next.proceed(send);
            if (outcome instanceof Unknown open) {
                unknown = open;
            }
            boolean repeat = mayRepeat(outcome, send) || (!renewed && mayBeRenewed(outcome));
            renewed |= mayBeRenewed(outcome);
            if (isTomorrow(outcome, send)) {
                attempt = 0;
            }
            if (attempt >= policy.attempts() || !repeat || !pause(pauseNanos(outcome, attempt), send)) {
                return unknown == null || outcome instanceof SendOutcome.Sent ? outcome : unknown;
            }
        }
    }

    static boolean mayRepeat(SendOutcome outcome, Send send) {
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
    static boolean mayBeRenewed(SendOutcome outcome) {
        return outcome instanceof NotSent notSent && notSent.isRetryable() && notSent.reason() == Reason.AUTHENTICATION;
    }

    /** A bulk waits for a day that is full, however often SES says so. */
    static boolean isTomorrow(SendOutcome outcome, Send send) {
        return send.waitsForDay() && outcome instanceof NotSent notSent && notSent.reason() == Reason.DAILY_QUOTA;
    }

    static boolean pause(long nanos, Send send) {
        return nanos < send.remainingNanos() && send.pause(nanos);
    }

    long pauseNanos(SendOutcome outcome, int failed) {
        return Math.max(policy.pauseNanos(Math.max(1, failed)), untilRetryAt(outcome));
    }

    private long untilRetryAt(SendOutcome outcome) {
        return outcome instanceof NotSent notSent
                ? notSent.retryAt()
                        .map(at -> Duration.between(time.instant(), at).toNanos())
                        .orElse(0L)
                : 0;
    }
}
