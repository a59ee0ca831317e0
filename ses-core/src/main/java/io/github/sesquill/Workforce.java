package io.github.sesquill;

/** Who has threads send, and hears when one of them waits in line for quota. */
interface Workforce {

    /** Called under the lock of the line. */
    void entersLine();

    /** Called without a lock: others may now begin. */
    void leavesLine();

    /** Tells whether its sends wait for a day that is full. */
    boolean waitsForDay();
}
