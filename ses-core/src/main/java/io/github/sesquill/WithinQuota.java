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

    /** SES API reference, {@code BulkEmailEntryResult}. */
    private static final String SET_PAUSED = "CONFIGURATION_SET_SENDING_PAUSED";

    @Override
    public SendOutcome pass(Send send, Next next) {
        SendLine.Admission admission = admit(send, send.demand());
        if (admission.refusal() != null) {
            return admission.refusal();
        }
        return spend(admission.permitted(), send, next);
    }

    /** Waits for leave to make one attempt. */
    SendLine.Admission admit(Send send, Demand demand) {
        long start = time.nanoTime();
        SendLine.Admission admission = admitted(send, demand);
        if (admission.permit() != null) {
            listeners.waited(demand.recipients(), Duration.ofNanos(time.nanoTime() - start));
        }
        return admission;
    }

    private SendLine.Admission admitted(Send send, Demand demand) {
        try {
            return line.admit(send, demand);
        } catch (RuntimeException e) {
            String what = e.getClass().getName();
            LOG.warn("The guard of the quota failed with {}.", what);
            return SendLine.Admission.refused(
                    SendOutcome.notSent(Reason.UNAVAILABLE, "The guard of the quota failed with " + what + '.')
                            .retryable(null));
        } finally {
            send.leavesLine();
        }
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
    void stopOthers(Send send, SendOutcome outcome) {
        if (!isPaused(outcome) || !(outcome instanceof SendOutcome.NotSent paused)) {
            return;
        }
        boolean ofSet = isOfSet(paused);
        Optional<String> set = send.message().configurationSet();
        LOG.warn(
                "SES has paused sending of the {}; what waits for quota is not tried.",
                ofSet ? "configuration set" : "account");
        line.turnAway(other -> !ofSet || other.message().configurationSet().equals(set), paused);
    }

    static boolean isPaused(SendOutcome outcome) {
        return outcome instanceof SendOutcome.NotSent notSent && notSent.reason() == Reason.SENDING_PAUSED;
    }

    /** Tells whether only a configuration set is paused: a batch says so by a status, all else in words. */
    static boolean isOfSet(SendOutcome.NotSent paused) {
        return paused.code().filter(SET_PAUSED::equals).isPresent()
                || paused.detail().toLowerCase(Locale.ROOT).contains("configuration set");
    }

    /** What SES may have counts as spent. */
    static Use useOf(SendOutcome outcome) {
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
