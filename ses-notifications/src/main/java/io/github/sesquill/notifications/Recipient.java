package io.github.sesquill.notifications;

import org.jspecify.annotations.Nullable;

/**
 * Names somebody a message was for. Immutable; equal by {@link #original()}.
 */
public final class Recipient {

    private final String original;

    Recipient(String original) {
        this.original = original;
    }

    /**
     * Returns the bare address, {@code jane@example.com}, also where SES sent a display name with it.
     *
     * <p>The case is left as it is. A text that cannot be taken apart is given back trimmed.
     */
    public String address() {
        return AddressText.bare(original);
    }

    /** Returns the address as SES sent it, perhaps with a display name. */
    public String original() {
        return original;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Recipient that && original.equals(that.original);
    }

    @Override
    public int hashCode() {
        return original.hashCode();
    }

    /** Returns a text without the address, which does not belong in a log. */
    @Override
    public String toString() {
        return "Recipient[address withheld]";
    }
}
