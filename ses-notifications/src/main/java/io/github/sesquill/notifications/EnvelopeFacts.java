package io.github.sesquill.notifications;

import org.jspecify.annotations.Nullable;

/** What an envelope says of itself, as sent. */
record EnvelopeFacts(
        @Nullable String type,
        @Nullable String messageId,
        @Nullable String topicArn,
        @Nullable String subject,
        @Nullable String timestamp) {

    static final EnvelopeFacts NONE = new EnvelopeFacts(null, null, null, null, null);
}
