package io.github.sesquill.acceptance.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sesquill.acceptance.faults.CuttingProxy.Direction;
import io.github.sesquill.api.SesApiTransport;
import java.io.IOException;
import java.net.URI;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sesv2.SesV2Client;

/** The SES v2 API over a connection that ends after any byte. */
class ApiCutsTest {

    private static final Fault ANY = Fault.of("", "");

    /** More than the headers of a request take. */
    private static final int REQUEST_HEADERS = 1100;

    /** More than the headers of an answer take. */
    private static final int ANSWER_HEADERS = 150;

    private static final int BATCH = 20;

    private final Queue<SesV2Client> lent = new ConcurrentLinkedQueue<>();

    @AfterEach
    void closeWhatWasLent() {
        lent.forEach(SesV2Client::close);
    }

    private static FaultyServer server() throws IOException {
        return FaultyServer.start().otherwise(Batches.sent("Connection: close"));
    }

    private static URI endpoint(CuttingProxy proxy) {
        return URI.create("http://localhost:" + proxy.port());
    }

    /** Small requests, each of which is written in one piece: who writes it has handed it over. */
    private static Cuts cuts(FaultyServer server, boolean keepsConnections) {
        return new Cuts(server.port(), server.ledger(), keepsConnections, proxy -> ANY.transport(endpoint(proxy)));
    }

    /** Requests whose last byte is not written before the client has noticed the cut. */
    private Cuts cutsBeforeTheEnd(FaultyServer server) {
        return new Cuts(server.port(), server.ledger(), false, proxy -> {
            SesV2Client client = SesV2Client.builder()
                    .region(Region.EU_WEST_1)
                    .endpointOverride(endpoint(proxy))
                    .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("AKID", "secret")))
                    .httpClient(new LongRequests(Apache5HttpClient.create(), proxy::isAboutToCut))
                    .build();
            lent.add(client);
            return SesApiTransport.using(client);
        });
    }

    /** Every byte of the headers, and each KiB of a body up to far beyond what is read at once. */
    private static LongStream beforeTheEnd() {
        return LongStream.concat(
                LongStream.range(0, REQUEST_HEADERS),
                LongStream.rangeClosed(2, 64).map(kib -> kib * 1024));
    }

    @Test
    void aSendThatIsCutBeforeItsLastByteIsTriedAgain() throws Exception {
        try (FaultyServer server = server()) {
            Cuts cuts = cutsBeforeTheEnd(server);
            int all = (int) beforeTheEnd().count();
            assertThat(cuts.cutBeforeTheEnd(cuts.oneMessage(), beforeTheEnd()))
                    .isEqualTo(new Cuts.Tally(all, all, 0, 0));
            assertThat(server.ledger().takenTwice()).isZero();
        }
    }

    @Test
    void aSendThatIsCutBehindItsLastByteIsUnknown() throws Exception {
        try (FaultyServer server = server()) {
            Cuts cuts = cuts(server, false);
            Cuts.Tally tally = cuts.cut(cuts.oneMessage(), Direction.TO_SERVER, REQUEST_HEADERS);
            assertThat(tally.cuts()).isGreaterThan(REQUEST_HEADERS + 16);
            assertThat(tally.unknown()).isEqualTo(tally.cuts());
            assertThat(server.ledger().takenTwice()).isZero();
        }
    }

    @Test
    void aLargeSendThatIsCutBeforeItsEndIsTriedAgain() throws Exception {
        try (FaultyServer server = server()) {
            Cuts cuts = cuts(server, false);
            assertThat(cuts.cutBeforeTheEnd(cuts.oneLargeMessage(), Cuts.longBeforeTheEnd()))
                    .isEqualTo(new Cuts.Tally(7, 7, 0, 0));
            assertThat(server.ledger().takenTwice()).isZero();
        }
    }

    @Test
    void aLargeSendThatIsCutBeforeItsEndIsNotSentWhereNothingIsTriedAgain() throws Exception {
        try (FaultyServer server = server()) {
            Cuts cuts = cuts(server, false).withoutRetries();
            assertThat(cuts.cutBeforeTheEnd(cuts.oneLargeMessage(), Cuts.longBeforeTheEnd()))
                    .isEqualTo(new Cuts.Tally(7, 0, 0, 7));
        }
    }

    @Test
    void anAnswerThatIsCutLeavesItUnknown() throws Exception {
        try (FaultyServer server = server()) {
            Cuts cuts = cuts(server, false);
            Cuts.Tally tally = cuts.cut(cuts.oneMessage(), Direction.TO_CLIENT, Integer.MAX_VALUE);
            assertThat(tally.cuts()).isGreaterThan(100);
            assertThat(tally.unknown()).isEqualTo(tally.cuts());
            assertThat(server.ledger().takenTwice()).isZero();
        }
    }

    @Test
    void aBatchThatIsCutBeforeItsLastByteIsTriedAgainWhole() throws Exception {
        try (FaultyServer server = server()) {
            Cuts cuts = cutsBeforeTheEnd(server);
            int all = (int) beforeTheEnd().count();
            assertThat(cuts.cutBeforeTheEnd(cuts.oneBatch(BATCH), beforeTheEnd()))
                    .isEqualTo(new Cuts.Tally(all, all * BATCH, 0, 0));
            assertThat(server.ledger().takenTwice()).isZero();
        }
    }

    @Test
    void aBatchThatIsCutBehindItsLastByteIsUnknownWhole() throws Exception {
        try (FaultyServer server = server()) {
            Cuts cuts = cuts(server, false);
            Cuts.Tally tally = cuts.cut(cuts.oneBatch(BATCH), Direction.TO_SERVER, 0);
            assertThat(tally.cuts()).isGreaterThanOrEqualTo(4 + 16);
            assertThat(tally.unknown()).isEqualTo(tally.cuts() * BATCH);
            assertThat(server.ledger().takenTwice()).isZero();
        }
    }

    @Test
    void theAnswerToABatchThatIsCutLeavesAllOfItUnknown() throws Exception {
        try (FaultyServer server = server()) {
            Cuts cuts = cuts(server, false);
            Cuts.Tally tally = cuts.cut(cuts.oneBatch(BATCH), Direction.TO_CLIENT, ANSWER_HEADERS);
            assertThat(tally.cuts()).isGreaterThanOrEqualTo(ANSWER_HEADERS + 16);
            assertThat(tally.unknown()).isEqualTo(tally.cuts() * BATCH);
            assertThat(server.ledger().takenTwice()).isZero();
        }
    }

    @Test
    void aBulkThatIsCutLosesAndRepeatsNothing() throws Exception {
        try (FaultyServer server = FaultyServer.start()) {
            Cuts cuts = cuts(server, true);
            Cuts.Tally requests = cuts.cutBulk(Direction.TO_SERVER, 20);
            assertThat(requests.cuts()).isGreaterThan(1000);
            assertThat(requests.unknown()).isEqualTo(requests.cuts());
            Cuts.Tally answers = cuts.cutBulk(Direction.TO_CLIENT, 20);
            assertThat(answers.cuts()).isGreaterThan(100);
            assertThat(answers.unknown()).isEqualTo(answers.cuts());
            assertThat(server.ledger().takenTwice()).isZero();
        }
    }

    @Test
    @Tag("nightly")
    void aBulkThatIsCutAnywhereLosesAndRepeatsNothing(TestReporter report) throws Exception {
        try (FaultyServer server = FaultyServer.start()) {
            Cuts cuts = cuts(server, true);
            Cuts.Tally requests = cuts.cutBulkEverywhere(Direction.TO_SERVER, BATCH);
            report.publishEntry("to SES", requests.toString());
            assertThat(requests.cuts()).isGreaterThan(BATCH * 1000);
            assertThat(requests.unknown()).isEqualTo(requests.cuts());
            Cuts.Tally answers = cuts.cutBulkEverywhere(Direction.TO_CLIENT, BATCH);
            report.publishEntry("from SES", answers.toString());
            assertThat(answers.cuts()).isGreaterThan(BATCH * 100);
            assertThat(answers.unknown()).isEqualTo(answers.cuts());
            assertThat(server.ledger().takenTwice()).isZero();
        }
    }

    @Test
    void aMessageWhoseConnectionEndsAtOnceIsSentOverTheNext() throws Exception {
        try (FaultyServer server = server()) {
            assertThat(cutsBeforeTheEnd(server).endEachConnect(20)).isEqualTo(20);
            assertThat(server.ledger().size()).isEqualTo(20 * 20);
            assertThat(server.ledger().takenTwice()).isZero();
        }
    }

    @Test
    void aBulkWhoseNthConnectionIsRefusedIsSentWhole() throws Exception {
        try (FaultyServer server = server()) {
            assertThat(cuts(server, false).refuseEachConnectOfABulk(20)).isEqualTo(20);
            assertThat(server.ledger().size()).isEqualTo(20 * 20);
            assertThat(server.ledger().takenTwice()).isZero();
        }
    }
}
