package io.github.sesquill.smtp;

import java.time.Duration;

/** How long things may take, each from 1 ms to 10 minutes. */
record SmtpTimeouts(Duration connect, Duration read, Duration write, Duration total) {

    private static final Duration MIN = Duration.ofMillis(1);
    private static final Duration MAX = Duration.ofMinutes(10);

    static final SmtpTimeouts DEFAULTS = new SmtpTimeouts(
            Duration.ofSeconds(5), Duration.ofSeconds(20), Duration.ofSeconds(10), Duration.ofSeconds(30));

    SmtpTimeouts {
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

    SmtpTimeouts withConnect(Duration timeout) {
        return new SmtpTimeouts(timeout, read, write, total);
    }

    SmtpTimeouts withRead(Duration timeout) {
        return new SmtpTimeouts(connect, timeout, write, total);
    }

    SmtpTimeouts withWrite(Duration timeout) {
        return new SmtpTimeouts(connect, read, timeout, total);
    }

    SmtpTimeouts withTotal(Duration timeout) {
        return new SmtpTimeouts(connect, read, write, timeout);
    }
}
