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
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

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

    /** What was cut, and what came of it. */
    record Tally(int cuts, int triedAgain, int unknown) {}

    private final int port;
    private final Ledger ledger;
    private final boolean serverKeepsConnections;
    private final IntFunction<EmailTransport> transports;
    private final AtomicInteger subjects = new AtomicInteger();
    private final AtomicInteger cuts = new AtomicInteger();
    private final AtomicInteger triedAgain = new AtomicInteger();
    private final AtomicInteger unknown = new AtomicInteger();

    /**
     * @param port where the server is
     * @param ledger what the server took
     * @param serverKeepsConnections whether one connection carries several messages
     * @param transports makes a transport to a server at a port
     */
    Cuts(int port, Ledger ledger, boolean serverKeepsConnections, IntFunction<EmailTransport> transports) {
        this.port = port;
        this.ledger = ledger;
        this.serverKeepsConnections = serverKeepsConnections;
        this.transports = transports;
    }

    private SesMailer mailer(int proxy) {
        return builder(proxy).build();
    }

    private SesMailer.Builder builder(int proxy) {
        return SesMailer.builder(transports.apply(proxy))
                .quota(SendingQuota.of(100_000, 100_000_000))
                .retry(RetryPolicy.defaults().pauses(Duration.ofMillis(1), Duration.ofMillis(1)))
                .drainLimit(Duration.ZERO)
                .concurrency(1);
    }

    /** What an exchange carries in a direction, and where in it the last word of that side begins. */
    private record Wire(Direction direction, long lastWord, long all) {

        static Wire measured(CuttingProxy proxy, Direction direction) {
            return new Wire(direction, proxy.carriedBeforeTheLastWord(direction), proxy.carried(direction));
        }

        /** Every byte of the headers and of the end, and each KiB between; and two bytes that never come. */
        LongStream positions(long headers) {
            LongStream head = LongStream.range(0, Math.min(headers, all));
            LongStream between = LongStream.iterate(headers, at -> at < all - 16, at -> at + 1024);
            LongStream end = LongStream.rangeClosed(Math.max(headers, all - 16), all + 2);
            return LongStream.concat(head, LongStream.concat(between, end)).distinct();
        }

        /** Holds what a cut within an exchange made of its message against where it was. */
        void hold(long at, SendOutcome outcome) {
            String what = direction + " cut at " + at + " of " + all + ": " + Ledger.describe(outcome);
            int attempts = outcome.attemptIds().size();
            if (at < lastWord) {
                assertThat(outcome).as(what).isInstanceOf(SendOutcome.Sent.class);
                assertThat(attempts).as(what).isEqualTo(2);
            } else if (direction == Direction.TO_SERVER && lastWord == 0 && outcome instanceof SendOutcome.Sent) {
                // All is said in one breath: the client may learn of the cut before it has said the rest.
                assertThat(attempts).as(what).isEqualTo(2);
            } else {
                assertThat(outcome).as(what).isInstanceOf(SendOutcome.Unknown.class);
                assertThat(attempts).as(what).isEqualTo(1);
            }
        }
    }

    /** Cuts one send at each byte of this much, of the end, and at each KiB between. */
    Tally cutOneSend(Direction direction, long headers) throws Exception {
        Wire wire;
        try (CuttingProxy proxy = CuttingProxy.to(port);
                SesMailer mailer = mailer(proxy.port())) {
            send(mailer, SEND_TEXT);
            wire = Wire.measured(proxy, direction);
        }
        return inParallel(wire.positions(headers).boxed().toList(), (one, at) -> {
            if (serverKeepsConnections) {
                // What the last one said when it took its leave must not be counted.
                try (CuttingProxy proxy = CuttingProxy.to(port);
                        SesMailer mailer = mailer(proxy.port())) {
                    cutOne(new Lane(this, proxy, mailer), wire, at);
                }
            } else {
                cutOne(one, wire, at);
            }
        });
    }

    private void cutOne(Lane lane, Wire wire, long at) {
        lane.proxy.cutAfter(wire.direction, at);
        SendOutcome outcome = send(lane.mailer, SEND_TEXT);
        if (lane.proxy.hasCut()) {
            wire.hold(at, outcome);
            count(outcome);
        } else {
            assertThat(lane.proxy.carried(wire.direction)).isLessThanOrEqualTo(at);
            // An attempt's id is a byte or two shorter than another's.
            assertThat(at).as(wire + " not cut at " + at).isGreaterThan(wire.all - 8);
            assertThat(outcome).isInstanceOf(SendOutcome.Sent.class);
            assertThat(outcome.attemptIds()).hasSize(1);
        }
    }

    private void count(SendOutcome outcome) {
        cuts.incrementAndGet();
        (outcome instanceof SendOutcome.Unknown ? unknown : triedAgain).incrementAndGet();
    }

    /** Cuts a message that no buffer holds long before its end. */
    Tally cutLargeSend() throws Exception {
        List<Long> positions = LongStream.of(0, 1, 1024, 64 * 1024, MIB, 2 * MIB, 3 * MIB)
                .boxed()
                .toList();
        return inParallel(positions, (one, at) -> {
            try (CuttingProxy proxy = CuttingProxy.to(port);
                    SesMailer mailer = mailer(proxy.port())) {
                proxy.cutAfter(Direction.TO_SERVER, at);
                SendOutcome outcome = send(mailer, LARGE_TEXT);
                assertThat(proxy.hasCut()).isTrue();
                new Wire(Direction.TO_SERVER, LARGE_TEXT, LARGE_TEXT).hold(at, outcome);
                count(outcome);
            }
        });
    }

    /** Has the n-th connection end as soon as it is there, for each n up to so many; answers how many ended. */
    int endEachConnect(int connects) throws Exception {
        try (CuttingProxy proxy = CuttingProxy.to(port)) {
            for (int ended = 1; ended <= connects; ended++) {
                proxy.endAtOnce(ended);
                for (int i = 1; i <= connects; i++) {
                    try (SesMailer mailer = mailer(proxy.port())) {
                        SendOutcome outcome = send(mailer, SEND_TEXT);
                        if (i != ended) {
                            assertThat(outcome.attemptIds()).hasSize(1);
                        }
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
                try (SesMailer mailer = builder(proxy.port())
                        .listener(backAfterRefusal(proxy, refused))
                        .build()) {
                    proxy.refuse(nth);
                    Map<Long, SendOutcome> outcomes = sendBulk(mailer, messages);
                    for (int i = 1; i <= messages; i++) {
                        SendOutcome outcome = Objects.requireNonNull(outcomes.get(i - 1L));
                        String what = i + " of " + messages + ", refused " + nth + ": " + Ledger.describe(outcome);
                        assertThat(outcome).as(what).isInstanceOf(SendOutcome.Sent.class);
                        assertThat(outcome.attemptIds()).as(what).hasSize(i == nth ? 2 : 1);
                    }
                }
            }
        }
        return refused.get();
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
        long size;
        try (Lane lane = Lane.to(port, this)) {
            size = lane.measure(direction).all;
        }
        LongStream spread = LongStream.range(0, size).map(at -> at + size * (at % messages));
        LongStream whole = new Wire(direction, 0, size * messages).positions(0).filter(at -> at < size * messages);
        List<Long> positions =
                LongStream.concat(spread, whole).distinct().boxed().toList();
        return inParallel(positions, (one, at) -> {
            Wire each = one.measure(direction);
            long which = at / size;
            long in = Math.min(at % size, each.all - 1);
            one.proxy.cutAfter(direction, which * each.all + in);
            Map<Long, SendOutcome> outcomes = sendBulk(one.mailer, messages);
            assertThat(one.proxy.hasCut()).as(each + " cut at " + in).isTrue();
            outcomes.forEach((index, outcome) -> {
                if (index == which) {
                    holdInBulk(each, in, outcome);
                    count(outcome);
                } else {
                    String what = index + ", cut in " + which + ": " + Ledger.describe(outcome);
                    assertThat(outcome).as(what).isInstanceOf(SendOutcome.Sent.class);
                    assertThat(outcome.attemptIds()).as(what).hasSize(1);
                }
            });
        });
    }

    /** A connection that is found dead before the message is handed over may be replaced within an attempt. */
    private static void holdInBulk(Wire each, long at, SendOutcome outcome) {
        if (at >= each.lastWord) {
            each.hold(at, outcome);
        } else {
            assertThat(outcome)
                    .as(each + " cut at " + at + ": " + Ledger.describe(outcome))
                    .isInstanceOf(SendOutcome.Sent.class);
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
        assertThat(outcome)
                .as("what is certainly not sent is tried again: " + Ledger.describe(outcome))
                .isNotInstanceOf(SendOutcome.NotSent.class);
    }

    private record Lane(Cuts cuts, CuttingProxy proxy, SesMailer mailer) implements AutoCloseable {

        static Lane to(int port, Cuts cuts) throws IOException {
            CuttingProxy proxy = CuttingProxy.to(port);
            Lane lane = new Lane(cuts, proxy, cuts.mailer(proxy.port()));
            for (int i = 0; i < LANE_BEGINS; i++) {
                cuts.send(lane.mailer, BULK_TEXT);
            }
            return lane;
        }

        /** Measures a message on a connection that is there, whatever became of the last one. */
        Wire measure(Direction direction) {
            cuts.send(mailer, BULK_TEXT);
            proxy.cutNever();
            cuts.send(mailer, BULK_TEXT);
            return Wire.measured(proxy, direction);
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
            return new Tally(cuts.getAndSet(0), triedAgain.getAndSet(0), unknown.getAndSet(0));
        } finally {
            workers.shutdownNow();
        }
    }

    private void work(List<Long> positions, Task task, int worker) throws Exception {
        for (int from = worker; from < positions.size(); from += WORKERS * LANE_ENDS) {
            try (Lane lane = Lane.to(port, this)) {
                for (int i = 0; i < LANE_ENDS && from + i * WORKERS < positions.size(); i++) {
                    task.at(lane, positions.get(from + i * WORKERS));
                }
            }
        }
    }
}
