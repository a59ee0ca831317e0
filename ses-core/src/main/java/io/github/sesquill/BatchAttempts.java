package io.github.sesquill;

import io.github.sesquill.message.TemplateMailing;
import io.github.sesquill.quota.QuotaGuard;
import io.github.sesquill.quota.QuotaGuard.Demand;
import io.github.sesquill.quota.QuotaGuard.Permit;
import io.github.sesquill.quota.QuotaGuard.Use;
import io.github.sesquill.time.TimeSource;
import io.github.sesquill.transport.EmailTransport;
import io.github.sesquill.transport.SendOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the attempts at a batch: all its entries at first, then only those that may be tried again. */
record BatchAttempts(
        EmailTransport transport,
        Retries retries,
        WithinQuota quota,
        QuotaGuard guard,
        AttemptIds ids,
        Listeners listeners,
        TimeSource time) {

    private static final Logger LOG = LoggerFactory.getLogger(SesMailer.class);

    /** SES API reference, {@code SendBulkEmail} and "Common errors": of the call as a whole, unlike statuses. */
    private static final Set<String> MALFORMED = Set.of("BadRequestException", "ValidationException");

    /** Sends entries until each has an outcome that stands. */
    Map<Send, SendOutcome> send(TemplateMailing mailing, Map<Send, TemplateMailing.Entry> entries, Send whole) {
        IdentityHashMap<Send, SendOutcome> answers = new IdentityHashMap<>();
        Map<Send, TemplateMailing.Entry> open = entries;
        Tries tries = retries.begin();
        while (true) {
            List<SendOutcome> outcomes = attempt(mailing, open, whole);
            if (outcomes.size() > 1 && outcomes.stream().allMatch(BatchAttempts::isMalformed)) {
                halves(open)
                        .forEach(half -> send(mailing, half, whole)
                                .forEach((send, outcome) -> answers.merge(send, outcome, Retries::whatStands)));
                return answers;
            }
            Map<Send, TemplateMailing.Entry> again = new LinkedHashMap<>();
            int index = 0;
            for (Map.Entry<Send, TemplateMailing.Entry> entry : open.entrySet()) {
                SendOutcome outcome = outcomes.get(index++);
                answers.merge(entry.getKey(), outcome, Retries::whatStands);
                if (tries.mayGoAgain(outcome, entry.getKey())) {
                    again.put(entry.getKey(), entry.getValue());
                }
            }
            if (again.isEmpty()) {
                return answers;
            }
            if (!tries.pause(whole)) {
                if (whole.isBrokenOff()) {
                    again.keySet().forEach(send -> answers.merge(send, send.cancelled(), Retries::whatStands));
                }
                return answers;
            }
            open = again;
        }
    }

    /**
     * A call that SES calls malformed is refused for all, though one entry is to blame: in halves, and halves of them, the
     * others go out.
     */
    private static boolean isMalformed(SendOutcome outcome) {
        return outcome instanceof SendOutcome.NotSent refused
                && refused.code().filter(MALFORMED::contains).isPresent();
    }

    private static List<Map<Send, TemplateMailing.Entry>> halves(Map<Send, TemplateMailing.Entry> entries) {
        Map<Send, TemplateMailing.Entry> first = new LinkedHashMap<>();
        Map<Send, TemplateMailing.Entry> second = new LinkedHashMap<>();
        entries.forEach((send, entry) -> (first.size() < entries.size() / 2 ? first : second).put(send, entry));
        return List.of(first, second);
    }

    private List<SendOutcome> attempt(TemplateMailing mailing, Map<Send, TemplateMailing.Entry> entries, Send whole) {
        SendLine.Admission admission = quota.admit(whole, demand(entries));
        if (admission.refusal() != null) {
            return Collections.nCopies(entries.size(), admission.refusal());
        }
        Permit permit = admission.permitted();
        List<SendOutcome> outcomes = List.of();
        try {
            outcomes = exchanged(mailing, entries, whole);
            outcomes.stream()
                    .filter(outcome -> WithinQuota.isPaused(outcome))
                    .findFirst()
                    .ifPresent(paused -> quota.stopOthers(whole, paused));
            return outcomes;
        } finally {
            settle(permit, List.copyOf(entries.keySet()), outcomes);
        }
    }

    private static Demand demand(Map<Send, TemplateMailing.Entry> entries) {
        int recipients = 0;
        int counted = 0;
        for (Send send : entries.keySet()) {
            recipients += send.demand().recipients();
            counted += send.demand().countedPerDay();
        }
        return Demand.of(recipients, counted);
    }

    private List<SendOutcome> exchanged(TemplateMailing mailing, Map<Send, TemplateMailing.Entry> entries, Send whole) {
        HandOffGate gate = whole.beginAttempt(ids.next());
        long start = time.nanoTime();
        List<SendOutcome> said = said(mailing, List.copyOf(entries.values()), gate);
        Duration took = Duration.ofNanos(time.nanoTime() - start);
        List<SendOutcome> outcomes = new ArrayList<>(said.size());
        for (Send send : entries.keySet()) {
            String id = gate.id(outcomes.size());
            SendOutcome outcome = gate.judge(said.get(outcomes.size())).withTrail(List.of(id), List.of());
            send.attempted(id);
            send.endAttempt(outcome);
            outcomes.add(outcome);
            listeners.attempted(id, outcome, took);
        }
        whole.endAttempt();
        return outcomes;
    }

    private List<SendOutcome> said(TemplateMailing mailing, List<TemplateMailing.Entry> entries, HandOffGate gate) {
        RuntimeException failure;
        try {
            List<SendOutcome> outcomes = transport.sendBatch(mailing, entries, gate);
            if (outcomes.size() == entries.size()) {
                return outcomes;
            }
            failure = new IllegalStateException(outcomes.size() + " outcomes for " + entries.size() + " entries");
        } catch (RuntimeException e) {
            failure = e;
        }
        LOG.warn(
                "Attempt {} failed inside the transport with {}.",
                gate.id(),
                failure.getClass().getName());
        return Collections.nCopies(entries.size(), gate.judge(failure));
    }

    /** What SES may have is spent; the rest is given back, and the call as a whole was throttled if any of it was. */
    private void settle(Permit permit, List<Send> sends, List<SendOutcome> outcomes) {
        if (outcomes.isEmpty()) {
            guard.settle(permit, Use.SPENT);
            return;
        }
        Use rest = Use.NOT_SENT;
        int spent = 0;
        for (int i = 0; i < outcomes.size(); i++) {
            Use use = WithinQuota.useOf(outcomes.get(i));
            spent += use == Use.SPENT ? sends.get(i).demand().countedPerDay() : 0;
            rest = use == Use.DAILY_QUOTA || (use == Use.THROTTLED && rest == Use.NOT_SENT) ? use : rest;
        }
        guard.settle(permit, rest, spent);
    }
}
