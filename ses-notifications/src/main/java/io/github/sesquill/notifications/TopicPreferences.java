package io.github.sesquill.notifications;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says what a contact wants of a contact list. Immutable; equal by what SES sent.
 */
public final class TopicPreferences {

    private final Fields fields;

    TopicPreferences(Fields fields) {
        this.fields = fields;
    }

    /** Tells that the contact wants nothing from any topic of the list. */
    public boolean unsubscribeAll() {
        return fields.truth("unsubscribeAll");
    }

    /** Returns the topics, each with what the contact said of it. */
    public List<Topic> topics() {
        return fields.list("topicSubscriptionStatus", Topic::read);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TopicPreferences that
                && unsubscribeAll() == that.unsubscribeAll()
                && topics().equals(that.topics());
    }

    @Override
    public int hashCode() {
        return topics().hashCode();
    }

    /** Returns a text with the topics. */
    @Override
    public String toString() {
        return "TopicPreferences[unsubscribeAll=" + unsubscribeAll() + ", topics=" + topics() + "]";
    }

    /** Says what a contact wants of one topic. Immutable; equal by what SES sent. */
    public static final class Topic {

        private final String name;
        private final @Nullable String status;

        private Topic(String name, @Nullable String status) {
            this.name = name;
            this.status = status;
        }

        /** Reads {@code {topicName, subscriptionStatus}}; a topic without a name is none. */
        static @Nullable Topic read(Tree tree, int at) {
            Fields topic = Fields.of(tree, at);
            String name = topic.text("topicName");
            return name == null ? null : new Topic(name, topic.text("subscriptionStatus"));
        }

        /** Returns the name of the topic. */
        public String name() {
            return name;
        }

        /** Returns whether the contact wants it; {@link SubscriptionStatus#UNKNOWN} for none and for a new word. */
        public SubscriptionStatus status() {
            return SubscriptionStatus.of(status);
        }

        /** Returns whether the contact wants it, as sent. */
        public Optional<String> statusText() {
            return Optional.ofNullable(status);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Topic that && name.equals(that.name) && Objects.equals(status, that.status);
        }

        @Override
        public int hashCode() {
            return Objects.hash(name, status);
        }

        /** Returns name and status. */
        @Override
        public String toString() {
            return Printable.of(name) + "=" + Printable.of(status);
        }
    }
}
