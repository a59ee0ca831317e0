package io.github.sesquill.test.engine;

import io.github.sesquill.message.ListManagement;
import io.github.sesquill.suppression.SuppressionList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The contact lists, by which SES manages who gets a mailing (SES Developer Guide, "Using list management"). Unless the
 * engine is strict, a list that was never made counts as one on which nobody has unsubscribed, until one is made.
 * Thread-safe.
 */
public final class ContactLists {

    /** SES keeps one list for each account and region. */
    private static final int MOST = 1;

    private static final int MOST_TOPICS = 20;

    /** Whether a contact gets what belongs to a topic. */
    public enum Subscription {
        /** He does. */
        OPT_IN("OptIn"),
        /** He does not. */
        OPT_OUT("OptOut");

        private final String text;

        Subscription(String text) {
            this.text = text;
        }

        /** Returns the word of events. */
        public String text() {
            return text;
        }
    }

    /** A topic and what holds for a contact who has not said. */
    public record Topic(String name, String displayName, String description, Subscription usual) {

        /** Makes one that everybody gets who has not said otherwise. */
        public Topic(String name) {
            this(name, name, "", Subscription.OPT_IN);
        }
    }

    /** A list and its topics. */
    public record ContactList(String name, String description, List<Topic> topics) {

        /** Copies what it is given. */
        public ContactList {
            topics = List.copyOf(topics);
        }

        Optional<Topic> topic(String topicName) {
            return topics.stream().filter(t -> t.name().equals(topicName)).findFirst();
        }
    }

    /** Who is on a list, and what he has said. */
    public record Contact(
            String address, boolean unsubscribedFromAll, Map<String, Subscription> topics, String attributes) {

        /** Copies what it is given. */
        public Contact {
            topics = Map.copyOf(topics);
        }

        /** Begins one who has said nothing. */
        public static Contact of(String address) {
            return new Contact(address, false, Map.of(), "");
        }

        Contact without(Optional<String> topic) {
            if (topic.isEmpty()) {
                return new Contact(address, true, topics, attributes);
            }
            Map<String, Subscription> changed = new TreeMap<>(topics);
            changed.put(topic.get(), Subscription.OPT_OUT);
            return new Contact(address, unsubscribedFromAll, changed, attributes);
        }
    }

    private final boolean strict;
    private final Map<String, ContactList> lists = new ConcurrentSkipListMap<>();
    private final Map<String, Map<String, Contact>> contacts = new ConcurrentSkipListMap<>();

    ContactLists(boolean strict) {
        this.strict = strict;
    }

    /**
     * Makes a list.
     *
     * @throws RefusalException if there is a list already, or it has more than 20 topics
     */
    public void create(ContactList list) {
        checkTopics(list);
        if (lists.containsKey(list.name())) {
            throw new RefusalException(Refusal.exists("List with name: " + list.name()));
        }
        if (lists.size() >= MOST) {
            throw new RefusalException(Refusal.limit("contact list", MOST));
        }
        lists.put(list.name(), list);
    }

    /**
     * Changes description and topics of a list.
     *
     * @throws RefusalException if there is no such list, or it has more than 20 topics
     */
    public void update(ContactList list) {
        checkTopics(list);
        if (lists.computeIfPresent(list.name(), (name, old) -> list) == null) {
            throw new RefusalException(Refusal.noContactList(list.name()));
        }
    }

    private static void checkTopics(ContactList list) {
        if (list.topics().size() > MOST_TOPICS) {
            throw new RefusalException(Refusal.limit("topics in a list", MOST_TOPICS));
        }
    }

    /** Removes a list and its contacts; answers whether it was there. */
    public boolean remove(String list) {
        contacts.remove(list);
        return lists.remove(list) != null;
    }

    /** Finds a list. */
    public Optional<ContactList> find(String list) {
        return Optional.ofNullable(lists.get(list));
    }

    /** Returns all lists, by name. */
    public List<ContactList> list() {
        return List.copyOf(lists.values());
    }

    /**
     * Adds or replaces a contact.
     *
     * @throws RefusalException if there is no such list, or it has not one of the topics
     */
    public void put(String list, Contact contact) {
        ContactList known = find(list).orElseThrow(() -> new RefusalException(Refusal.noContactList(list)));
        for (String topic : contact.topics().keySet()) {
            if (known.topic(topic).isEmpty()) {
                throw new RefusalException(Refusal.noTopic(topic));
            }
        }
        of(list).put(SuppressionList.key(contact.address()), contact);
    }

    /** Finds a contact. */
    public Optional<Contact> contact(String list, String address) {
        return Optional.ofNullable(of(list).get(SuppressionList.key(address)));
    }

    /** Returns all contacts of a list, by address. */
    public List<Contact> contacts(String list) {
        return List.copyOf(of(list).values());
    }

    /** Removes a contact; answers whether he was there. */
    public boolean removeContact(String list, String address) {
        return of(list).remove(SuppressionList.key(address)) != null;
    }

    private Map<String, Contact> of(String list) {
        return contacts.computeIfAbsent(list, name -> new ConcurrentSkipListMap<>());
    }

    /** Notes that somebody has unsubscribed, and returns what he was before; he becomes a contact if he was none. */
    Contact unsubscribe(ListManagement from, String address) {
        Contact before = contact(from.contactList(), address).orElseGet(() -> Contact.of(address));
        of(from.contactList()).put(SuppressionList.key(address), before.without(from.topic()));
        return before;
    }

    /** Says what is wrong with a list that a message names. */
    Optional<Refusal> refusal(ListManagement named) {
        ContactList list = lists.get(named.contactList());
        if (list == null) {
            return strict || !lists.isEmpty()
                    ? Optional.of(Refusal.noContactList(named.contactList()))
                    : Optional.empty();
        }
        return named.topic().filter(topic -> list.topic(topic).isEmpty()).map(Refusal::noTopic);
    }

    boolean hasUnsubscribed(ListManagement from, String address) {
        Optional<Contact> contact = contact(from.contactList(), address);
        if (contact.isPresent() && contact.get().unsubscribedFromAll()) {
            return true;
        }
        return from.topic()
                .filter(topic -> isOut(from.contactList(), topic, contact))
                .isPresent();
    }

    private boolean isOut(String list, String topic, Optional<Contact> contact) {
        return contact.map(who -> who.topics().get(topic))
                        .or(() -> find(list).flatMap(l -> l.topic(topic)).map(Topic::usual))
                        .orElse(Subscription.OPT_IN)
                == Subscription.OPT_OUT;
    }
}
