package io.github.sesquill;

import io.github.sesquill.quota.QuotaGuard;
import io.github.sesquill.quota.QuotaGuard.Demand;
import io.github.sesquill.quota.QuotaGuard.Permit;
import io.github.sesquill.quota.QuotaGuard.Use;
import io.github.sesquill.time.TimeSource;
import io.github.sesquill.transport.SendOutcome;
import io.github.sesquill.transport.SendOutcome.Reason;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes one permit for each recipient before an attempt and says afterwards what became of it. */
record WithinQuota(SendLine line, QuotaGuard guard, TimeSource time, Listeners listeners) implements Stage {

    private static final Logger LOG = LoggerFactory.getLogger(SesMailer.class);

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
            stopOthers(send, outcome);
            return outcome;
        } finally {
            guard.settle(permit, use);
        }
    }

    /** Where sending is paused or the account suspended, those who wait would only be told the same one by one. */
    private void stopOthers(Send send, SendOutcome outcome) {
        if (!(outcome instanceof SendOutcome.NotSent paused) || paused.reason() != Reason.SENDING_PAUSED) {
            return;
        }
        boolean ofSet = paused.detail().toLowerCase(Locale.ROOT).contains("configuration set");
        Optional<String> set = send.message().configurationSet();
        LOG.warn(
                "SES has paused sending of the {}; what waits for quota is not tried.",
                ofSet ? "configuration set" : "account");
        line.turnAway(other -> !ofSet || other.message().configurationSet().equals(set), paused);
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
