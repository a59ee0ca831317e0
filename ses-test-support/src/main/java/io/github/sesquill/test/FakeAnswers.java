package io.github.sesquill.test;

import io.github.sesquill.test.engine.Accepted;
import io.github.sesquill.test.engine.Answer;
import io.github.sesquill.test.engine.Lost;
import io.github.sesquill.test.engine.Refused;
import io.github.sesquill.test.engine.SesEngine;
import io.github.sesquill.time.TimeSource;
import io.github.sesquill.transport.SendOutcome;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** What the fake answers to an attempt: what a script says, or else what the rules do. Thread-safe. */
final class FakeAnswers {

    private final SesEngine engine;
    private final TimeSource time;
    private final Queue<Supplier<? extends SendOutcome>> script = new ConcurrentLinkedQueue<>();
    private final Queue<RefusedMessage> refused = new ConcurrentLinkedQueue<>();

    FakeAnswers(SesEngine engine, TimeSource time) {
        this.engine = engine;
        this.time = time;
    }

    void enqueue(Supplier<? extends SendOutcome> answer) {
        script.add(answer);
    }

    List<RefusedMessage> refused() {
        return List.copyOf(refused);
    }

    SendOutcome to(MessageSubmission submission) {
        Supplier<? extends SendOutcome> scripted = script.poll();
        return scripted == null ? judged(submission) : played(scripted.get(), submission);
    }

    private SendOutcome judged(MessageSubmission submission) {
        return outcome(engine.submit(submission), submission);
    }

    private SendOutcome outcome(Answer answer, MessageSubmission submission) {
        if (answer instanceof Accepted accepted) {
            return SendOutcome.sent(accepted.messageId(), accepted.wireMessageId());
        }
        if (answer instanceof Refused no) {
            return refused(submission, SesFault.outcome(no.refusal()));
        }
        boolean taken = ((Lost) answer).accepted().isPresent();
        return taken ? SesFault.silence() : refused(submission, SesFault.silence());
    }

    /** Answers the entries of a batch, in order. */
    List<SendOutcome> toAll(List<MessageSubmission> entries) {
        Supplier<? extends SendOutcome> scripted = script.poll();
        if (scripted != null) {
            SendOutcome outcome = scripted.get();
            return entries.stream().map(entry -> played(outcome, entry)).toList();
        }
        List<Answer> answers = engine.submitBulk(entries);
        return IntStream.range(0, entries.size())
                .mapToObj(i -> outcome(answers.get(i), entries.get(i)))
                .toList();
    }

    /** Answers what the script says; SES has the message if the answer says that it accepted it. */
    private SendOutcome played(SendOutcome answer, MessageSubmission submission) {
        if (answer instanceof SendOutcome.Sent sent) {
            engine.force(submission, sent.messageId(), sent.wireMessageId());
            return answer;
        }
        if (answer instanceof SendOutcome.Unknown unknown && unknown.accepted()) {
            engine.force(submission);
            return answer;
        }
        return refused(submission, answer);
    }

    private SendOutcome refused(MessageSubmission submission, SendOutcome answer) {
        refused.add(new RefusedMessage(submission.message(), answer, time.instant(), submission.attemptId()));
        return answer;
    }
}
