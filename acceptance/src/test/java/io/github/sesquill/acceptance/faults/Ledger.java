package io.github.sesquill.acceptance.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sesquill.transport.SendOutcome;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** What a server took and how often, by message and by attempt: the truth that outcomes are held against. */
final class Ledger {

    private final Map<String, Integer> messages = new ConcurrentHashMap<>();
    private final Map<String, Integer> attempts = new ConcurrentHashMap<>();
    private final AtomicInteger size = new AtomicInteger();

    /** Notes a message by its subject, and the attempt that brought it. */
    void take(String subject, String attempt) {
        messages.merge(subject, 1, Integer::sum);
        attempts.merge(attempt, 1, Integer::sum);
        size.incrementAndGet();
    }

    int times(String subject) {
        return messages.getOrDefault(subject, 0);
    }

    /** Returns how much was taken in all, twice if it came twice. */
    int size() {
        return size.get();
    }

    long takenTwice() {
        return messages.values().stream().filter(times -> times > 1).count();
    }

    /** Sent if and only if it is here, once; not sent, so not here; unknown, so here once at most. */
    void holdAgainst(String subject, SendOutcome outcome) {
        String what = subject + ": " + describe(outcome);
        int times = times(subject);
        if (outcome instanceof SendOutcome.Sent) {
            assertThat(times).as(what).isOne();
            assertThat(outcome.attemptIds()).as(what).anyMatch(attempts::containsKey);
        } else if (outcome instanceof SendOutcome.NotSent) {
            assertThat(times).as(what).isZero();
        } else {
            assertThat(times).as(what).isLessThanOrEqualTo(1);
        }
        outcome.attemptIds()
                .forEach(id -> assertThat(attempts.getOrDefault(id, 0))
                        .as(what + ", attempt " + id)
                        .isLessThanOrEqualTo(1));
    }

    static String describe(SendOutcome outcome) {
        return outcome + " " + outcome.fold(sent -> "", SendOutcome.NotSent::detail, SendOutcome.Unknown::detail);
    }
}
