package io.github.sesquill;

import io.github.sesquill.message.EmailMessage;
import io.github.sesquill.message.TemplateMailing;
import io.github.sesquill.transport.EmailTransport;
import io.github.sesquill.transport.SendOutcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A transport that does what a test says, and keeps a ledger of what was handed over to it. */
final class ScriptedTransport implements EmailTransport {

    final AtomicInteger attempts = new AtomicInteger();
    final AtomicInteger batches = new AtomicInteger();
    final List<Integer> batchSizes = Collections.synchronizedList(new ArrayList<>());
    volatile boolean closed;
    volatile int batchLimit;

    /** How often the message with this subject, or the entry for this address, was handed over. */
    final Map<String, Integer> ledger = new ConcurrentHashMap<>();

    private volatile BiFunction<EmailMessage, Attempt, SendOutcome> script = this::take;
    private final CountDownLatch handedOver = new CountDownLatch(1);

    /** Has every attempt go this way. */
    ScriptedTransport then(BiFunction<EmailMessage, Attempt, SendOutcome> how) {
        script = how;
        return this;
    }

    /** Takes the message and says so. */
    SendOutcome take(EmailMessage message, Attempt attempt) {
        if (!attempt.handOff()) {
            return SendOutcome.notSent(SendOutcome.Reason.CANCELLED, "the gate is shut");
        }
        ledger.merge(key(message), 1, Integer::sum);
        return SendOutcome.sent("id-" + attempt.id(), "<id@email.amazonses.com>");
    }

    static String key(EmailMessage message) {
        return message.recipients().get(0).address();
    }

    /** Never answers until it is broken off: before the hand-off, or after it. */
    SendOutcome hang(EmailMessage message, Attempt attempt, boolean handOver) {
        CountDownLatch broken = new CountDownLatch(1);
        if (handOver) {
            take(message, attempt);
        }
        attempt.onAbort(broken::countDown);
        handedOver.countDown();
        try {
            broken.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return handOver
                ? SendOutcome.unknown("broken off")
                : SendOutcome.notSent(SendOutcome.Reason.UNAVAILABLE, "broken off");
    }

    void awaitHanging() throws InterruptedException {
        handedOver.await();
    }

    @Override
    public SendOutcome send(EmailMessage message, Attempt attempt) {
        attempts.incrementAndGet();
        return script.apply(message, attempt);
    }

    @Override
    public int batchLimit() {
        return batchLimit;
    }

    private @Nullable BiFunction<EmailMessage, Integer, SendOutcome> entryScript;

    /** Has every entry of a batch end this way, told its message and the number of the batch. */
    ScriptedTransport thenEntries(BiFunction<EmailMessage, Integer, SendOutcome> how) {
        batchLimit = 50;
        entryScript = how;
        return this;
    }

    private Function<List<EmailMessage>, @Nullable SendOutcome> batchScript = messages -> null;

    /** Has a batch end this way as a whole, if the script says anything. */
    ScriptedTransport thenBatches(Function<List<EmailMessage>, @Nullable SendOutcome> how) {
        batchLimit = 50;
        batchScript = how;
        return this;
    }

    @Override
    public List<SendOutcome> sendBatch(TemplateMailing mailing, List<TemplateMailing.Entry> entries, Attempt attempt) {
        int number = batches.incrementAndGet();
        batchSizes.add(entries.size());
        if (!attempt.handOff()) {
            return Collections.nCopies(
                    entries.size(), SendOutcome.notSent(SendOutcome.Reason.CANCELLED, "the gate is shut"));
        }
        SendOutcome forAll =
                batchScript.apply(entries.stream().map(mailing::message).toList());
        if (forAll != null) {
            return Collections.nCopies(entries.size(), forAll);
        }
        List<SendOutcome> outcomes = new ArrayList<>();
        for (TemplateMailing.Entry entry : entries) {
            EmailMessage message = mailing.message(entry);
            SendOutcome outcome = entryScript == null
                    ? SendOutcome.sent("id-" + attempt.id(outcomes.size()), "<id@email.amazonses.com>")
                    : entryScript.apply(message, number);
            if (!(outcome instanceof SendOutcome.NotSent)) {
                ledger.merge(key(message), 1, Integer::sum);
            }
            outcomes.add(outcome);
        }
        return outcomes;
    }

    @Override
    public void close() {
        closed = true;
    }

    static EmailMessage mail(int number) {
        return EmailMessage.from("news@acme.example")
                .to("jane" + number + "@example.com")
                .subject("Hello")
                .text("Hello")
                .build();
    }
}
