package io.github.sesquill.quota;

import java.util.OptionalLong;

/**
 * The recipients of the last 24 hours, in buckets of one second.
 *
 * <p>A bucket leaves when its last moment is 24 hours and 5 seconds old: SES counts a message a little after its grant,
 * and forgets it as much later. What others sent is known from SES only as a sum, so it is held as one figure that leaves
 * as late as what was sent when it was learnt, or is replaced by the next one. Not thread-safe; its guard holds a lock.
 *
 * <p>The buckets are that short for the sake of {@link #learn}: whether SES still counts those that are just leaving
 * cannot be known, and what is in doubt passes for sent by others until SES is asked again.
 */
final class RollingDay {

    private static final long BUCKET_NANOS = 1_000_000_000L;
    private static final int BUCKETS_A_DAY = 24 * 60 * 60;

    /** How many more are held, for the way from the grant to the count of SES. */
    private static final int LATE_BUCKETS = 5;

    private static final int BUCKETS_HELD = BUCKETS_A_DAY + LATE_BUCKETS;
    private static final long DAY_NANOS = BUCKETS_A_DAY * BUCKET_NANOS;
    private static final long HELD_NANOS = BUCKETS_HELD * BUCKET_NANOS;

    /** How long a refusal by SES closes the day: its count is not ours, so we ask again, but seldom. */
    private static final long CLOSED_NANOS = 300 * BUCKET_NANOS;

    private final long origin;

    /** One more than are held: the oldest is still leaving while the newest fills. */
    private final int[] buckets = new int[BUCKETS_HELD + 1];

    private long current;
    private long own;
    private long unsettled;
    private long others;
    private long othersSince;
    private boolean closed;
    private long closedAt;

    RollingDay(long now) {
        origin = now;
    }

    /** Returns the nanoseconds until so many recipients fit into the limit; 0 if they do now. */
    long waitNanos(int count, OptionalLong limit, long now) {
        if (count == 0) {
            return 0;
        }
        advance(now);
        long room = limit.isEmpty() ? 0 : untilRoomFor(count, limit.getAsLong(), now);
        return Math.max(room, untilOpen(now));
    }

    void add(int count, long now) {
        advance(now);
        buckets[slot(current)] += count;
        own += count;
        unsettled += count;
    }

    /** Settles a grant as sent. */
    void keep(int count) {
        unsettled -= count;
    }

    /** Settles a grant as not sent. */
    void giveBack(int count, long granted, long now) {
        unsettled -= count;
        advance(now);
        long bucket = (granted - origin) / BUCKET_NANOS;
        if (bucket > current - BUCKETS_A_DAY) {
            buckets[slot(bucket)] -= count;
            own -= count;
        }
    }

    /**
     * Learns what SES counted. It may not have seen what is unsettled, so that comes on top. What is leaving is in its
     * figure or already forgotten there, so that is forgotten here.
     */
    void learn(long sent, long now) {
        advance(now);
        for (long bucket = firstHeld(); bucket <= current - BUCKETS_A_DAY; bucket++) {
            empty(bucket);
        }
        others = Math.max(0, sent + unsettled - own);
        othersSince = current;
    }

    private void empty(long bucket) {
        own -= buckets[slot(bucket)];
        buckets[slot(bucket)] = 0;
    }

    /** SES said that the day is full. */
    void close(long now) {
        closed = true;
        closedAt = now;
    }

    void open() {
        closed = false;
    }

    private long untilOpen(long now) {
        return closed ? Math.max(0, closedAt + CLOSED_NANOS - now) : 0;
    }

    private long untilRoomFor(int count, long limit, long now) {
        if (own + others + count <= limit) {
            return 0;
        }
        if (count > limit) {
            return DAY_NANOS;
        }
        long held = own + others;
        long leaving = firstHeld();
        for (; held + count > limit; leaving++) {
            held -= buckets[slot(leaving)] + (leaving == othersSince ? others : 0);
        }
        return origin + leaving * BUCKET_NANOS + HELD_NANOS - now;
    }

    private void advance(long now) {
        long target = (now - origin) / BUCKET_NANOS;
        current = Math.max(current, target - buckets.length); // one round empties the ring, however long the pause
        while (current < target) {
            current++;
            empty(current);
        }
        if (othersSince < firstHeld()) {
            others = 0;
        }
    }

    private long firstHeld() {
        return Math.max(0, current - BUCKETS_HELD);
    }

    private int slot(long bucket) {
        return (int) (bucket % buckets.length);
    }
}
