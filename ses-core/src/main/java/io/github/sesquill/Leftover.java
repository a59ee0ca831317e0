package io.github.sesquill;

/**
 * What was left when a mailer had to stop before everything was done: sends that were waiting and certainly did not go
 * out, and sends that were on the wire and whose outcome is unknown. Each of them told its own caller too.
 *
 * <p>Immutable, thread-safe, compared by value.
 */
public final class Leftover {

    private final int cancelled;
    private final int brokenOff;

    Leftover(int cancelled, int brokenOff) {
        this.cancelled = cancelled;
        this.brokenOff = brokenOff;
    }

    /** Tells whether everything was done in time. */
    public boolean isEmpty() {
        return cancelled == 0 && brokenOff == 0;
    }

    /** Returns how many sends were cancelled before their message was handed over. */
    public int cancelled() {
        return cancelled;
    }

    /** Returns how many sends were broken off after their message was handed over. */
    public int brokenOff() {
        return brokenOff;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Leftover that && cancelled == that.cancelled && brokenOff == that.brokenOff;
    }

    @Override
    public int hashCode() {
        return 31 * cancelled + brokenOff;
    }

    @Override
    public String toString() {
        return "Leftover[" + cancelled + " cancelled, " + brokenOff + " broken off]";
    }
}
