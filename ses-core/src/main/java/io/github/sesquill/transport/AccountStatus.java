package io.github.sesquill.transport;

import java.util.Objects;

/**
 * What an account may do in its region, as SES says itself (SES API reference, {@code GetAccount}).
 *
 * <p>Immutable, thread-safe, compared by value.
 */
public final class AccountStatus {

    /** What {@link #max24HourSend()} is for an account without a daily limit. */
    public static final double UNLIMITED = -1;

    private final double maxSendRate;
    private final double max24HourSend;
    private final double sentLast24Hours;
    private final boolean productionAccess;
    private final boolean sendingEnabled;

    private AccountStatus(Builder builder) {
        this.maxSendRate = builder.maxSendRate;
        this.max24HourSend = builder.max24HourSend;
        this.sentLast24Hours = builder.sentLast24Hours;
        this.productionAccess = builder.productionAccess;
        this.sendingEnabled = builder.sendingEnabled;
    }

    /** Begins with the quota: recipients a second, and recipients in 24 hours or {@link #UNLIMITED}. */
    public static Builder of(double maxSendRate, double max24HourSend) {
        return new Builder(maxSendRate, max24HourSend);
    }

    /** Returns how many recipients a second SES takes. */
    public double maxSendRate() {
        return maxSendRate;
    }

    /** Returns how many recipients SES takes in a rolling 24 hours, or {@link #UNLIMITED}. */
    public double max24HourSend() {
        return max24HourSend;
    }

    /** Returns how many recipients SES has taken in the last 24 hours. */
    public double sentLast24Hours() {
        return sentLast24Hours;
    }

    /** Tells whether the account is out of the sandbox. */
    public boolean productionAccess() {
        return productionAccess;
    }

    /** Tells whether the account may send at all now. */
    public boolean sendingEnabled() {
        return sendingEnabled;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AccountStatus that
                && maxSendRate == that.maxSendRate
                && max24HourSend == that.max24HourSend
                && sentLast24Hours == that.sentLast24Hours
                && productionAccess == that.productionAccess
                && sendingEnabled == that.sendingEnabled;
    }

    @Override
    public int hashCode() {
        return Objects.hash(maxSendRate, max24HourSend, sentLast24Hours, productionAccess, sendingEnabled);
    }

    @Override
    public String toString() {
        return "AccountStatus[" + (productionAccess ? "production" : "sandbox") + ", " + maxSendRate + "/s, "
                + sentLast24Hours + " of " + max24HourSend + " in 24 h"
                + (sendingEnabled ? "]" : ", sending disabled]");
    }

    /** Collects a status: by default nothing sent yet, in production and enabled. Not thread-safe. */
    public static final class Builder {

        private final double maxSendRate;
        private final double max24HourSend;
        private double sentLast24Hours;
        private boolean productionAccess = true;
        private boolean sendingEnabled = true;

        private Builder(double maxSendRate, double max24HourSend) {
            this.maxSendRate = maxSendRate;
            this.max24HourSend = max24HourSend;
        }

        /** Sets how many recipients were taken in the last 24 hours. */
        public Builder sentLast24Hours(double recipients) {
            sentLast24Hours = recipients;
            return this;
        }

        /** Sets whether the account is out of the sandbox. */
        public Builder productionAccess(boolean production) {
            productionAccess = production;
            return this;
        }

        /** Sets whether the account may send at all. */
        public Builder sendingEnabled(boolean enabled) {
            sendingEnabled = enabled;
            return this;
        }

        /** Makes the status. */
        public AccountStatus build() {
            return new AccountStatus(this);
        }
    }
}
