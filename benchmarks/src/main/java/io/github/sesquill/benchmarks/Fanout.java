package io.github.sesquill.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import io.github.sesquill.PendingSend;
import io.github.sesquill.SesMailer;
import io.github.sesquill.api.SesApiTransport;
import io.github.sesquill.quota.SendingQuota;
import io.github.sesquill.transport.SendOutcome;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import software.amazon.awssdk.services.sesv2.SesV2Client;

/**
 * Many mails at once to a SES that takes 50 ms for each, at 500 a second: a pool of 64 threads around the SDK's client, as
 * one would write it by hand, and a mailer's {@code sendAsync}.
 */
final class Fanout {

    private static final String BENCHMARK = "Fan-out, 500/s, 50 ms each";
    private static final int RATE = 500;
    private static final int THREADS = 64;
    private static final Duration SES_TAKES = Duration.ofMillis(50);
    private static final int MOST_MEGABYTES = 15;

    private static final Map<Metric, Aim> AIMS =
            Map.of(Metric.THROUGHPUT, Aim.atLeast(0.99), Metric.CPU, Aim.atMost(1.05));

    private static final OperatingSystemMXBean PROCESS =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private Fanout() {}

    static void run(Scale scale, Report report) throws Exception {
        try (StubProcess stub = StubProcess.start(SES_TAKES);
                SesV2Client client = RawClient.of(stub.endpoint());
                SesMailer mailer = mailer(stub.endpoint())) {
            // Nobody's first round pays for compiling, which takes some ten thousand mails.
            round(client, mailer, scale);
            backwards(client, mailer, scale);
            List<List<Slice>> rounds = new ArrayList<>();
            for (int round = 0; round < scale.fanoutRounds(); round++) {
                rounds.add(round % 2 == 0 ? round(client, mailer, scale) : backwards(client, mailer, scale));
            }
            new PairedReport(report, BENCHMARK, AIMS)
                    .print(new Comparison(List.of("pool of 64, SesV2Client", "SesMailer.sendAsync"), rounds));
            double megabytes = Heap.afterCollection() / 1e6;
            report.say("Heap after garbage collection: "
                    + report.judge(BENCHMARK, "MB of heap", Aim.atMost(MOST_MEGABYTES), megabytes, Heap::megabytes)
                    + " with " + Heap.megabytes(megabytes));
        }
    }

    private static List<Slice> round(SesV2Client client, SesMailer mailer, Scale scale) throws Exception {
        Slice peer = byHand(client, scale.fanoutMails());
        return List.of(peer, bySesquill(mailer, scale.fanoutMails()));
    }

    private static List<Slice> backwards(SesV2Client client, SesMailer mailer, Scale scale) throws Exception {
        Slice ours = bySesquill(mailer, scale.fanoutMails());
        return List.of(byHand(client, scale.fanoutMails()), ours);
    }

    private static Slice byHand(SesV2Client client, int mails) throws Exception {
        RateLimiter limiter = RateLimiter.of(
                "by hand",
                RateLimiterConfig.custom()
                        .limitForPeriod(1)
                        .limitRefreshPeriod(Duration.ofNanos(1_000_000_000L / RATE))
                        .timeoutDuration(Duration.ofMinutes(5))
                        .build());
        ExecutorService pool = Executors.newFixedThreadPool(THREADS);
        try {
            return measured(mails, () -> {
                List<Future<String>> ids = new ArrayList<>(mails);
                for (int i = 0; i < mails; i++) {
                    ids.add(pool.submit(() -> {
                        RateLimiter.waitForPermission(limiter);
                        return client.sendEmail(SampleMail.request()).messageId();
                    }));
                }
                for (Future<String> id : ids) {
                    id.get();
                }
            });
        } finally {
            pool.shutdown();
        }
    }

    private static Slice bySesquill(SesMailer mailer, int mails) throws Exception {
        return measured(mails, () -> {
            List<PendingSend> pending = new ArrayList<>(mails);
            for (int i = 0; i < mails; i++) {
                pending.add(mailer.sendAsync(SampleMail.message()));
            }
            for (PendingSend send : pending) {
                if (!(send.join() instanceof SendOutcome.Sent)) {
                    throw new IllegalStateException("The stub takes everything, and yet: " + send.join());
                }
            }
        });
    }

    private static Slice measured(int mails, Variant.Operation all) throws Exception {
        System.gc();
        long cpu = PROCESS.getProcessCpuTime();
        long begin = System.nanoTime();
        all.run();
        return new Slice(mails, System.nanoTime() - begin, PROCESS.getProcessCpuTime() - cpu, 0);
    }

    private static SesMailer mailer(URI endpoint) {
        return SesMailer.builder(SesApiTransport.builder()
                        .region(RawClient.REGION)
                        .endpoint(endpoint)
                        .maxConnections(RawClient.CONNECTIONS)
                        .build())
                .quota(SendingQuota.perSecond(RATE))
                .deadline(Duration.ofMinutes(5))
                .build();
    }
}
