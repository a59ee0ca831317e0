package io.github.sesquill.test;

import io.github.sesquill.test.engine.Fate;

/** What a mailbox outside the simulator does with mail, for {@link FakeSes#mailbox}. More may be added. */
public enum Mailbox {
    /** Its mail server takes mail, as those of all others do. */
    WORKS(Fate.DELIVERED),
    /** There is no such mailbox: a permanent bounce, after which SES suppresses the address. */
    UNKNOWN(Fate.BOUNCED),
    /** It is full until SES gives up: a transient bounce. */
    FULL(Fate.BOUNCED_FOR_NOW),
    /** Its owner is away: a delivery, and then a machine's answer, which SES takes for a transient bounce. */
    OUT_OF_OFFICE(Fate.OUT_OF_OFFICE),
    /** Its owner calls mail spam: a delivery and a complaint, after which SES suppresses the address. */
    COMPLAINS(Fate.COMPLAINED);

    private final Fate fate;

    Mailbox(Fate fate) {
        this.fate = fate;
    }

    Fate fate() {
        return fate;
    }
}
