package io.github.sesquill;

import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicLong;

/** Names attempts: a random prefix for the mailer and a count, made of what a message tag may hold. */
final class AttemptIds {

    private final String prefix = Long.toString(new SecureRandom().nextLong() & Long.MAX_VALUE, Character.MAX_RADIX);
    private final AtomicLong count = new AtomicLong();

    String next() {
        return prefix + '-' + Long.toString(count.incrementAndGet(), Character.MAX_RADIX);
    }
}
