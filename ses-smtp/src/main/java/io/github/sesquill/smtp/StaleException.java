package io.github.sesquill.smtp;

import java.io.IOException;

/** A connection that was kept turned out to be dead or unwanted before anything of the message's body was said. */
final class StaleException extends IOException {

    private static final long serialVersionUID = 1;

    StaleException(Throwable cause) {
        super(cause);
    }

    StaleException(String message) {
        super(message);
    }
}
