package io.github.sesquill.notifications;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What happens before a message is on its way, when it is read, and to mail for you. */
final class EventNotices {

    private EventNotices() {}

    static final class SendNotice extends Published implements SesNotification.Send {
        SendNotice(Payload payload) {
            super(payload, "send");
        }

        @Override
        List<Object> value() {
            return List.of();
        }
    }

    static final class RejectNotice extends Published implements SesNotification.Reject {
        RejectNotice(Payload payload) {
            super(payload, "reject");
        }

        @Override
        public Optional<String> reason() {
            return fields.optional("reason");
        }

        @Override
        List<Object> value() {
            return List.of(reason());
        }
    }

    static final class OpenNotice extends Published implements SesNotification.Open {
        OpenNotice(Payload payload) {
            super(payload, "open");
        }

        @Override
        public Optional<String> ipAddress() {
            return fields.optional("ipAddress");
        }

        @Override
        public Optional<String> userAgent() {
            return fields.optional("userAgent");
        }

        @Override
        public Optional<String> botEventText() {
            return fields.optional("isBotEvent");
        }

        @Override
        List<Object> value() {
            return List.of(ipAddress(), userAgent(), botEventText());
        }
    }

    static final class ClickNotice extends Published implements SesNotification.Click {
        ClickNotice(Payload payload) {
            super(payload, "click");
        }

        @Override
        public Optional<String> ipAddress() {
            return fields.optional("ipAddress");
        }

        @Override
        public Optional<String> userAgent() {
            return fields.optional("userAgent");
        }

        @Override
        public Optional<String> link() {
            return fields.optional("link");
        }

        @Override
        public Map<String, List<String>> linkTags() {
            return fields.lists("linkTags");
        }

        @Override
        public Optional<String> botEventText() {
            return fields.optional("isBotEvent");
        }

        @Override
        List<Object> value() {
            return List.of(ipAddress(), userAgent(), link(), linkTags(), botEventText());
        }
    }

    static final class RenderingFailureNotice extends Published implements SesNotification.RenderingFailure {
        RenderingFailureNotice(Payload payload) {
            super(payload, "failure");
        }

        @Override
        public Optional<String> templateName() {
            return fields.optional("templateName");
        }

        @Override
        public Optional<String> errorMessage() {
            return fields.optional("errorMessage");
        }

        @Override
        List<Object> value() {
            return List.of(templateName(), errorMessage());
        }
    }

    static final class SubscriptionNotice extends Published implements SesNotification.Subscription {
        SubscriptionNotice(Payload payload) {
            super(payload, "subscription");
        }

        @Override
        public Optional<String> contactList() {
            return fields.optional("contactList");
        }

        @Override
        public Optional<String> source() {
            return fields.optional("source");
        }

        @Override
        public TopicPreferences newTopicPreferences() {
            return new TopicPreferences(fields.object("newTopicPreferences"));
        }

        @Override
        public TopicPreferences oldTopicPreferences() {
            return new TopicPreferences(fields.object("oldTopicPreferences"));
        }

        @Override
        List<Object> value() {
            return List.of(contactList(), source(), newTopicPreferences(), oldTopicPreferences());
        }
    }

    static final class ReceivedNotice extends Published implements SesNotification.Received {
        ReceivedNotice(Payload payload) {
            super(payload, "receipt");
        }

        @Override
        public Receipt receipt() {
            return new Receipt(fields);
        }

        @Override
        public Optional<String> contentText() {
            return root().optional("content");
        }

        @Override
        public Optional<byte[]> content() {
            boolean base64 = receipt().action().isBase64();
            return contentText().flatMap(text -> base64 ? decoded(text) : Optional.of(text.getBytes(UTF_8)));
        }

        private static Optional<byte[]> decoded(String text) {
            try {
                return Optional.of(Base64.getMimeDecoder().decode(text));
            } catch (IllegalArgumentException e) {
                // The text is still there for the caller.
                return Optional.empty();
            }
        }

        @Override
        List<Object> value() {
            return List.of(receipt(), contentText());
        }
    }

    static final class TopicNotice extends Published implements SesNotification.TopicNotice {
        private final TopicNoticeKind kind;

        TopicNotice(Payload payload, TopicNoticeKind kind) {
            super(payload, "");
            this.kind = kind;
        }

        @Override
        public TopicNoticeKind kind() {
            return kind;
        }

        @Override
        public Optional<String> message() {
            return isPlain() ? Optional.of(raw()) : root().optional("message").or(() -> root().optional("Message"));
        }

        @Override
        List<Object> value() {
            return List.of(kind, message());
        }

        @Override
        String summary() {
            return kind.toString();
        }
    }

    static final class UnknownNotice extends Published implements SesNotification.Unknown {
        UnknownNotice(Payload payload) {
            super(payload, "");
        }

        /** What it says, whatever blanks it is written with: nothing else of it is known. */
        @Override
        List<Object> value() {
            return List.of(NotificationWriter.create().write(this));
        }
    }
}
