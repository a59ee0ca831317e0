package io.github.sesquill;

import io.github.sesquill.time.TimeSource;
import io.github.sesquill.transport.SendOutcome;
import io.github.sesquill.transport.SendOutcome.NotSent;
import io.github.sesquill.transport.SendOutcome.Unknown;

/**
 * Tries again what is certainly not sent and may pass, and on request what is unknown. Once an attempt was unknown the
 * message may be at SES, so the end is then sent or unknown, whatever later attempts say. A wrong clock and an expired
 * token are tried again once. What would be tried again but for having been cancelled says that, lest the caller does it.
 */
record Retries(RetryPolicy policy, TimeSource time) implements Stage {

    @Override
    public SendOutcome pass(Send send, Next next) {
        Tries tries = begin();
        SendOutcome outcome = next.proceed(send);
        SendOutcome stands = outcome;
        while (tries.mayGoAgain(outcome, send)) {
            if (!tries.pause(send)) {
                return send.isBrokenOff() ? whatStands(stands, send.cancelled()) : stands;
            }
            outcome = next.proceed(send);
            stands = whatStands(stands, outcome);
        }
        return stands;
    }

    Tries begin() {
        return new Tries(policy, time);
    }

    /** Once an attempt was unknown SES may have the message, so the end is sent or unknown. */
    static SendOutcome whatStands(SendOutcome before, SendOutcome now) {
        return before instanceof Unknown && now instanceof NotSent ? before : now;
    }
}
