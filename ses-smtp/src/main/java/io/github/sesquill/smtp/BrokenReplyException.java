package io.github.sesquill.smtp;

import java.io.IOException;

/** What came is no reply of SMTP, or too much of one. */
final class BrokenReplyException extends IOException {

    private static final long serialVersionUID = 1;

    BrokenReplyException(String message) {
        super(message);
    }
}
