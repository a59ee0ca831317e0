package io.github.sesquill.smtp;

import java.time.Duration;

/**
 * How long a connection is kept. SES drops idle ones after about 10 s, takes servers out of its fleet and asks to connect
 * anew now and then (SES Developer Guide, "Amazon SES SMTP issues"); users have seen it end a session after 350 messages.
 */
record PoolLimits(int connections, Duration idle, Duration unchecked, int messages, Duration age) {

    static final PoolLimits DEFAULTS =
            new PoolLimits(16, Duration.ofSeconds(5), Duration.ofSeconds(1), 100, Duration.ofSeconds(60));

    PoolLimits withConnections(int number) {
        return new PoolLimits(number, idle, unchecked, messages, age);
    }
}
