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
     * Reads a recipient in the shapes SES gives them: a text, or an object with an {@code emailAddress}. Both are read
     * wherever one is expected, because a recipient lost is a suppression lost; one without an address is none.
     */
    static @Nullable Recipient read(Tree tree, int at) {
        String address = tree.kind(at) == Tree.OBJECT ? Fields.of(tree, at).text("emailAddress") : tree.scalar(at);
        return address == null || address.isBlank() ? null : new Recipient(address);
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
