package io.github.sesquill.acceptance.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sesquill.BulkOptions;
import io.github.sesquill.BulkSend;
import io.github.sesquill.PendingSend;
import io.github.sesquill.RetryPolicy;
import io.github.sesquill.SendListener;
import io.github.sesquill.SendOptions;
import io.github.sesquill.SesMailer;
import io.github.sesquill.message.EmailMessage;
import io.github.sesquill.message.EntryBuilder;
import io.github.sesquill.message.TemplateMailing;
import io.github.sesquill.message.TemplateMailing.Entry;
import io.github.sesquill.quota.SendingQuota;
import io.github.sesquill.test.VirtualTime;
import io.github.sesquill.transport.SendOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Two hundred sends in virtual time, all of whose circumstances are drawn from one seed: rate, threads, deadlines, what
 * goes wrong with each attempt, who is interrupted and when the mailer is closed. How threads follow one another is the
 * machine's affair: a seed with several of them does not do the same every time.
 */
final class Simulation {

    private static final int SENDS = 200;

    private final long seed;
    private final SplittableRandom dice;
    private final VirtualTime time = VirtualTime.start();
    private final FaultyTransport transport;
    private final GrantLog guard;
    private final SesMailer mailer;
    private final int threads;
    private final int closesAt;
    private final AtomicInteger toldTwice = new AtomicInteger();
    private boolean bulk;
    private boolean mailing;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger finished = new AtomicInteger();
    private final ConcurrentHashMap<Integer, SendOutcome> outcomes = new ConcurrentHashMap<>();

    private Simulation(long seed) {
        this.seed = seed;
        this.dice = new SplittableRandom(seed);
        this.transport = new FaultyTransport(seed, time);
        this.guard = new GrantLog(quota(), time);
        this.threads = dice.nextInt(3) == 0 ? 2 + dice.nextInt(6) : 1;
        this.closesAt = dice.nextInt(5) == 0 ? dice.nextInt(SENDS) : SENDS;
        this.mailer = SesMailer.builder(transport)
                .quota(guard)
                .time(time)
                .retry(retry())
                .deadline(Duration.ofSeconds(1 + dice.nextInt(120)))
                .concurrency(1 + dice.nextInt(8))
                .bulkShare(dice.nextDouble())
                .queue(1 + dice.nextInt(8), dice.nextBoolean() ? SesMailer.WhenFull.WAIT : SesMailer.WhenFull.REFUSE)
                .listener(new SendListener() {
                    @Override
                    public void finished(SendOutcome outcome, Duration took) {
                        finished.incrementAndGet();
                    }
                })
                .build();
    }

    private SendingQuota quota() {
        double rate = dice.nextBoolean() ? 1 + dice.nextInt(50) : 0.2 + dice.nextDouble() * 3;
        return SendingQuota.of(rate, dice.nextInt(4) == 0 ? 50 + dice.nextInt(300) : 1_000_000);
    }

    private RetryPolicy retry() {
        return RetryPolicy.defaults()
                .attempts(1 + dice.nextInt(6))
                .pauses(Duration.ofMillis(1 + dice.nextInt(500)), Duration.ofMillis(500 + dice.nextInt(10_000)));
    }

    /** Runs what this seed says and holds every invariant against it. */
    static void run(long seed) throws Exception {
        new Simulation(seed).run();
    }

    private void run() throws Exception {
        switch (dice.nextInt(4)) {
            case 0 -> sendSynchronously();
            case 1 -> sendAsynchronously();
            case 2 -> sendInBulk(options -> mailer.sendAll(this::messages, options));
            default -> {
                mailing = true;
                sendInBulk(options -> mailer.sendAll(mailing(), options));
            }
        }
        mailer.close(Duration.ofSeconds(1));
        check();
    }

    private void sendSynchronously() throws Exception {
        List<Thread> senders = new ArrayList<>();
        AtomicThrowable failure = new AtomicThrowable();
        for (int i = 1; i < threads; i++) {
            Thread sender = new Thread(() -> failure.unlessNone(this::send), "simulated-" + seed + '-' + i);
            senders.add(sender);
            sender.start();
        }
        failure.unlessNone(this::send);
        for (Thread sender : senders) {
            sender.join();
        }
        failure.rethrow();
    }

    /** Submits all and cancels some of them, right away or after others. */
    private void sendAsynchronously() {
        List<PendingSend> pending = new ArrayList<>();
        for (int index = 0; index < SENDS; index++) {
            closeAt(index);
            SplittableRandom chance = chance(index);
            pending.add(mailer.sendAsync(message(index, chance), options(index, chance)));
            if (chance.nextInt(10) == 0) {
                pending.get(index - chance.nextInt(Math.min(index + 1, 20))).cancel();
            }
        }
        for (int index = 0; index < SENDS; index++) {
            outcomes.put(index, pending.get(index).join());
        }
    }

    /** Sends all in one bulk, which may be cancelled, be closed or run out of time on the way. */
    private void sendInBulk(Function<BulkOptions, BulkSend> how) throws InterruptedException {
        bulk = true;
        int cancelledAt = dice.nextInt(4) == 0 ? dice.nextInt(SENDS) : SENDS;
        Thread closer = new Thread(() -> mailer.close(Duration.ofSeconds(1)), "simulated-closer-" + seed);
        CompletableFuture<BulkSend> itself = new CompletableFuture<>();
        BulkOptions options = BulkOptions.defaults().onResult(result -> {
            if (outcomes.put((int) result.index(), result.outcome()) != null) {
                toldTwice.incrementAndGet();
            }
            if (outcomes.size() == cancelledAt) {
                itself.join().cancel();
            }
            if (outcomes.size() == closesAt) {
                closer.start();
            }
        });
        BulkSend sending =
                how.apply(dice.nextInt(4) == 0 ? options.deadline(Duration.ofSeconds(1 + dice.nextInt(300))) : options);
        itself.complete(sending);
        BulkSend.Report report = sending.join();
        closer.join();
        assertThat(report.done()).as(report.toString()).isEqualTo(outcomes.size());
        assertThat(report.stopped().isPresent() || report.done() == SENDS)
                .as(report.toString())
                .isTrue();
    }

    private Iterator<EmailMessage> messages() {
        return IntStream.range(0, SENDS)
                .mapToObj(index -> message(index, chance(index)))
                .iterator();
    }

    /** The same messages as entries, as many in a call as the rate allows. */
    private TemplateMailing mailing() {
        return TemplateMailing.from("receipts@acme.example")
                .template("receipt")
                .entries(IntStream.range(0, SENDS)
                        .mapToObj(index -> entry(index, chance(index)))
                        .toList());
    }

    private static Entry entry(int index, SplittableRandom chance) {
        EntryBuilder entry = Entry.to(entryName(index));
        for (int i = recipients(chance); i > 1; i--) {
            entry.bcc("jane" + i + "@example.com");
        }
        return entry.build();
    }

    private static String entryName(int index) {
        return "n" + index + "@example.com";
    }

    private String name(int index) {
        return mailing ? entryName(index) : "n" + index;
    }

    private void closeAt(int index) {
        if (index == closesAt) {
            mailer.close(Duration.ofMillis(index * 7L));
        }
    }

    private SplittableRandom chance(int index) {
        return new SplittableRandom(seed ^ (index * 0x9E3779B97F4A7C15L));
    }

    private void send() {
        int index = next.getAndIncrement();
        while (index < SENDS) {
            closeAt(index);
            SplittableRandom chance = chance(index);
            if (chance.nextInt(50) == 0) {
                Thread.currentThread().interrupt();
            }
            SendOutcome before = outcomes.put(index, mailer.trySend(message(index, chance), options(index, chance)));
            assertThat(before).as("an outcome before the outcome of " + index).isNull();
            boolean ignored = Thread.interrupted();
            index = next.getAndIncrement();
        }
    }

    private static EmailMessage message(int index, SplittableRandom chance) {
        EmailMessage.Builder message =
                EmailMessage.from("receipts@acme.example").subject("n" + index).text("Thank you.");
        for (int i = recipients(chance); i > 0; i--) {
            message.to("jane" + i + "@example.com");
        }
        return message.build();
    }

    private static int recipients(SplittableRandom chance) {
        return chance.nextInt(10) > 0 ? 1 : 1 + chance.nextInt(chance.nextBoolean() ? 4 : 50);
    }

    private static SendOptions options(int index, SplittableRandom chance) {
        SendOptions options = chance.nextInt(3) == 0 ? SendOptions.defaults().bulk() : SendOptions.defaults();
        options = chance.nextInt(5) == 0 ? options.deadline(Duration.ofMillis(1 + chance.nextInt(5000))) : options;
        return isAtLeastOnce(index) ? options.atLeastOnce() : options;
    }

    private static boolean isAtLeastOnce(int index) {
        return index % 20 == 7;
    }

    private void check() {
        if (!bulk) {
            assertThat(outcomes).as("one outcome each").hasSize(SENDS);
        }
        assertThat(toldTwice).hasValue(0);
        assertThat(finished).as("told once each").hasValue(outcomes.size());
        for (int index = 0; index < SENDS; index++) {
            if (!outcomes.containsKey(index)) {
                assertThat(transport.ledger().times(name(index)))
                        .as("never taken from the source")
                        .isZero();
            }
        }
        outcomes.forEach((index, outcome) -> {
            if (!bulk && isAtLeastOnce(index)) {
                checkAtLeastOnce(name(index), outcome);
            } else {
                transport.ledger().holdAgainst(name(index), outcome);
            }
        });
        guard.assertRate();
    }

    /** Repeating what is unknown is allowed here, and saying what is not so is not. */
    private void checkAtLeastOnce(String subject, SendOutcome outcome) {
        int times = transport.ledger().times(subject);
        if (outcome instanceof SendOutcome.Sent) {
            assertThat(times).as(subject).isPositive();
        } else if (outcome instanceof SendOutcome.NotSent) {
            assertThat(times).as(subject).isZero();
        }
    }

    /** The first failure of any thread. */
    private static final class AtomicThrowable {

        private volatile @Nullable Throwable first;

        void unlessNone(Runnable task) {
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                first = e;
            }
        }

        void rethrow() {
            Throwable failure = first;
            if (failure != null) {
                throw new AssertionError("A sender failed.", failure);
            }
        }
    }
}
