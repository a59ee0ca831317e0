package io.github.sesquill.message;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One mailbox: an address that SES can deliver to, and perhaps a display name.
 *
 * <pre>{@code
 * EmailAddress.of("jane@example.com");
 * EmailAddress.of("Jane Doe <jane@example.com>");
 * EmailAddress.of("Doe, Jane", "jane@example.com");      // any script, commas and quotes are fine
 * }</pre>
 *
 * <p>Accepted is what is safe on every wire: an ASCII dot-atom before the {@code @} (RFC 5321 section 4.1.2) and a host
 * name of at least two labels after it. A domain in another script is converted to its A-labels and refused if the
 * conversion would change it. SES offers no SMTPUTF8, so a local part outside ASCII is refused. Groups, comments,
 * routes, quoted local parts and address literals are refused: they are how one address is made to look like another.
 * Limits are 64 characters before the {@code @} and 254 in all (RFC 5321 section 4.5.3.1).
 *
 * <p>Immutable and thread-safe. Two are equal if name and address are equal character by character, except for the case
 * of the domain.
 */
public final class EmailAddress {

    private static final String SIMULATOR = "simulator.amazonses.com";

    private final @Nullable String displayName;
    private final String address;
    private final int at;

    private EmailAddress(@Nullable String displayName, String address, int at) {
        this.displayName = displayName;
        this.address = address;
        this.at = at;
    }

    /**
     * Reads one address, with or without a display name: {@code jane@example.com}, {@code Jane <jane@example.com>} or
     * {@code "Doe, Jane" <jane@example.com>}.
     *
     * @throws IllegalArgumentException if the text is not exactly one acceptable address; the message says why
     */
    public static EmailAddress of(String text) {
        return AddressSyntax.read(text);
    }

    /**
     * Joins a display name of 1 to 256 characters, taken as it is, and a bare address.
     *
     * @throws IllegalArgumentException if the name is empty, too long or holds control characters, or the address is not acceptable
     */
    public static EmailAddress of(String displayName, String address) {
        return AddressSyntax.addressOf(AddressSyntax.displayName(displayName), address);
    }

    /** Reads several addresses, one a string. */
    static EmailAddress[] all(String... texts) {
        EmailAddress[] addresses = new EmailAddress[texts.length];
        Arrays.setAll(addresses, i -> of(texts[i]));
        return addresses;
    }

    /** Joins a name and an address, all ASCII and with its only {@code @} there, that {@link AddressSyntax} has checked. */
    static EmailAddress ofChecked(@Nullable String displayName, String address, int at) {
        return new EmailAddress(displayName, address, at);
    }

    /** Returns the display name as people read it. */
    public Optional<String> displayName() {
        return Optional.ofNullable(displayName);
    }

    /** Returns the bare address as it goes on the wire: {@code local-part@domain}, all ASCII. */
    public String address() {
        return address;
    }

    /** Returns what stands before the {@code @}. */
    public String localPart() {
        return address.substring(0, at);
    }

    /** Returns the host name after the {@code @}, in ASCII; other scripts as A-labels ({@code xn--…}). */
    public String domain() {
        return address.substring(at + 1);
    }

    /**
     * Tells whether this is an address of the SES mailbox simulator, which costs rate but not daily quota and may be
     * used in the sandbox (SES Developer Guide, "Using the mailbox simulator").
     */
    public boolean isSimulator() {
        return address.length() == at + 1 + SIMULATOR.length()
                && address.regionMatches(true, at + 1, SIMULATOR, 0, SIMULATOR.length());
    }

    /**
     * Returns the address as a header shows it: the name quoted or as encoded words (RFC 2047) where it must be, then
     * the address in angle brackets. All ASCII, no line breaks.
     */
    public String headerValue() {
        return displayName == null ? address : HeaderText.phrase(displayName) + " <" + address + '>';
    }

    /** Says which mailbox is meant: the local part as it is and the domain in lower case. */
    String mailbox() {
        return localPart() + '@' + domain().toLowerCase(Locale.ROOT);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EmailAddress that
                && displayName().equals(that.displayName())
                && mailbox().equals(that.mailbox());
    }

    @Override
    public int hashCode() {
        return mailbox().hashCode();
    }

    /** Returns {@link #headerValue()}. */
    @Override
    public String toString() {
        return headerValue();
    }
}
