package io.github.sesquill.benchmarks;

import io.github.sesquill.smtp.SmtpTransport;
import io.github.sesquill.transport.SendOutcome;
import java.util.List;
import java.util.Map;

/**
 * A small mail over SMTP: over 20 ms of network against the round trips that it cannot do without, and on loopback against
 * Angus, Spring and Simple Java Mail, each with the connections it keeps.
 */
final class SmtpSpeed {

    /** As many as Spring sends in one array. */
    private static final int BATCH = 50;

    private static final int ONE_WAY_MILLIS = 10;

    private SmtpSpeed() {}

    static void run(Scale scale, Report report) throws Exception {
        SmtpPeers.tuneAngus();
        compile(scale);
        far(scale, report);
        farWithPipelining(scale, report);
        near(scale, report);
        MimeSpeed.run(scale, report);
    }

    private static SmtpTransport transport(int port, int connections) {
        return SmtpTransport.host("127.0.0.1")
                .port(port)
                .withoutTls()
                .maxConnections(connections)
                .build();
    }

    private static Variant.Operation sesquill(SmtpTransport transport, int batch) {
        return () -> {
            for (int i = 0; i < batch; i++) {
                SendOutcome outcome = transport.send(SampleMail.message(), new OpenAttempt());
                if (!(outcome instanceof SendOutcome.Sent)) {
                    throw new IllegalStateException("The stub takes everything, and yet: " + outcome);
                }
            }
        };
    }

    /** Over 20 ms nothing is done often enough to be compiled, so it is done often without them first. */
    private static void compile(Scale scale) throws Exception {
        for (String extensions : new String[] {"-", "PIPELINING"}) {
            try (StubSmtp stub = StubSmtp.start(extensions, 0);
                    SmtpTransport transport = transport(stub.port(), 1)) {
                List<Variant> variants = List.of(
                        new Variant("four round trips", SmtpPeers.roundTrips(stub.port(), 4)),
                        new Variant("Angus, reused", SmtpPeers.angus(stub.port(), 1)),
                        new Variant("Sesquill", sesquill(transport, 1)));
                new PairedRounds(0, scale.smtp().slice(), scale.smtp().warmUp()).run(variants, 1);
            }
        }
    }

    /** The network's part: a message is four round trips where PIPELINING is not offered, as SES does not. */
    private static void far(Scale scale, Report report) throws Exception {
        double one = 0;
        for (int connections : new int[] {1, 2, 4, 8}) {
            try (StubSmtp stub = StubSmtp.start("-", ONE_WAY_MILLIS);
                    SmtpTransport transport = transport(stub.port(), connections)) {
                List<Variant> variants = List.of(
                        new Variant("four round trips", SmtpPeers.roundTrips(stub.port(), 4)),
                        new Variant("Sesquill", sesquill(transport, 1)));
                Comparison comparison = scale.smtp().run(variants, connections);
                String title = "SMTP at 20 ms round trip, connections: " + connections;
                new PairedReport(report, title, Map.of(Metric.THROUGHPUT, Aim.atLeast(0.98))).print(comparison);
                double rate = comparison.of(1, Metric.THROUGHPUT).median();
                one = connections == 1 ? rate : one;
                String judged = report.judge(
                        title,
                        "times one connection",
                        Aim.atLeast(0.9 * connections),
                        rate / one,
                        Metric.CPU::printCompared);
                report.say("times one connection: " + Metric.CPU.printCompared(rate / one) + ", aim " + judged);
            }
        }
    }

    private static void farWithPipelining(Scale scale, Report report) throws Exception {
        try (StubSmtp stub = StubSmtp.start("PIPELINING", ONE_WAY_MILLIS);
                SmtpTransport transport = transport(stub.port(), 1)) {
            List<Variant> variants = List.of(
                    new Variant("Angus, reused", SmtpPeers.angus(stub.port(), 1)),
                    new Variant("Sesquill", sesquill(transport, 1)));
            new PairedReport(
                            report,
                            "SMTP at 20 ms round trip where PIPELINING is offered",
                            Map.of(Metric.THROUGHPUT, Aim.atLeast(1.9)))
                    .print(scale.smtp().run(variants, 1));
        }
    }

    private static void near(Scale scale, Report report) throws Exception {
        for (int connections : new int[] {1, 4, 8}) {
            near("PIPELINING", connections, scale, report);
        }
        near("-", 1, scale, report);
    }

    private static void near(String extensions, int connections, Scale scale, Report report) throws Exception {
        try (StubSmtp stub = StubSmtp.start(extensions, 0);
                SmtpTransport transport = transport(stub.port(), connections)) {
            List<Variant> variants = List.of(
                    new Variant("Angus, reused", SmtpPeers.angus(stub.port(), BATCH)),
                    new Variant("Spring, arrays of 50", SmtpPeers.spring(stub.port(), BATCH)),
                    new Variant("Simple Java Mail, batch", SmtpPeers.simpleJavaMail(stub.port(), BATCH, connections)),
                    new Variant("bare round trips", SmtpPeers.roundTrips(stub.port(), BATCH * roundTrips(extensions))),
                    new Variant("Sesquill", sesquill(transport, BATCH)));
            new PairedReport(
                            report,
                            "SMTP on loopback, an operation is 50 messages, extensions: " + extensions
                                    + ", connections: " + connections,
                            Map.of(
                                    Metric.THROUGHPUT, Aim.atLeast(2.0),
                                    Metric.CPU, Aim.atMost(1.0),
                                    Metric.ALLOCATION, Aim.atMost(0)))
                    .print(scale.smtp().run(variants, connections));
        }
    }

    /** What a message takes at least: MAIL, RCPT, DATA and the message, or the first three in one. */
    private static int roundTrips(String extensions) {
        return extensions.equals("-") ? 4 : 2;
    }
}
