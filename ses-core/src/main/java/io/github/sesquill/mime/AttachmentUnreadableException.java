package io.github.sesquill.mime;

import java.io.IOException;

/** An attachment could not be read, or was not as long as it had been; what was written of the message is not whole. */
public final class AttachmentUnreadableException extends IOException {

    private static final long serialVersionUID = 1;

    AttachmentUnreadableException(String message) {
        super(message);
    }

    AttachmentUnreadableException(String message, Throwable cause) {
        super(message, cause);
    }
}
