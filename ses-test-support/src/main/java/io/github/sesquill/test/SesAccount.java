package io.github.sesquill.test;

import io.github.sesquill.quota.SendingQuota;

/**
 * How an account is set up: its region, whether it is in the sandbox, and what it may send.
 *
 * @param seed what ids and delays are drawn from
 */
record SesAccount(String region, boolean sandbox, SendingQuota quota, long seed) {

    /** The account that AWS uses in its own examples. */
    static final String ID = "123456789012";

    /** An address kept for documentation (RFC 5737), as is every other here. */
    static final String SENDER_IP = "192.0.2.17";

    static final String OUTGOING_IP = "198.51.100.25";
    static final String REMOTE_IP = "203.0.113.9";
    static final String CALLER = "sesquill-fake";

    String identityArn(String identity) {
        return "arn:aws:ses:" + region + ':' + ID + ":identity/" + identity;
    }

    String reportingMta() {
        return "e1-1.smtp-out." + (region.equals("us-east-1") ? "" : region + '.') + "amazonses.com";
    }
}
