package io.github.sesquill.acceptance.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sesquill.acceptance.faults.CuttingProxy.Direction;
import io.github.sesquill.smtp.SmtpTransport;
import io.github.sesquill.test.VirtualTime;
import io.github.sesquill.transport.EmailTransport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** SMTP over a connection that ends after any byte. */
class SmtpCutsTest {

    /** More than the dialogue before a message and its headers take. */
    private static final int DIALOGUE = 1100;

    private final Ledger ledger = new Ledger();

    /** Its time stands still, so that no slow machine makes it take leave or ask for a sign of life between messages. */
    static EmailTransport transport(int port) {
        return SmtpTransport.host("127.0.0.1")
                .port(port)
                .withoutTls()
                .time(VirtualTime.start())
                .build();
    }

    private FaultySmtp server() throws Exception {
        return FaultySmtp.start(ledger::take, moment -> false);
    }

    private Cuts cuts(FaultySmtp server) {
        return new Cuts(server.port(), ledger, true, proxy -> transport(proxy.port()));
    }

    @Test
    void aSendThatIsCutIsTriedAgainBeforeTheMessageAndUnknownAfterIt() throws Exception {
        try (FaultySmtp server = server()) {
            Cuts cuts = cuts(server);
            Cuts.Tally tally = cuts.cut(cuts.oneMessage(), Direction.TO_SERVER, DIALOGUE);
            assertThat(tally.cuts()).isGreaterThan(DIALOGUE + 16);
            assertThat(tally.triedAgain()).isGreaterThan(50);
            assertThat(tally.unknown()).isGreaterThan(500);
            assertThat(ledger.takenTwice()).isZero();
        }
    }

    @Test
    void aLargeSendThatIsCutBeforeItsEndIsTriedAgain() throws Exception {
        try (FaultySmtp server = server()) {
            Cuts cuts = cuts(server);
            assertThat(cuts.cutBeforeTheEnd(cuts.oneLargeMessage(), Cuts.longBeforeTheEnd()))
                    .isEqualTo(new Cuts.Tally(7, 7, 0, 0));
            assertThat(ledger.takenTwice()).isZero();
        }
    }

    @Test
    void aLargeSendThatIsCutBeforeItsEndIsNotSentWhereNothingIsTriedAgain() throws Exception {
        try (FaultySmtp server = server()) {
            Cuts cuts = cuts(server).withoutRetries();
            assertThat(cuts.cutBeforeTheEnd(cuts.oneLargeMessage(), Cuts.longBeforeTheEnd()))
                    .isEqualTo(new Cuts.Tally(7, 0, 0, 7));
        }
    }

    @Test
    void aReplyThatIsCutIsTriedAgainUnlessItIsTheLast() throws Exception {
        try (FaultySmtp server = server()) {
            Cuts cuts = cuts(server);
            Cuts.Tally tally = cuts.cut(cuts.oneMessage(), Direction.TO_CLIENT, Integer.MAX_VALUE);
            assertThat(tally.unknown()).isEqualTo("250 Ok 0102018f-00000000\r\n".length());
            assertThat(tally.triedAgain()).isGreaterThan(80);
            assertThat(ledger.takenTwice()).isZero();
        }
    }

    @Test
    void aBulkThatIsCutLosesAndRepeatsNothing() throws Exception {
        try (FaultySmtp server = server()) {
            Cuts cuts = cuts(server);
            Cuts.Tally toServer = cuts.cutBulk(Direction.TO_SERVER, 20);
            assertThat(toServer.cuts()).isGreaterThan(300);
            assertThat(toServer.triedAgain()).isGreaterThan(50);
            assertThat(toServer.unknown()).isGreaterThan(200);
            Cuts.Tally toClient = cuts.cutBulk(Direction.TO_CLIENT, 20);
            assertThat(toClient.triedAgain()).isGreaterThan(20);
            assertThat(toClient.unknown()).isGreaterThanOrEqualTo("250 Ok 0102018f-00000000\r\n".length());
            assertThat(ledger.takenTwice()).isZero();
        }
    }

    @Test
    @Tag("nightly")
    void aBulkThatIsCutAnywhereLosesAndRepeatsNothing(TestReporter report) throws Exception {
        try (FaultySmtp server = server()) {
            Cuts cuts = cuts(server);
            Cuts.Tally toServer = cuts.cutBulkEverywhere(Direction.TO_SERVER, 20);
            report.publishEntry("to SES", toServer.toString());
            assertThat(toServer.triedAgain()).isGreaterThan(20 * 50);
            assertThat(toServer.unknown()).isGreaterThan(20 * 200);
            Cuts.Tally toClient = cuts.cutBulkEverywhere(Direction.TO_CLIENT, 20);
            report.publishEntry("from SES", toClient.toString());
            assertThat(toClient.triedAgain()).isGreaterThan(20 * 20);
            assertThat(toClient.unknown()).isGreaterThanOrEqualTo(20 * "250 Ok 0102018f-00000000\r\n".length());
            assertThat(ledger.takenTwice()).isZero();
        }
    }

    @Test
    void aMessageWhoseConnectionEndsAtOnceIsSentOverTheNext() throws Exception {
        try (FaultySmtp server = server()) {
            assertThat(cuts(server).endEachConnect(20)).isEqualTo(20);
            assertThat(ledger.size()).isEqualTo(20 * 20);
            assertThat(ledger.takenTwice()).isZero();
        }
    }

    @Test
    void aBulkWhoseNthConnectionIsRefusedIsSentWhole() throws Exception {
        try (FaultySmtp server = FaultySmtp.start(ledger::take, moment -> moment == FaultySmtp.Moment.ANSWERED)) {
            assertThat(cuts(server).refuseEachConnectOfABulk(20)).isEqualTo(20);
            assertThat(ledger.size()).isEqualTo(20 * 20);
            assertThat(ledger.takenTwice()).isZero();
        }
    }
}
