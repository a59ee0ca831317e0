package io.github.sesquill.quota;

import java.util.Objects;
import java.util.OptionalLong;

/**
 * What an account may send in one region, counted in recipients.
 *
 * <p>Start with {@link #sandbox()}, or with the figures of {@code GetAccount} through {@link #of(double, double)}. If
 * several JVMs send for one account, give each its {@link #share(double)}. Be careful with {@link #perSecond(double)}:
 * it keeps no daily limit, so SES itself will be the one to say that the day is full.
 *
 * <p>Immutable; two quotas are equal when their figures are.
 *
 * @see <a href="https://docs.aws.amazon.com/ses/latest/dg/manage-sending-quotas.html">Managing your Amazon SES sending
 *     limits</a>
 */
public final class SendingQuota {

    private static final double LOWEST_RATE = 0.001;
    private static final double HIGHEST_RATE = 100_000;
    private static final double HIGHEST_DAY = 1e12;
    private static final long UNLIMITED = -1;
    private static final double BILLION = 1e9;

    private final double recipientsPerSecond;
    private final long recipientsPer24Hours;

    private SendingQuota(double recipientsPerSecond, long recipientsPer24Hours) {
        this.recipientsPerSecond = recipientsPerSecond;
        this.recipientsPer24Hours = recipientsPer24Hours;
    }

    /** Returns what every new account has until SES grants it production access: 1 recipient a second, 200 in 24 hours. */
    public static SendingQuota sandbox() {
        return of(1, 200);
    }

    /**
     * Returns a quota of these figures, as {@code GetAccount} gives them: {@code MaxSendRate} and
     * {@code Max24HourSend}.
     *
     * @param recipientsPerSecond the rate, 0.001 to 100,000; a fraction is allowed
     * @param recipientsPer24Hours the limit of the rolling day, a whole number from 1 to 10<sup>12</sup>, or -1 for none
     * @throws IllegalArgumentException if a figure is out of bounds or no number
     */
    public static SendingQuota of(double recipientsPerSecond, double recipientsPer24Hours) {
        return new SendingQuota(checkedRate(recipientsPerSecond), checkedDay(recipientsPer24Hours));
    }

    /**
     * Returns a quota without a daily limit.
     *
     * @param recipientsPerSecond the rate, 0.001 to 100,000; a fraction is allowed
     * @throws IllegalArgumentException if the rate is out of bounds or no number
     */
    public static SendingQuota perSecond(double recipientsPerSecond) {
        return of(recipientsPerSecond, UNLIMITED);
    }

    /** Returns the rate, in recipients a second. */
    public double recipientsPerSecond() {
        return recipientsPerSecond;
    }

    /** Returns how many recipients any 24 hours may see; empty if there is no such limit. */
    public OptionalLong recipientsPer24Hours() {
        return recipientsPer24Hours == UNLIMITED ? OptionalLong.empty() : OptionalLong.of(recipientsPer24Hours);
    }

    /**
     * Returns the part of this quota that one of several senders may use, the safe way when they share no store.
     *
     * <p>A rate is kept to in whole recipients a second once it is above one: a share of 4.2 sends 4 a second, so whole
     * shares lose nothing.
     *
     * @param fraction above 0 and at most 1, such as {@code 1.0 / 3} for each of three JVMs
     * @return this rate times the fraction, and this daily limit times the fraction, rounded down
     * @throws IllegalArgumentException if the fraction is out of bounds, or leaves less than 0.001 recipients a second
     *     or less than one a day
     */
    public SendingQuota share(double fraction) {
        if (!(fraction > 0 && fraction <= 1)) {
            throw new IllegalArgumentException("A share of " + fraction
                    + " is no part of a quota: give a fraction above 0 and at most 1, such as 1.0 / 3.");
        }
        double day =
                recipientsPer24Hours == UNLIMITED ? UNLIMITED : Math.floor(cleaned(recipientsPer24Hours * fraction));
        return of(cleaned(recipientsPerSecond * fraction), day);
    }

    /** Rounds to a billionth, so that 0.29 of 100 is 29 and not 28.999999999999996, which would send 28. */
    private static double cleaned(double product) {
        return Math.rint(product * BILLION) / BILLION;
    }

    private static double checkedRate(double rate) {
        if (!(rate >= LOWEST_RATE && rate <= HIGHEST_RATE)) {
            throw new IllegalArgumentException(
                    "A rate of " + rate + " recipients a second cannot be kept to: give one from 0.001 to 100,000.");
        }
        return rate;
    }

    private static long checkedDay(double day) {
        boolean limited = day >= 1 && day <= HIGHEST_DAY && day == Math.rint(day);
        if (!limited && day != UNLIMITED) {
            throw new IllegalArgumentException(
                    "A limit of " + day
                            + " recipients in 24 hours cannot be kept to: give a whole number from 1 to 10^12, or -1 for none.");
        }
        return (long) day;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SendingQuota that
                && Double.compare(recipientsPerSecond, that.recipientsPerSecond) == 0
                && recipientsPer24Hours == that.recipientsPer24Hours;
    }

    @Override
    public int hashCode() {
        return Objects.hash(recipientsPerSecond, recipientsPer24Hours);
    }

    @Override
    public String toString() {
        String day = recipientsPer24Hours == UNLIMITED ? "no daily limit" : recipientsPer24Hours + " in 24 hours";
        return recipientsPerSecond + " recipients a second, " + day;
    }
}
