package io.github.sesquill;

import io.github.sesquill.quota.QuotaGuard;
import io.github.sesquill.quota.QuotaGuard.Demand;
import io.github.sesquill.quota.QuotaGuard.Permit;
import io.github.sesquill.quota.QuotaGuard.Use;
import io.github.sesquill.time.TimeSource;
import io.github.sesquill.transport.SendOutcome;
import java.time.Duration;

/** Takes one permit for each recipient before an attempt and says afterwards what became of it. */
record WithinQuota(SendLine line, QuotaGuard guard, TimeSource time, Listeners listeners) implements Stage {

    @Override
    public SendOutcome pass(Send send, Next next) {
        Demand demand = send.demand();
        long start = time.nanoTime();
        SendLine.Admission admission = line.admit(send, demand);
        long waited = time.nanoTime() - start;
        if (admission.refusal() != null) {
            return admission.refusal();
        }
        if (admission.permit() == null) {
            throw new IllegalStateException("an admission has neither permit nor refusal");
        }
        listeners.waited(demand.recipients(), Duration.ofNanos(waited));
        return spend(admission.permit(), send, next);
    }

    private SendOutcome spend(Permit permit, Send send, Next next) {
        Use use = Use.SPENT;
        try {
            SendOutcome outcome = next.proceed(send);
            use = useOf(outcome);
            return outcome;
        } finally {
            guard.settle(permit, use);
        }
    }

    /** What SES may have counts as spent. */
    private static Use useOf(SendOutcome outcome) {
        if (!(outcome instanceof SendOutcome.NotSent notSent)) {
            return Use.SPENT;
        }
        return switch (notSent.reason()) {
            case THROTTLED -> Use.THROTTLED;
            case DAILY_QUOTA -> Use.DAILY_QUOTA;
            default -> Use.NOT_SENT;
        };
    }
}
