package io.github.sesquill.acceptance.faults;

import static io.github.sesquill.acceptance.faults.Batches.NEW;
import static io.github.sesquill.acceptance.faults.Batches.SUCCESS;
import static io.github.sesquill.acceptance.faults.Batches.answered;
import static io.github.sesquill.acceptance.faults.Batches.take;
import static io.github.sesquill.acceptance.faults.Batches.took;
import static io.github.sesquill.acceptance.faults.FaultyServer.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sesquill.BulkOptions;
import io.github.sesquill.BulkSend;
import io.github.sesquill.RetryPolicy;
import io.github.sesquill.SendListener;
import io.github.sesquill.SesMailer;
import io.github.sesquill.acceptance.faults.FaultyServer.Step;
import io.github.sesquill.message.TemplateMailing;
import io.github.sesquill.quota.SendingQuota;
import io.github.sesquill.transport.SendOutcome;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Batches of which entries fail one by one, or whose answer says nothing of any: each entry against the ledger. */
@Execution(ExecutionMode.CONCURRENT)
class BatchFaultsTest {

    private static final int ENTRIES = 6;

    /** A bulk waits for a day that is full, unless its deadline comes first. */
    private static final Duration LESS_THAN_A_DAY = Duration.ofMinutes(1);

    /** What SES says of an entry, what it comes out as, and whether it is tried again. */
    private static Stream<Arguments> statuses() {
        return Stream.of(
                Arguments.of("MESSAGE_REJECTED", "REJECTED", false),
                Arguments.of("MAIL_FROM_DOMAIN_NOT_VERIFIED", "UNVERIFIED", false),
                Arguments.of("CONFIGURATION_SET_NOT_FOUND", "REJECTED", false),
                Arguments.of("TEMPLATE_NOT_FOUND", "REJECTED", false),
                Arguments.of("ACCOUNT_SUSPENDED", "SENDING_PAUSED", false),
                Arguments.of("ACCOUNT_DAILY_QUOTA_EXCEEDED", "DAILY_QUOTA", false),
                Arguments.of("ACCOUNT_THROTTLED", "THROTTLED", true),
                Arguments.of("INVALID_SENDING_POOL_NAME", "REJECTED", false),
                Arguments.of("ACCOUNT_SENDING_PAUSED", "SENDING_PAUSED", false),
                Arguments.of("CONFIGURATION_SET_SENDING_PAUSED", "SENDING_PAUSED", false),
                Arguments.of("INVALID_PARAMETER", "REJECTED", false),
                Arguments.of("TRANSIENT_FAILURE", "UNAVAILABLE", true),
                Arguments.of("FAILED", "REJECTED", false),
                Arguments.of(NEW, "UNKNOWN", false));
    }

    /** Where batches may run: on the mailer's threads, on virtual ones of the user's. */
    private static Stream<Arguments> eachWay(Stream<Arguments> rows) {
        return rows.flatMap(row -> Stream.of(Way.BULK, Way.ASYNC_ON_VIRTUAL_THREADS)
                .map(way -> Arguments.of(
                        Stream.concat(Stream.of(way), Stream.of(row.get())).toArray())));
    }

    static Stream<Arguments> waysAndStatuses() {
        return eachWay(statuses());
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("waysAndStatuses")
    void isTakenEntryByEntry(Way way, String status, String outcome, boolean repeated) throws Exception {
        IntFunction<String> third = index -> index == 2 ? status : SUCCESS;
        Map<Long, String> once = outcomes(way, RetryPolicy.none(), answered(ENTRIES, third));
        assertThat(once.get(2L)).isEqualTo(outcome);
        assertThat(once.values().stream().filter("SENT"::equals)).hasSize(ENTRIES - 1);
        Map<Long, String> often = outcomes(way, quick(), answered(ENTRIES, third));
        assertThat(often.get(2L)).isEqualTo(repeated ? "SENT" : outcome);
    }

    /** Answers that say nothing of any entry. */
    private static Stream<Arguments> unknowns() {
        return Stream.of(
                Arguments.of("a result too few", answered(ENTRIES - 1, index -> SUCCESS)),
                Arguments.of("a result too many", answered(ENTRIES + 1, index -> SUCCESS)),
                Arguments.of("no results", answered(0, index -> SUCCESS)),
                Arguments.of("malformed", took("{\"BulkEmailEntryResults\":[{")),
                Arguments.of("no list", took("{}")),
                Arguments.of("FIN", (Step) connection -> {
                    take(connection, index -> SUCCESS);
                    connection.end();
                }),
                Arguments.of("silence", (Step) connection -> {
                    take(connection, index -> SUCCESS);
                    connection.awaitEnd();
                }),
                Arguments.of("500", (Step) connection -> {
                    take(connection, index -> SUCCESS);
                    connection.write(FaultyServer.response(500, "{}", FaultyServer.ofSes()));
                }));
    }

    static Stream<Arguments> waysAndUnknowns() {
        return eachWay(unknowns());
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("waysAndUnknowns")
    void isUnknownOfEveryEntryWhereNothingIsSaidOfIt(Way way, String name, Step step) throws Exception {
        assertThat(outcomes(way, quick(), step).values()).containsOnly("UNKNOWN");
    }

    /** One that is cut on its way is in {@link ApiCutsTest}. */
    @Test
    void isTriedAgainWholeWhereNothingOfItWasTaken() throws Exception {
        assertThat(outcomes(
                                Way.BULK,
                                quick(),
                                refused(429, "TooManyRequestsException", "Maximum sending rate exceeded."))
                        .values())
                .containsOnly("SENT");
    }

    @Test
    void isRefusedWholeWhereSesSaysSo() throws Exception {
        assertThat(outcomes(Way.BULK, quick(), refused(404, "NotFoundException", "Template october does not exist"))
                        .values())
                .containsOnly("REJECTED");
    }

    private static RetryPolicy quick() {
        return RetryPolicy.defaults().pauses(Duration.ofMillis(1), Duration.ofMillis(1));
    }

    /** SES took it and does not say as what: nobody knows its id, and nobody may send it again. */
    @Test
    void isAcceptedWhereSesSaysSuccessAndNoId() throws Exception {
        Step withoutIds = connection -> {
            int entries = take(connection, index -> SUCCESS);
            String all = String.join(",", Collections.nCopies(entries, "{\"Status\":\"SUCCESS\"}"));
            connection.write(
                    FaultyServer.response(200, "{\"BulkEmailEntryResults\":[" + all + "]}", FaultyServer.ofSes()));
        };
        assertThat(outcomes(Way.BULK, quick(), withoutIds).values()).containsOnly("ACCEPTED");
    }

    /** Sends a mailing through these steps, and whatever comes after them, and holds each entry against the ledger. */
    private static Map<Long, String> outcomes(Way way, RetryPolicy retry, Step... steps) throws Exception {
        Map<Long, SendOutcome> outcomes = new ConcurrentSkipListMap<>();
        AtomicInteger finished = new AtomicInteger();
        try (FaultyServer server = FaultyServer.start(steps).otherwise(Batches.sent());
                SesMailer mailer = way.prepare(Fault.of("", "")
                                .tuned(transport -> transport.readTimeout(Duration.ofSeconds(1)))
                                .mailer(server.endpoint()))
                        .quota(SendingQuota.of(1000, 1_000_000))
                        .retry(retry)
                        .listener(new SendListener() {
                            @Override
                            public void finished(SendOutcome outcome, Duration took) {
                                finished.incrementAndGet();
                            }
                        })
                        .build()) {
            BulkSend.Report report = mailer.sendAll(
                            mailing(),
                            BulkOptions.defaults()
                                    .deadline(LESS_THAN_A_DAY)
                                    .onResult(each -> outcomes.put(each.index(), each.outcome())))
                    .join();
            assertThat(outcomes).as(report.toString()).hasSize(ENTRIES);
            assertThat(finished).hasValue(ENTRIES);
            outcomes.forEach((index, outcome) -> server.ledger().holdAgainst(address(index), outcome));
        }
        Map<Long, String> names = new ConcurrentSkipListMap<>();
        outcomes.forEach((index, outcome) -> names.put(index, Fault.name(outcome)));
        return names;
    }

    private static String address(long index) {
        return "jane" + index + "@example.com";
    }

    private static TemplateMailing mailing() {
        return Batches.mailing(
                IntStream.range(0, ENTRIES).mapToObj(BatchFaultsTest::address).toList());
    }
}
