package io.github.sesquill.benchmarks;

import io.github.sesquill.notifications.NotificationParser;
import io.github.sesquill.notifications.SesNotification.Bounce;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Reading a bounce out of its SNS message, and a Firehose file: against reading every token and keeping nothing, which is
 * the bound, and against what one would write otherwise.
 */
final class ParserSpeed {

    private static final int LINES = 100;

    /** The bound takes 1.3 KB, so that this is 10 KB in all. */
    private static final Aim BYTES = Aim.atMost(8_700);

    private ParserSpeed() {}

    static void run(Scale scale, Report report) throws Exception {
        String sns = SampleNotifications.SNS;
        NotificationParser parser = NotificationParser.create();
        EveryAccessor everyAccessor = new EveryAccessor();
        Variant bound = new Variant("tokens of both layers", () -> Tokens.ofBothLayers(sns));
        new PairedReport(
                        report,
                        "Parser: a bounce in an SNS message of " + sns.length() + " characters",
                        Map.of(Metric.CPU, Aim.atMost(1.3), Metric.ALLOCATION, BYTES))
                .print(scale.api()
                        .run(
                                List.of(
                                        bound,
                                        new Variant("readTree twice", () -> ParserPeers.readTreeTwice(sns)),
                                        new Variant("databind to records twice", () -> ParserPeers.recordsTwice(sns)),
                                        new Variant(
                                                "Lambda SNSEvent + readTree",
                                                () -> ParserPeers.lambdaEvent(SampleNotifications.SNS_IN_LAMBDA)),
                                        new Variant(
                                                "SnsMessageManager (verifies) + readTree",
                                                () -> ParserPeers.verified(sns)),
                                        new Variant("NotificationParser", () -> permanent(parser.parse(sns)))),
                                1));
        new PairedReport(report, "Parser: the same with every accessor called", Map.of(Metric.CPU, Aim.atMost(1.6)))
                .print(scale.api()
                        .run(
                                List.of(
                                        bound,
                                        new Variant(
                                                "NotificationParser and all accessors",
                                                () -> everyAccessor.of((Bounce) parser.parse(sns)))),
                                1));
        firehose(parser, scale, report);
    }

    private static void firehose(NotificationParser parser, Scale scale, Report report) throws Exception {
        byte[] file = SampleNotifications.firehose(LINES);
        String text = new String(file, StandardCharsets.UTF_8);
        new PairedReport(
                        report,
                        "Parser: " + LINES + " Firehose lines, as text",
                        Map.of(Metric.THROUGHPUT, Aim.atLeast(0.75)))
                .print(scale.api()
                        .run(
                                List.of(
                                        new Variant("tokens of the text", () -> Tokens.of(text)),
                                        new Variant(
                                                "parseAll of the text",
                                                () -> all(parser.parseAll(text).count()))),
                                1));
        new PairedReport(
                        report,
                        "Parser: " + LINES + " Firehose lines, as bytes",
                        Map.of(Metric.THROUGHPUT, Aim.atLeast(0.75)))
                .print(scale.api()
                        .run(
                                List.of(
                                        new Variant("tokens of the bytes", () -> Tokens.of(file)),
                                        new Variant(
                                                "parseAll of the bytes",
                                                () -> all(parser.parseAll(new ByteArrayInputStream(file))
                                                        .filter(item -> item.notification()
                                                                .isPresent())
                                                        .count()))),
                                1));
    }

    private static void all(long count) {
        if (count != LINES) {
            throw new IllegalStateException(count + " notifications are not all.");
        }
    }

    private static void permanent(Object notification) {
        if (!(notification instanceof Bounce bounce) || !bounce.isPermanent()) {
            throw new IllegalStateException("The sample is a permanent bounce.");
        }
    }
}
