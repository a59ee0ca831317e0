package io.github.sesquill.smtp;

import java.io.IOException;

/** A connection that is authenticated and ready for a message, and what it has behind it. */
final class Connection {

    private final Wire wire;
    private final Extensions extensions;
    private final long openedAt;
    private int messages;
    private long idleSince;
    private boolean usable = true;

    Connection(Wire wire, Extensions extensions, long now) {
        this.wire = wire;
        this.extensions = extensions;
        this.openedAt = now;
        this.idleSince = now;
    }

    Wire wire() {
        return wire;
    }

    Extensions extensions() {
        return extensions;
    }

    /** Notes that a message is begun on it. */
    void beginMessage() {
        messages++;
    }

    /** Tells whether a message went over it before the one that is under way. */
    boolean isReused() {
        return messages > 1;
    }

    /** Says that nobody knows any more what the next reply would belong to. */
    void giveUp() {
        usable = false;
    }

    boolean isUsable() {
        return usable;
    }

    void rest(long now) {
        idleSince = now;
    }

    boolean isWornOut(long now, PoolLimits limits) {
        return messages >= limits.messages()
                || now - openedAt >= limits.age().toNanos()
                || now - idleSince >= limits.idle().toNanos();
    }

    boolean mustBeChecked(long now, PoolLimits limits) {
        return now - idleSince > limits.unchecked().toNanos();
    }

    /** Asks for a sign of life, so that no message is risked on a connection that is dead. */
    boolean isAlive() {
        try {
            return !wire.holdsMore() && wire.agrees("NOOP");
        } catch (IOException e) {
            return false;
        }
    }

    /** Forgets a transaction that was begun; a connection that cannot is given up. */
    void reset() {
        try {
            usable = usable && wire.agrees("RSET");
        } catch (IOException e) {
            usable = false;
        }
    }
}
