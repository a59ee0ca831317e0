package io.github.sesquill.quota;

import java.util.OptionalLong;

/**
 * The recipients of the last 24 hours, in buckets of one minute.
 *
 * <p>A bucket leaves when its last moment is 24 hours old: nothing is forgotten early, and nothing is held more than a
 * minute too long. What others sent is known from SES only as a sum, so it is held as one figure that leaves 24 hours
 * after it was learnt, or is replaced by the next one. Not thread-safe; its guard holds a lock.
 */
final class RollingDay {

    private static final long BUCKET_NANOS = 60_000_000_000L;
    private static final int BUCKETS_A_DAY = 24 * 60;
    private static final long DAY_NANOS = BUCKETS_A_DAY * BUCKET_NANOS;

    /** How long a refusal by SES closes the day: its count is not ours, so we ask again, but seldom. */
    private static final long CLOSED_NANOS = 5 * BUCKET_NANOS;

    private final long origin;

    /** One more than a day holds: the oldest is still leaving while the newest fills. */
    private final long[] buckets = new long[BUCKETS_A_DAY + 1];

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
        if (bucket >= firstHeld()) {
            buckets[slot(bucket)] -= count;
            own -= count;
        }
    }

    /**
     * Learns what SES counted. It may not have seen what is unsettled, so that comes on top; and it has forgotten some
     * of the bucket that is leaving, so that is not taken for a part of its figure.
     */
    void learn(long sent, long now) {
        advance(now);
        long leaving = current < BUCKETS_A_DAY ? 0 : buckets[slot(firstHeld())];
        others = Math.max(0, sent + unsettled - (own - leaving));
        othersSince = current;
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
        return origin + leaving * BUCKET_NANOS + DAY_NANOS - now;
    }

    private void advance(long now) {
        long target = (now - origin) / BUCKET_NANOS;
        current = Math.max(current, target - buckets.length); // one round empties the ring, however long the pause
        while (current < target) {
            current++;
            int slot = slot(current);
            own -= buckets[slot];
            buckets[slot] = 0;
        }
        if (othersSince < firstHeld()) {
            others = 0;
        }
    }

    private long firstHeld() {
        return Math.max(0, current - BUCKETS_A_DAY);
    }

    private int slot(long bucket) {
        return (int) (bucket % buckets.length);
    }
}
