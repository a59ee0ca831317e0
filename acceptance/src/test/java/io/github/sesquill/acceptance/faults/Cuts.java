package io.github.sesquill.acceptance.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sesquill.BulkOptions;
import io.github.sesquill.BulkSend;
import io.github.sesquill.RetryPolicy;
import io.github.sesquill.SesMailer;
import io.github.sesquill.acceptance.faults.CuttingProxy.Direction;
import io.github.sesquill.quota.SendingQuota;
import io.github.sesquill.transport.EmailTransport;
import io.github.sesquill.transport.SendOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
 * tried again is, over a connection that holds: so nothing is lost, and the ledger shows what came twice.
 */
final class Cuts {

    private static final int WORKERS = 6;
    private static final int SEND_TEXT = 3 * 1024;
    private static final int BULK_TEXT = 10;

    private final int port;
    private final Ledger ledger;
    private final boolean serverKeepsConnections;
    private final IntFunction<EmailTransport> transports;
    private final AtomicInteger subjects = new AtomicInteger();

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
        return SesMailer.builder(transports.apply(proxy))
                .quota(SendingQuota.of(100_000, 100_000_000))
                .retry(RetryPolicy.defaults().pauses(Duration.ofMillis(1), Duration.ofMillis(1)))
                .drainLimit(Duration.ZERO)
                .concurrency(1)
                .build();
    }

    /** What one send carries in a direction, and where its headers end. */
    private record Wire(long headers, long all) {

        /** Every byte of the headers and of the end, and each KiB between. */
        LongStream positions() {
            LongStream head = LongStream.range(0, Math.min(headers, all));
            LongStream between = LongStream.iterate(headers, at -> at < all - 16, at -> at + 1024);
            LongStream end = LongStream.rangeClosed(Math.max(headers, all - 16), all + 2);
            return LongStream.concat(head, LongStream.concat(between, end));
        }
    }

    /** Cuts one send at each of these bytes; answers at how many. */
    int cutOneSend(Direction direction, long headers) throws Exception {
        long all;
        try (CuttingProxy proxy = CuttingProxy.to(port);
                SesMailer mailer = mailer(proxy.port())) {
            sendAlone(new Lane(proxy, mailer));
            proxy.cutNever();
            sendAlone(new Lane(proxy, mailer));
            all = proxy.carried(direction);
        }
        List<Long> positions = new Wire(headers, all).positions().boxed().toList();
        inParallel(positions, (one, at) -> {
            one.proxy.cutAfter(direction, at);
            sendAlone(one);
        });
        return positions.size();
    }

    /** Sends one message over a connection that carried nothing before. */
    private void sendAlone(Lane lane) {
        if (serverKeepsConnections) {
            try (SesMailer mailer = mailer(lane.proxy.port())) {
                send(mailer, SEND_TEXT);
            }
        } else {
            send(lane.mailer, SEND_TEXT);
        }
    }

    /** Has the n-th connection end as soon as it is there, for each n up to so many. */
    void refuseEachConnect(int connects) throws Exception {
        try (CuttingProxy proxy = CuttingProxy.to(port);
                SesMailer mailer = mailer(proxy.port())) {
            for (int refused = 1; refused <= connects; refused++) {
                proxy.refuse(refused);
                for (int i = 0; i < connects; i++) {
                    sendAlone(new Lane(proxy, mailer));
                }
            }
        }
    }

    /** Cuts a bulk of so many messages, each time in another message and at another byte of it. */
    int cutBulk(Direction direction, int messages) throws Exception {
        try (CuttingProxy proxy = CuttingProxy.to(port);
                SesMailer mailer = mailer(proxy.port())) {
            send(mailer, BULK_TEXT);
            proxy.cutNever();
            send(mailer, BULK_TEXT);
            long each = proxy.carried(direction);
            List<Long> positions = LongStream.range(0, each)
                    .map(at -> at + each * (at % messages))
                    .boxed()
                    .toList();
            inParallel(positions, (one, at) -> {
                one.proxy.cutAfter(direction, at);
                sendBulk(one.mailer, messages);
            });
            return positions.size();
        }
    }

    private void sendBulk(SesMailer mailer, int messages) {
        List<String> all = Stream.generate(this::subject).limit(messages).toList();
        Map<Long, SendOutcome> outcomes = new ConcurrentHashMap<>();
        BulkSend.Report report = mailer.sendAll(
                        all.stream().map(subject -> Fault.message(subject, BULK_TEXT)),
                        BulkOptions.defaults().onResult(result -> outcomes.put(result.index(), result.outcome())))
                .join();
        assertThat(outcomes).as(report.toString()).hasSize(messages);
        outcomes.forEach((index, outcome) -> hold(all.get(index.intValue()), outcome));
    }

    private void send(SesMailer mailer, int text) {
        String subject = subject();
        hold(subject, mailer.trySend(Fault.message(subject, text)));
    }

    private String subject() {
        return "n" + subjects.incrementAndGet();
    }

    private void hold(String subject, SendOutcome outcome) {
        ledger.holdAgainst(subject, outcome);
        assertThat(outcome)
                .as("what is certainly not sent is tried again: " + Ledger.describe(outcome))
                .isNotInstanceOf(SendOutcome.NotSent.class);
    }

    private record Lane(CuttingProxy proxy, SesMailer mailer) {}

    private interface Task {
        void at(Lane lane, long position);
    }

    private void inParallel(List<Long> positions, Task task) throws Exception {
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
        } finally {
            workers.shutdownNow();
        }
    }

    private void work(List<Long> positions, Task task, int worker) throws Exception {
        try (CuttingProxy proxy = CuttingProxy.to(port);
                SesMailer mailer = mailer(proxy.port())) {
            for (int i = worker; i < positions.size(); i += WORKERS) {
                task.at(new Lane(proxy, mailer), positions.get(i));
            }
        }
    }
}
