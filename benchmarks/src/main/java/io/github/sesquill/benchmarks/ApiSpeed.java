package io.github.sesquill.benchmarks;

import io.github.sesquill.SesMailer;
import io.github.sesquill.api.SesApiTransport;
import io.github.sesquill.quota.SendingQuota;
import io.github.sesquill.transport.EmailTransport;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.sesv2.SesV2Client;

/**
 * A small mail over the API, by the SDK's client alone and by a mailer whose quota is never reached but always asked:
 * what the promises of a mailer cost. Each send writes its message anew, as users do.
 */
final class ApiSpeed {

    private static final Map<Metric, Aim> AIMS = Map.of(
            Metric.THROUGHPUT, Aim.atLeast(0.95),
            Metric.CPU, Aim.atMost(1.05),
            Metric.ALLOCATION, Aim.atMost(3_000));

    private ApiSpeed() {}

    static void run(Scale scale, Report report) throws Exception {
        try (StubProcess stub = StubProcess.start();
                SesV2Client client = RawClient.of(stub.endpoint());
                EmailTransport transport = transport(stub.endpoint());
                SesMailer mailer = mailer(stub.endpoint())) {
            List<Variant> variants = new ArrayList<>();
            variants.add(new Variant("SesV2Client", () -> client.sendEmail(SampleMail.request())));
            if (scale.explains()) {
                variants.addAll(ApiSteps.between(client, transport));
            }
            variants.add(new Variant("SesMailer", () -> mailer.send(SampleMail.message())));
            for (int threads : new int[] {1, 8, 32}) {
                new PairedReport(report, "API, threads: " + threads, AIMS)
                        .print(scale.api().run(variants, threads));
            }
        }
    }

    /** Makes a mailer with a quota that holds nothing up. */
    static SesMailer mailer(URI endpoint) {
        return SesMailer.builder(transport(endpoint))
                .quota(SendingQuota.perSecond(100_000))
                .build();
    }

    private static EmailTransport transport(URI endpoint) {
        return SesApiTransport.builder()
                .region(RawClient.REGION)
                .endpoint(endpoint)
                .maxConnections(RawClient.CONNECTIONS)
                .build();
    }
}
