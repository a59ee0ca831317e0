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

    @Test
    void aSendThatIsCutIsNeitherLostNorRepeated() throws Exception {
        try (FaultyServer server = FaultyServer.start().otherwise(FaultyServer.sent("Connection: close"))) {
            assertThat(cuts(server, false).cutOneSend(Direction.TO_SERVER, REQUEST_HEADERS))
                    .isGreaterThan(REQUEST_HEADERS);
            assertThat(server.ledger().takenTwice()).isZero();
        }
    }

    @Test
    void anAnswerThatIsCutIsNeitherLostNorRepeated() throws Exception {
        try (FaultyServer server = FaultyServer.start().otherwise(FaultyServer.sent("Connection: close"))) {
            assertThat(cuts(server, false).cutOneSend(Direction.TO_CLIENT, Integer.MAX_VALUE))
                    .isGreaterThan(100);
            assertThat(server.ledger().takenTwice()).isZero();
        }
    }

    @Test
    void aBulkThatIsCutIsNeitherLostNorRepeated() throws Exception {
        try (FaultyServer server = FaultyServer.start()) {
            Cuts cuts = cuts(server, true);
            assertThat(cuts.cutBulk(Direction.TO_SERVER, 20)).isGreaterThan(1000);
            assertThat(cuts.cutBulk(Direction.TO_CLIENT, 20)).isGreaterThan(100);
            assertThat(server.ledger().takenTwice()).isZero();
        }
    }

    @Test
    void aConnectionThatEndsAtOnceLosesNothing() throws Exception {
        try (FaultyServer server = FaultyServer.start().otherwise(FaultyServer.sent("Connection: close"))) {
            cuts(server, false).refuseEachConnect(20);
            assertThat(server.ledger().takenTwice()).isZero();
        }
    }
}
