package io.github.sesquill.message;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lets SES manage who gets a mailing: a contact list and perhaps a topic of it. SES then leaves out contacts who have
 * unsubscribed and fills {@code {{amazonSESUnsubscribeUrl}}} in the body (SES Developer Guide, "Using list management").
 *
 * <p>SES writes the unsubscribe link only into messages with a single recipient. Immutable and thread-safe.
 */
public final class ListManagement {

    private final String contactList;
    private final @Nullable String topic;

    private ListManagement(String contactList, @Nullable String topic) {
        this.contactList = MessageRules.name("contact list", contactList, 64);
        this.topic = topic == null ? null : MessageRules.name("topic", topic, 64);
    }

    /**
     * Names a contact list, for all its topics.
     *
     * @throws IllegalArgumentException unless the name is 1 to 64 ASCII letters, digits, {@code _} and {@code -}
     */
    public static ListManagement of(String contactList) {
        return new ListManagement(contactList, null);
    }

    /**
     * Names a contact list and a topic of it.
     *
     * @throws IllegalArgumentException unless both names are 1 to 64 ASCII letters, digits, {@code _} and {@code -}
     */
    public static ListManagement of(String contactList, String topic) {
        return new ListManagement(contactList, topic);
    }

    /** Returns the name of the contact list. */
    public String contactList() {
        return contactList;
    }

    /** Returns the name of the topic, if one was given. */
    public Optional<String> topic() {
        return Optional.ofNullable(topic);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ListManagement that
                && contactList.equals(that.contactList)
                && Objects.equals(topic, that.topic);
    }

    @Override
    public int hashCode() {
        return Objects.hash(contactList, topic);
    }

    /** Returns the value that the SES header for list management has. */
    @Override
    public String toString() {
        return topic == null ? contactList : contactList + "; topic=" + topic;
    }
}
