package io.github.sesquill.acceptance.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sesquill.acceptance.faults.CuttingProxy.Direction;
import io.github.sesquill.smtp.SmtpTransport;
import io.github.sesquill.transport.EmailTransport;
import org.junit.jupiter.api.Test;

/** SMTP over a connection that ends after any byte. */
class SmtpCutsTest {

    /** More than the dialogue before a message and its headers take. */
    private static final int DIALOGUE = 1100;

    private final Ledger ledger = new Ledger();

    static EmailTransport transport(int port) {
        return SmtpTransport.host("127.0.0.1").port(port).withoutTls().build();
    }

    private FaultySmtp server() throws Exception {
        return FaultySmtp.start(ledger::take, moment -> false);
    }

    private Cuts cuts(FaultySmtp server) {
        return new Cuts(server.port(), ledger, true, SmtpCutsTest::transport);
    }

    @Test
    void aSendThatIsCutIsNeitherLostNorRepeated() throws Exception {
        try (FaultySmtp server = server()) {
            assertThat(cuts(server).cutOneSend(Direction.TO_SERVER, DIALOGUE)).isGreaterThan(DIALOGUE);
            assertThat(ledger.takenTwice()).isZero();
        }
    }

    @Test
    void aReplyThatIsCutIsNeitherLostNorRepeated() throws Exception {
        try (FaultySmtp server = server()) {
            assertThat(cuts(server).cutOneSend(Direction.TO_CLIENT, Integer.MAX_VALUE))
                    .isGreaterThan(100);
            assertThat(ledger.takenTwice()).isZero();
        }
    }

    @Test
    void aBulkThatIsCutIsNeitherLostNorRepeated() throws Exception {
        try (FaultySmtp server = server()) {
            Cuts cuts = cuts(server);
            assertThat(cuts.cutBulk(Direction.TO_SERVER, 20)).isGreaterThan(300);
            assertThat(cuts.cutBulk(Direction.TO_CLIENT, 20)).isGreaterThan(40);
            assertThat(ledger.takenTwice()).isZero();
        }
    }

    @Test
    void aConnectionThatEndsAtOnceLosesNothing() throws Exception {
        try (FaultySmtp server = server()) {
            cuts(server).refuseEachConnect(20);
            assertThat(ledger.takenTwice()).isZero();
        }
    }
}
