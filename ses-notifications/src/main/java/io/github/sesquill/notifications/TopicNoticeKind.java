package io.github.sesquill.notifications;

/**
 * Says what a notice about an SNS topic is.
 *
 * <p>This enum may grow: a {@code switch} over it needs a {@code default}.
 */
public enum TopicNoticeKind {
    /** SES checked that it may publish events to the topic: the one notification in plain text. */
    TOPIC_VALIDATED,

    /** The topic was set on an identity. */
    SUBSCRIPTION_SUCCEEDED,

    /** A receipt rule with an S3 action was saved; the message in it is made up. */
    RECEIPT_SETUP,

    /** SNS asks whether the endpoint wants the topic. */
    SUBSCRIPTION_CONFIRMATION,

    /** SNS says that the endpoint no longer gets the topic. */
    UNSUBSCRIBE_CONFIRMATION
}
