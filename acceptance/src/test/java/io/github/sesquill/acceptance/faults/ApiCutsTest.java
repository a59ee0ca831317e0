package io.github.sesquill.acceptance.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sesquill.acceptance.faults.CuttingProxy.Direction;
import java.net.URI;
import org.junit.jupiter.api.Test;

/** The SES v2 API over a connection that ends after any byte. */
class ApiCutsTest {

    private static final Fault ANY = Fault.of("", "");

    /** More than the headers of a request take. */
    private static final int REQUEST_HEADERS = 1100;

    private static Cuts cuts(FaultyServer server, boolean keepsConnections) {
        return new Cuts(
                server.port(),
                server.ledger(),
                keepsConnections,
                port -> ANY.transport(URI.create("http://localhost:" + port)));
    }

    /** A small request is handed over at once, so whoever cuts it leaves open whether it arrived. */
    @Test
    void aSendThatIsCutIsNeitherLostNorRepeated() throws Exception {
        try (FaultyServer server = FaultyServer.start().otherwise(FaultyServer.sent("Connection: close"))) {
            Cuts.Tally tally = cuts(server, false).cutOneSend(Direction.TO_SERVER, REQUEST_HEADERS);
            assertThat(tally.cuts()).isGreaterThan(REQUEST_HEADERS + 16);
            assertThat(server.ledger().takenTwice()).isZero();
        }
    }

    @Test
    void aLargeSendThatIsCutBeforeItsEndIsTriedAgain() throws Exception {
        try (FaultyServer server = FaultyServer.start().otherwise(FaultyServer.sent("Connection: close"))) {
            assertThat(cuts(server, false).cutLargeSend()).isEqualTo(new Cuts.Tally(7, 7, 0));
            assertThat(server.ledger().takenTwice()).isZero();
        }
    }

    @Test
    void anAnswerThatIsCutLeavesItUnknown() throws Exception {
        try (FaultyServer server = FaultyServer.start().otherwise(FaultyServer.sent("Connection: close"))) {
            Cuts.Tally tally = cuts(server, false).cutOneSend(Direction.TO_CLIENT, Integer.MAX_VALUE);
            assertThat(tally.cuts()).isGreaterThan(100);
            assertThat(tally.unknown()).isEqualTo(tally.cuts());
            assertThat(server.ledger().takenTwice()).isZero();
        }
    }

    @Test
    void aBulkThatIsCutLosesAndRepeatsNothing() throws Exception {
        try (FaultyServer server = FaultyServer.start()) {
            Cuts cuts = cuts(server, true);
            assertThat(cuts.cutBulk(Direction.TO_SERVER, 20).cuts()).isGreaterThan(1000);
            Cuts.Tally answers = cuts.cutBulk(Direction.TO_CLIENT, 20);
            assertThat(answers.cuts()).isGreaterThan(100);
            assertThat(answers.unknown()).isEqualTo(answers.cuts());
            assertThat(server.ledger().takenTwice()).isZero();
        }
    }

    @Test
    void aConnectionThatEndsAtOnceLosesNothing() throws Exception {
        try (FaultyServer server = FaultyServer.start().otherwise(FaultyServer.sent("Connection: close"))) {
            assertThat(cuts(server, false).endEachConnect(20)).isEqualTo(20);
            assertThat(server.ledger().takenTwice()).isZero();
        }
    }

    @Test
    void aBulkWhoseNthConnectionIsRefusedIsSentWhole() throws Exception {
        try (FaultyServer server = FaultyServer.start().otherwise(FaultyServer.sent("Connection: close"))) {
            assertThat(cuts(server, false).refuseEachConnectOfABulk(20)).isEqualTo(20);
            assertThat(server.ledger().size()).isEqualTo(20 * 20);
            assertThat(server.ledger().takenTwice()).isZero();
        }
    }
}
