package io.github.sesquill.api;

import java.time.Duration;

/** How long each part of an exchange may take. */
record ApiTimeouts(Duration connect, Duration read, Duration write, Duration total) {

    private static final Duration MIN = Duration.ofMillis(1);
    private static final Duration MAX = Duration.ofMinutes(10);

    static final ApiTimeouts DEFAULTS = new ApiTimeouts(
            Duration.ofSeconds(2), Duration.ofSeconds(20), Duration.ofSeconds(10), Duration.ofSeconds(30));

    ApiTimeouts {
        check("connect", connect);
        check("read", read);
        check("write", write);
        check("total", total);
    }

    private static void check(String which, Duration timeout) {
        if (timeout.compareTo(MIN) < 0 || timeout.compareTo(MAX) > 0) {
            throw new IllegalArgumentException(
                    "The " + which + " timeout is " + timeout + "; give one from 1 millisecond to 10 minutes.");
        }
    }

    ApiTimeouts withConnect(Duration timeout) {
        return new ApiTimeouts(timeout, read, write, total);
    }

    ApiTimeouts withRead(Duration timeout) {
        return new ApiTimeouts(connect, timeout, write, total);
    }

    ApiTimeouts withWrite(Duration timeout) {
        return new ApiTimeouts(connect, read, timeout, total);
    }

    ApiTimeouts withTotal(Duration timeout) {
        return new ApiTimeouts(connect, read, write, timeout);
    }
}
