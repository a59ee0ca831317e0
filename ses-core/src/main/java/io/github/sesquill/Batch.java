package io.github.sesquill;

import io.github.sesquill.message.TemplateMailing;
import io.github.sesquill.transport.SendOutcome;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A few mails of one mailing on their way to one call. Each runs through interceptors, suppression and pre-flight as any
 * message does, and there runs the next one, so that all are inside when the batch goes out and each has its own way back.
 */
final class Batch {

    private final TemplateMailing mailing;
    private final List<Send> sends;
    private final Pipeline pipeline;
    private final BatchAttempts attempts;
    private final Send whole;
    private final Map<Send, TemplateMailing.Entry> gathered = new LinkedHashMap<>();
    private final IdentityHashMap<Send, SendOutcome> outcomes = new IdentityHashMap<>();
    private Map<Send, SendOutcome> answers = Map.of();

    /**
     * Begins a batch.
     *
     * @param whole what waits, is cancelled and passes the gate for all
     */
    Batch(TemplateMailing mailing, List<Send> sends, Send whole, Pipeline pipeline, BatchAttempts attempts) {
        this.mailing = mailing;
        this.sends = sends;
        this.whole = whole;
        this.pipeline = pipeline;
        this.attempts = attempts;
    }

    /** Sends all; answers what became of each, in order. */
    List<SendOutcome> send() {
        sends.forEach(send -> send.in(this));
        run(0);
        return sends.stream()
                .map(send -> Objects.requireNonNull(outcomes.get(send), "every mail has an outcome"))
                .toList();
    }

    boolean isCancelled() {
        return whole.isCancelled();
    }

    boolean isHandedOver() {
        return whole.isHandedOver();
    }

    private void run(int index) {
        if (index == sends.size()) {
            answers = gathered.isEmpty() ? Map.of() : attempts.send(mailing, gathered, whole);
            return;
        }
        Send send = sends.get(index);
        SendOutcome outcome = pipeline.outcome(send);
        if (!gathered.containsKey(send)) {
            run(index + 1);
        }
        outcomes.put(send, pipeline.finished(send, outcome));
    }

    /** Takes a mail in, or sends it alone: again, or because it was changed into what no entry can say. */
    SendOutcome gather(Send send, Stage.Next alone) {
        Optional<TemplateMailing.Entry> entry = mailing.entry(send.message());
        if (entry.isEmpty() || gathered.containsKey(send)) {
            whole.goesOnAs(send);
            try {
                return alone.proceed(send);
            } finally {
                whole.goesOnAs(null);
            }
        }
        gathered.put(send, entry.get());
        run(sends.indexOf(send) + 1);
        return Objects.requireNonNull(answers.get(send), "every mail that was gathered has an answer");
    }
}
