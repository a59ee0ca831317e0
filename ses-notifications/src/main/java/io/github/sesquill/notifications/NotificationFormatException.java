package io.github.sesquill.notifications;

/**
 * Says that a body is no notification that can be read, where it stops being one, and why.
 *
 * <p>The message names the layer (the body, the SNS message within it), the line and the column, never the text found
 * there: notifications are full of addresses, and exceptions end in logs. For the same reason there is no cause: the
 * messages of the JSON reader quote what they stumbled over.
 */
public final class NotificationFormatException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NotificationFormatException(String message) {
        super(message);
    }
}
