package io.github.sesquill.suppression;

import java.time.Instant;

/**
 * An address that gets no mail, why, and since when.
 *
 * <p>Immutable, thread-safe, compared by value.
 */
public final class Suppression {

    private final String address;
    private final Reason reason;
    private final Instant since;

    private Suppression(String address, Reason reason, Instant since) {
        this.address = address;
        this.reason = reason;
        this.since = since;
    }

    /**
     * Suppresses an address from now on.
     *
     * @throws IllegalArgumentException if the address is blank
     */
    public static Suppression of(String address, Reason reason) {
        return of(address, reason, Instant.now());
    }

    /**
     * Suppresses an address since a time.
     *
     * @throws IllegalArgumentException if the address is blank
     */
    public static Suppression of(String address, Reason reason, Instant since) {
        if (address.isBlank()) {
            throw new IllegalArgumentException("A suppression needs an address; it was blank.");
        }
        return new Suppression(address, reason, since);
    }

    /** Returns the address as it was given. */
    public String address() {
        return address;
    }

    /** Returns why it is suppressed. */
    public Reason reason() {
        return reason;
    }

    /** Returns since when it is. */
    public Instant since() {
        return since;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Suppression that
                && address.equals(that.address)
                && reason == that.reason
                && since.equals(that.since);
    }

    @Override
    public int hashCode() {
        return address.hashCode();
    }

    /** Says why and since when, without the address. */
    @Override
    public String toString() {
        return "Suppression[" + reason + " since " + since + "]";
    }

    /** Why an address is suppressed. More may be added; a switch needs a default. */
    public enum Reason {
        /** Mail to it bounced for good. */
        BOUNCE,
        /** Its owner complained of mail as spam. */
        COMPLAINT,
        /** Its owner unsubscribed. */
        UNSUBSCRIBED,
        /** Somebody put it on the list by hand. */
        MANUAL
    }
}
