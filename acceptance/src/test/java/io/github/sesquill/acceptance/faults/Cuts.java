package io.github.sesquill.acceptance.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sesquill.BulkOptions;
import io.github.sesquill.BulkSend;
import io.github.sesquill.RetryPolicy;
import io.github.sesquill.SendListener;
import io.github.sesquill.SesMailer;
import io.github.sesquill.acceptance.faults.CuttingProxy.Direction;
import io.github.sesquill.quota.SendingQuota;
import io.github.sesquill.transport.EmailTransport;
import io.github.sesquill.transport.SendOutcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Sends through a proxy that ends the connection after each byte there is, one after the other. Once it is cut what may be
 * tried again is, over a connection that holds: so nothing is lost, and the ledger shows what came twice. Every cut within
 * an exchange must have been made, and each on the right side of the line of no return.
 */
final class Cuts {

    private static final int WORKERS = 6;
    private static final int SEND_TEXT = 3 * 1024;
    private static final int BULK_TEXT = 10;

    /** More than the buffers of a connection on loopback. */
    private static final int LARGE_TEXT = 8_000_000;

    /** The ids of a mailer's attempts are equally long from this attempt to far beyond the last of so many bulks of 20. */
    private static final int LANE_BEGINS = 36;

    private static final int LANE_ENDS = 50;

    private static final int MIB = 1024 * 1024;

    /** So much of the end is cut at every byte. */
    private static final int END = 16;

    /** What was cut, and what came of it. */
    record Tally(int cuts, int triedAgain, int unknown, int notSent) {}

    private final int port;
    private final Ledger ledger;
    private final boolean serverKeepsConnections;
    private final Function<CuttingProxy, EmailTransport> transports;
    private final RetryPolicy retry;
    private final AtomicInteger subjects = new AtomicInteger();
    private final AtomicInteger cuts = new AtomicInteger();
    private final AtomicInteger triedAgain = new AtomicInteger();
    private final AtomicInteger unknown = new AtomicInteger();
    private final AtomicInteger notSent = new AtomicInteger();

    /**
     * @param port where the server is
     * @param ledger what the server took
     * @param serverKeepsConnections whether one connection carries several messages
     * @param transports makes a transport that sends through a proxy
     */
    Cuts(int port, Ledger ledger, boolean serverKeepsConnections, Function<CuttingProxy, EmailTransport> transports) {
        this(
                port,
                ledger,
                serverKeepsConnections,
                transports,
                RetryPolicy.defaults().pauses(Duration.ofMillis(1), Duration.ofMillis(1)));
    }

    private Cuts(
            int port,
            Ledger ledger,
            boolean serverKeepsConnections,
            Function<CuttingProxy, EmailTransport> transports,
            RetryPolicy retry) {
        this.port = port;
        this.ledger = ledger;
        this.serverKeepsConnections = serverKeepsConnections;
        this.transports = transports;
        this.retry = retry;
    }

    /** The same, but nothing is tried again. */
    Cuts withoutRetries() {
        return new Cuts(port, ledger, serverKeepsConnections, transports, RetryPolicy.none());
    }

    private SesMailer.Builder builder(EmailTransport transport) {
        return SesMailer.builder(transport)
                .quota(SendingQuota.of(100_000, 100_000_000))
                .retry(retry)
                .drainLimit(Duration.ZERO)
                .concurrency(1);
    }

    /** Sends something in one exchange and answers what became of it. */
    interface Sending {
        List<SendOutcome> by(SesMailer mailer);
    }

    /** One message, and what it says. */
    Sending oneMessage() {
        return mailer -> List.of(send(mailer, SEND_TEXT));
    }

    /** One message that no buffer holds. */
    Sending oneLargeMessage() {
        return mailer -> List.of(send(mailer, LARGE_TEXT));
    }

    /** So many messages of one mailing, in one call where the transport can. */
    Sending oneBatch(int messages) {
        return mailer -> sendBatch(mailer, messages);
    }

    /** What an exchange carries in a direction, and where in it the last word of that side begins. */
    private record Wire(Direction direction, long lastWord, long all) {

        static Wire measured(CuttingProxy proxy, Direction direction) {
            return new Wire(direction, proxy.carriedBeforeTheLastWord(direction), proxy.carried(direction));
        }

        /** Every byte of the headers and of the end, and each KiB between; and two bytes that never come. */
        LongStream positions(long headers) {
            LongStream head = LongStream.range(0, Math.min(headers, all));
            LongStream between = LongStream.iterate(headers, at -> at < all - END, at -> at + 1024);
            LongStream end = LongStream.rangeClosed(Math.max(headers, all - END), all + 2);
            return LongStream.concat(head, LongStream.concat(between, end)).distinct();
        }

        /** Finds here what is as far from the end of another, where it is of the end. */
        long likeIn(Wire other, long at) {
            return at < other.all - END ? at : at - other.all + all;
        }

        boolean isBeforeTheLine(long at) {
            return at < lastWord;
        }

        String cutAt(long at, SendOutcome outcome) {
            return direction + " cut at " + at + " of " + all + ": " + Ledger.describe(outcome);
        }
    }

    /** Cuts what is sent at each byte of this much, of the end, and at each KiB between. */
    Tally cut(Sending sending, Direction direction, long headers) throws Exception {
        Wire first;
        try (Lane lane = Lane.to(this)) {
            first = lane.measureAlone(sending, direction);
        }
        return inParallel(first.positions(headers).boxed().toList(), (lane, position) -> {
            Wire wire = lane.measureAlone(sending, direction);
            long at = wire.likeIn(first, position);
            List<SendOutcome> outcomes = lane.cutAlone(sending, direction, at);
            assertThat(lane.proxy.hasCut()).as(wire + " cut at " + at).isEqualTo(at < wire.all);
            if (at < wire.all) {
                outcomes.forEach(outcome -> hold(wire, at, outcome));
                cuts.incrementAndGet();
            } else {
                outcomes.forEach(outcome -> {
                    assertThat(outcome).isInstanceOf(SendOutcome.Sent.class);
                    assertThat(outcome.attemptIds()).hasSize(1);
                });
            }
        });
    }

    /** Cuts what no buffer holds long before its end, so that its last byte cannot have been handed over. */
    Tally cutBeforeTheEnd(Sending sending, LongStream positions) throws Exception {
        Wire wire = new Wire(Direction.TO_SERVER, LARGE_TEXT, LARGE_TEXT);
        return inParallel(positions.boxed().toList(), (lane, at) -> {
            List<SendOutcome> outcomes = lane.cutAlone(sending, Direction.TO_SERVER, at);
            assertThat(lane.proxy.hasCut()).as("cut at " + at).isTrue();
            outcomes.forEach(outcome -> hold(wire, at, outcome));
            cuts.incrementAndGet();
        });
    }

    /** Where a large message may be cut: at its beginning, in its first buffers and a good deal later. */
    static LongStream longBeforeTheEnd() {
        return LongStream.of(0, 1, 1024, 64 * 1024, MIB, 2 * MIB, 3 * MIB);
    }

    /** Holds what a cut made of a message against where it was: tried again before the line, unknown behind. */
    private void hold(Wire wire, long at, SendOutcome outcome) {
        String what = wire.cutAt(at, outcome);
        int attempts = outcome.attemptIds().size();
        if (!wire.isBeforeTheLine(at)) {
            assertThat(outcome).as(what).isInstanceOf(SendOutcome.Unknown.class);
            assertThat(attempts).as(what).isOne();
            unknown.incrementAndGet();
        } else if (retry.attempts() == 1) {
            assertThat(Fault.name(outcome)).as(what).isEqualTo("UNAVAILABLE");
            assertThat(attempts).as(what).isOne();
            notSent.incrementAndGet();
        } else {
            assertThat(outcome).as(what).isInstanceOf(SendOutcome.Sent.class);
            assertThat(attempts).as(what).isEqualTo(2);
            triedAgain.incrementAndGet();
        }
    }

    /**
     * Has the n-th connection end as soon as it is there, for each n up to so many: that message is sent by its second
     * attempt, the others by their first. Answers how many connections ended.
     */
    int endEachConnect(int connects) throws Exception {
        try (CuttingProxy proxy = CuttingProxy.to(port)) {
            for (int ended = 1; ended <= connects; ended++) {
                proxy.endAtOnce(ended);
                for (int i = 1; i <= connects; i++) {
                    try (SesMailer mailer = builder(transports.apply(proxy)).build()) {
                        assertSent(
                                send(mailer, SEND_TEXT),
                                i == ended ? 2 : 1,
                                i + " of " + connects + ", ended " + ended);
                    }
                }
            }
            return proxy.endedAtOnce();
        }
    }

    /**
     * Sends a bulk over as many connections as it has messages, and has nobody listen when the n-th is asked for, for each
     * n: that message is sent by its second attempt, the others by their first. Answers how many connections were refused.
     */
    int refuseEachConnectOfABulk(int messages) throws Exception {
        AtomicInteger refused = new AtomicInteger();
        try (CuttingProxy proxy = CuttingProxy.to(port)) {
            for (int nth = 1; nth <= messages; nth++) {
                try (SesMailer mailer = builder(transports.apply(proxy))
                        .listener(backAfterRefusal(proxy, refused))
                        .build()) {
                    proxy.refuse(nth);
                    Map<Long, SendOutcome> outcomes = sendBulk(mailer, messages);
                    for (int i = 1; i <= messages; i++) {
                        SendOutcome outcome = Objects.requireNonNull(outcomes.get(i - 1L));
                        assertSent(outcome, i == nth ? 2 : 1, i + " of " + messages + ", refused " + nth);
                    }
                }
            }
        }
        return refused.get();
    }

    private static void assertSent(SendOutcome outcome, int attempts, String where) {
        String what = where + ": " + Ledger.describe(outcome);
        assertThat(outcome).as(what).isInstanceOf(SendOutcome.Sent.class);
        assertThat(outcome.attemptIds()).as(what).hasSize(attempts);
    }

    /** Listens again as soon as an attempt has found nobody. */
    private static SendListener backAfterRefusal(CuttingProxy proxy, AtomicInteger refused) {
        return new SendListener() {
            @Override
            public void attempted(String attemptId, SendOutcome outcome, Duration took) {
                if (outcome instanceof SendOutcome.NotSent && proxy.isAbsent()) {
                    refused.incrementAndGet();
                    try {
                        proxy.listenAgain();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }
            }
        };
    }

    /**
     * Cuts a bulk of so many messages at each byte of a message, each time in another message, at each KiB of the whole
     * and at its last sixteen bytes.
     */
    Tally cutBulk(Direction direction, int messages) throws Exception {
        long size = sizeInBulk(direction);
        LongStream spread = LongStream.range(0, size).map(at -> at + size * (at % messages));
        LongStream whole = new Wire(direction, 0, size * messages).positions(0).filter(at -> at < size * messages);
        return cutBulk(direction, messages, size, LongStream.concat(spread, whole));
    }

    /** Cuts a bulk of so many messages at every byte there is, of every message. */
    Tally cutBulkEverywhere(Direction direction, int messages) throws Exception {
        long size = sizeInBulk(direction);
        return cutBulk(direction, messages, size, LongStream.range(0, size * messages));
    }

    private long sizeInBulk(Direction direction) throws Exception {
        try (Lane lane = Lane.to(this)) {
            return lane.measureKept(direction).all;
        }
    }

    private Tally cutBulk(Direction direction, int messages, long size, LongStream at) throws Exception {
        return inParallel(at.distinct().boxed().toList(), (one, position) -> {
            Wire each = one.measureKept(direction);
            long which = position / size;
            long in = Math.min(position % size, each.all - 1);
            one.proxy.cutAfter(direction, which * each.all + in);
            Map<Long, SendOutcome> outcomes = sendBulk(one.mailer, messages);
            assertThat(one.proxy.hasCut()).as(each + " cut at " + in).isTrue();
            cuts.incrementAndGet();
            outcomes.forEach((index, outcome) -> {
                if (index == which) {
                    holdInBulk(each, in, outcome);
                } else {
                    assertSent(outcome, 1, index + ", cut in " + which);
                }
            });
        });
    }

    /** A connection that is found dead before the message is handed over may be replaced within an attempt. */
    private void holdInBulk(Wire each, long at, SendOutcome outcome) {
        if (each.isBeforeTheLine(at) && outcome.attemptIds().size() == 1) {
            assertSent(outcome, 1, each.cutAt(at, outcome));
            triedAgain.incrementAndGet();
        } else {
            hold(each, at, outcome);
        }
    }

    private Map<Long, SendOutcome> sendBulk(SesMailer mailer, int messages) {
        List<String> all = Stream.generate(this::subject).limit(messages).toList();
        Map<Long, SendOutcome> outcomes = new ConcurrentHashMap<>();
        BulkSend.Report report = mailer.sendAll(
                        all.stream().map(subject -> Fault.message(subject, BULK_TEXT)),
                        BulkOptions.defaults().onResult(result -> outcomes.put(result.index(), result.outcome())))
                .join();
        assertThat(outcomes).as(report.toString()).hasSize(messages);
        outcomes.forEach((index, outcome) -> hold(all.get(index.intValue()), outcome));
        return outcomes;
    }

    private List<SendOutcome> sendBatch(SesMailer mailer, int messages) {
        List<String> addresses = Stream.generate(() -> subject() + "@example.com")
                .limit(messages)
                .toList();
        Map<Long, SendOutcome> outcomes = new ConcurrentHashMap<>();
        BulkSend.Report report = mailer.sendAll(
                        Batches.mailing(addresses),
                        BulkOptions.defaults().onResult(result -> outcomes.put(result.index(), result.outcome())))
                .join();
        assertThat(outcomes).as(report.toString()).hasSize(messages);
        outcomes.forEach((index, outcome) -> hold(addresses.get(index.intValue()), outcome));
        return List.copyOf(outcomes.values());
    }

    private SendOutcome send(SesMailer mailer, int text) {
        String subject = subject();
        SendOutcome outcome = mailer.trySend(Fault.message(subject, text));
        hold(subject, outcome);
        return outcome;
    }

    /** Every one is as long as the next, so that every exchange is. */
    private String subject() {
        return "n" + (1_000_000 + subjects.incrementAndGet());
    }

    private void hold(String subject, SendOutcome outcome) {
        ledger.holdAgainst(subject, outcome);
        if (retry.attempts() > 1) {
            assertThat(outcome)
                    .as("what is certainly not sent is tried again: " + Ledger.describe(outcome))
                    .isNotInstanceOf(SendOutcome.NotSent.class);
        }
    }

    /** A mailer, the ids of whose attempts are equally long, and the proxy it sends through. */
    private static final class Lane implements AutoCloseable {

        private final Cuts cuts;
        private final Interchangeable transport;
        private final SesMailer mailer;
        private CuttingProxy proxy;
        private @Nullable Wire alone;

        private Lane(Cuts cuts) throws IOException {
            this.cuts = cuts;
            this.proxy = CuttingProxy.to(cuts.port);
            this.transport = new Interchangeable(cuts.transports.apply(proxy));
            this.mailer = cuts.builder(transport).build();
        }

        static Lane to(Cuts cuts) throws IOException {
            Lane lane = new Lane(cuts);
            for (int i = 0; i < LANE_BEGINS; i++) {
                cuts.send(lane.mailer, BULK_TEXT);
            }
            return lane;
        }

        /** Measures a message on a connection that is there, whatever became of the last one. */
        Wire measureKept(Direction direction) {
            cuts.send(mailer, BULK_TEXT);
            proxy.cutNever();
            cuts.send(mailer, BULK_TEXT);
            return Wire.measured(proxy, direction);
        }

        /** Measures, once, what is sent on a connection of its own. */
        Wire measureAlone(Sending sending, Direction direction) throws IOException {
            Wire known = alone;
            if (known == null) {
                beAlone();
                proxy.cutNever();
                assertThat(sending.by(mailer)).hasOnlyElementsOfType(SendOutcome.Sent.class);
                known = Wire.measured(proxy, direction);
                alone = known;
            }
            return known;
        }

        List<SendOutcome> cutAlone(Sending sending, Direction direction, long at) throws IOException {
            beAlone();
            proxy.cutAfter(direction, at);
            return sending.by(mailer);
        }

        /** What the last connection says when it takes its leave must not be counted. */
        private void beAlone() throws IOException {
            if (cuts.serverKeepsConnections) {
                CuttingProxy last = proxy;
                proxy = CuttingProxy.to(cuts.port);
                transport.become(cuts.transports.apply(proxy));
                last.close();
            }
        }

        @Override
        public void close() throws IOException {
            mailer.close();
            proxy.close();
        }
    }

    private interface Task {
        void at(Lane lane, long position) throws Exception;
    }

    private Tally inParallel(List<Long> positions, Task task) throws Exception {
        ExecutorService workers = Executors.newFixedThreadPool(WORKERS);
        try {
            List<Future<?>> done = new ArrayList<>();
            IntStream.range(0, WORKERS)
                    .forEach(worker -> done.add(workers.submit(() -> {
                        work(positions, task, worker);
                        return null;
                    })));
            for (Future<?> each : done) {
                each.get();
            }
            return new Tally(cuts.getAndSet(0), triedAgain.getAndSet(0), unknown.getAndSet(0), notSent.getAndSet(0));
        } finally {
            workers.shutdownNow();
        }
    }

    private void work(List<Long> positions, Task task, int worker) throws Exception {
        for (int from = worker; from < positions.size(); from += WORKERS * LANE_ENDS) {
            try (Lane lane = Lane.to(this)) {
                for (int i = 0; i < LANE_ENDS && from + i * WORKERS < positions.size(); i++) {
                    task.at(lane, positions.get(from + i * WORKERS));
                }
            }
        }
    }
}
