package io.github.sesquill.acceptance.faults;

import io.github.sesquill.SesMailer;
import io.github.sesquill.message.EmailMessage;
import io.github.sesquill.transport.SendOutcome;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;

/** Many messages from many threads, numbered in their subjects, and in a few bytes each what the server took of them. */
final class Load {

    static final int NONE = 0;
    static final int SENT = 1;
    static final int NOT_SENT = 2;
    static final int UNKNOWN = 3;

    private static final long SECOND = 1_000_000_000L;

    /** Room for what is taken twice, which a failure then says. */
    private static final int SPARE = 1000;

    private final int messages;
    private final AtomicIntegerArray taken;
    private final AtomicIntegerArray outcomes;
    private final AtomicLongArray times;
    private final AtomicInteger takenInAll = new AtomicInteger();
    private final AtomicInteger retried = new AtomicInteger();
    private final AtomicInteger next = new AtomicInteger();
    private final long start = System.nanoTime();
    private volatile long usedEarly;
    private volatile long usedLate;

    Load(int messages) {
        this.messages = messages;
        this.taken = new AtomicIntegerArray(messages);
        this.outcomes = new AtomicIntegerArray(messages);
        this.times = new AtomicLongArray(messages + SPARE);
    }

    /** Notes that the server took the message with this subject, now. */
    void take(String subject) {
        taken.incrementAndGet(Integer.parseInt(subject.substring(1)));
        int at = takenInAll.getAndIncrement();
        if (at < times.length()) {
            times.set(at, System.nanoTime() - start);
        }
    }

    /** Sends everything, each thread one after the other. */
    void send(SesMailer mailer, int threads) throws InterruptedException {
        ExecutorService senders = Executors.newFixedThreadPool(threads);
        CountDownLatch done = new CountDownLatch(threads);
        for (int i = 0; i < threads; i++) {
            senders.execute(() -> {
                try {
                    sendAll(mailer);
                } finally {
                    done.countDown();
                }
            });
        }
        done.await();
        senders.shutdown();
        usedLate = usedHeap();
    }

    private void sendAll(SesMailer mailer) {
        for (int index = next.getAndIncrement(); index < messages; index = next.getAndIncrement()) {
            if (index == messages / 5) {
                usedEarly = usedHeap();
            }
            end(index, mailer.trySend(message(index)));
        }
    }

    static EmailMessage message(int index) {
        return Fault.message("n" + index, 300);
    }

    /** Notes an outcome; a second one for the same message is an error. */
    void end(int index, SendOutcome outcome) {
        int which = outcome.fold(sent -> SENT, notSent -> NOT_SENT, unknown -> UNKNOWN);
        if (!outcomes.compareAndSet(index, NONE, which)) {
            throw new AssertionError("Message " + index + " has two outcomes.");
        }
        if (outcome.attemptIds().size() > 1) {
            retried.incrementAndGet();
        }
    }

    private static long usedHeap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    int count(int outcome) {
        int count = 0;
        for (int i = 0; i < messages; i++) {
            count += outcomes.get(i) == outcome ? 1 : 0;
        }
        return count;
    }

    /** Counts what cannot be: sent and not taken, or not sent and taken. */
    int lies() {
        int lies = 0;
        for (int i = 0; i < messages; i++) {
            lies += (outcomes.get(i) == SENT && taken.get(i) == 0) || (outcomes.get(i) == NOT_SENT && taken.get(i) > 0)
                    ? 1
                    : 0;
        }
        return lies;
    }

    int takenTwice() {
        int twice = 0;
        for (int i = 0; i < messages; i++) {
            twice += taken.get(i) > 1 ? 1 : 0;
        }
        return twice;
    }

    /** Counts messages that the server did not take and of which nobody was told. */
    int lost() {
        int lost = 0;
        for (int i = 0; i < messages; i++) {
            lost += outcomes.get(i) == NONE || (outcomes.get(i) == SENT && taken.get(i) == 0) ? 1 : 0;
        }
        return lost;
    }

    /** Returns how many messages were attempted more than once. */
    int retried() {
        return retried.get();
    }

    /** Returns the most that the server took in any second, wherever that second begins. */
    int mostInASecond() {
        long[] sorted = new long[Math.min(takenInAll.get(), times.length())];
        Arrays.setAll(sorted, times::get);
        Arrays.sort(sorted);
        int most = 0;
        int first = 0;
        for (int last = 0; last < sorted.length; last++) {
            while (sorted[last] - sorted[first] >= SECOND) {
                first++;
            }
            most = Math.max(most, last - first + 1);
        }
        return most;
    }

    /** Returns how much more of the heap was in use at the end than after a fifth, in bytes. */
    long growth() {
        return usedLate - usedEarly;
    }

    /** Says what was seen. */
    Map<String, String> figures() {
        double seconds = (System.nanoTime() - start) / 1e9;
        return Map.of(
                "retried", String.valueOf(retried()),
                "messages", String.valueOf(messages),
                "messages a second", String.format("%.0f", messages / seconds),
                "sent", String.valueOf(count(SENT)),
                "not sent", String.valueOf(count(NOT_SENT)),
                "unknown", String.valueOf(count(UNKNOWN)),
                "lost", String.valueOf(lost()),
                "twice", String.valueOf(takenTwice()),
                "most in a second", String.valueOf(mostInASecond()),
                "heap growth", growth() / 1024 + " KiB");
    }
}
