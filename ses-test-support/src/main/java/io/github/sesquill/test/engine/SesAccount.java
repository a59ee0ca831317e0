package io.github.sesquill.test.engine;

import io.github.sesquill.quota.SendingQuota;

/** How an account stands: its region, whether it is in the sandbox, and what it may send. Thread-safe. */
public final class SesAccount {

    /** The number of the account, which AWS uses in its own examples. */
    public static final String ID = "123456789012";

    /** An address kept for documentation (RFC 5737), as is every other here. */
    static final String SENDER_IP = "192.0.2.17";

    static final String OUTGOING_IP = "198.51.100.25";
    static final String REMOTE_IP = "203.0.113.9";
    static final String READER_IP = "203.0.113.77";
    static final String CALLER = "sesquill-fake";

    private final String region;
    private final Runnable changed;
    private volatile boolean sandbox;
    private volatile SendingQuota quota;
    private volatile boolean paused;
    private volatile boolean suspended;

    SesAccount(String region, boolean sandbox, SendingQuota quota, Runnable changed) {
        this.region = region;
        this.sandbox = sandbox;
        this.quota = quota;
        this.changed = changed;
    }

    /** Returns the region. */
    public String region() {
        return region;
    }

    /** Returns the ARN of an identity of this account. */
    public String identityArn(String identity) {
        return "arn:aws:ses:" + region + ':' + ID + ":identity/" + identity;
    }

    /** Returns what it may send. */
    public SendingQuota quota() {
        return quota;
    }

    /** Changes what it may send. */
    public void quota(SendingQuota figures) {
        quota = figures;
        changed.run();
    }

    /** Tells whether it is in the sandbox. */
    public boolean isInSandbox() {
        return sandbox;
    }

    /** Moves it into the sandbox or out of it; the quota stays. */
    public void sandbox(boolean in) {
        sandbox = in;
        changed.run();
    }

    /** Tells whether sending is paused. */
    public boolean isPaused() {
        return paused;
    }

    /** Pauses sending or ends the pause. */
    public void pause(boolean on) {
        paused = on;
        changed.run();
    }

    /** Tells whether it may not send any more. */
    public boolean isSuspended() {
        return suspended;
    }

    /** Suspends it or ends that. */
    public void suspend(boolean on) {
        suspended = on;
        changed.run();
    }

    boolean isEnabled() {
        return !paused && !suspended;
    }

    String reportingMta() {
        return "e1-1.smtp-out." + (region.equals("us-east-1") ? "" : region + '.') + "amazonses.com";
    }
}
