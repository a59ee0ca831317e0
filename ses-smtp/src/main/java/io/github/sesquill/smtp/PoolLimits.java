package io.github.sesquill.smtp;

import java.time.Duration;

/**
 * How long a connection is kept. SES drops idle ones after about 10 s, takes servers out of its fleet and asks to connect
 * anew now and then (SES Developer Guide, "Amazon SES SMTP issues"); users have seen it end a session after 350 messages.
 */
record PoolLimits(int connections, Duration idle, Duration unchecked, int messages, Duration age) {

    private static final int MAX_CONNECTIONS = 1_000;

    static final PoolLimits DEFAULTS =
            new PoolLimits(16, Duration.ofSeconds(5), Duration.ofSeconds(1), 100, Duration.ofSeconds(60));

    PoolLimits withConnections(int number) {
        if (number < 1 || number > MAX_CONNECTIONS) {
            throw new IllegalArgumentException(
                    "There can be 1 to " + MAX_CONNECTIONS + " connections, not " + number + '.');
        }
        return new PoolLimits(number, idle, unchecked, messages, age);
    }
}
