package io.github.sesquill.test.engine;

import java.time.Instant;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * Ids in the shape in which SES gives them to messages and feedback: a code of the region, milliseconds, and chance. The
 * shape is seen, not documented; nobody should read them.
 *
 * <p>Not thread-safe; the engine holds a lock.
 */
final class MessageIds {

    /** Codes seen in ids of these regions; the others get one that none of them has. */
    private static final Map<String, String> CODES = Map.of(
            "us-east-1", "0100",
            "us-west-2", "0101",
            "eu-west-1", "0102",
            "ap-northeast-1", "0106",
            "eu-central-1", "0107",
            "ap-south-1", "0109",
            "us-gov-west-1", "010a",
            "us-east-2", "010f");

    private final String region;
    private final SplittableRandom random;

    MessageIds(String region, SplittableRandom random) {
        this.region = region;
        this.random = random;
    }

    String next(Instant at) {
        String millis = String.format("%012x", at.toEpochMilli());
        return CODES.getOrDefault(region, "01ff") + millis + '-' + uuid() + "-000000";
    }

    /** Returns a random UUID, variant and version included (RFC 9562 section 5.4). */
    private UUID uuid() {
        long high = (random.nextLong() & ~0xf000L) | 0x4000L;
        long low = (random.nextLong() & ~(3L << 62)) | (1L << 63);
        return new UUID(high, low);
    }

    /** Returns the {@code Message-ID} header that goes with an id. */
    String onTheWire(String messageId) {
        String host = region.equals("us-east-1") ? "email" : region;
        return '<' + messageId + '@' + host + ".amazonses.com>";
    }
}
