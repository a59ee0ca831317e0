package io.github.sesquill.notifications;

/**
 * Tells in which of its two formats SES published a notification.
 *
 * <p>A topic may carry both: with both configured, one bounce arrives twice, with different SNS message ids.
 */
public enum NotificationFormat {
    /** Event publishing through a configuration set: the payload names itself in {@code eventType}. */
    EVENT,

    /** Feedback notifications of a verified identity: the payload names itself in {@code notificationType}. */
    IDENTITY,

    /** Neither: plain text, an envelope of its own, or a payload that names itself in neither member. */
    NONE
}
