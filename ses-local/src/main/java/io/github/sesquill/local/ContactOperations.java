package io.github.sesquill.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sesquill.test.engine.ContactLists;
import io.github.sesquill.test.engine.ContactLists.Contact;
import io.github.sesquill.test.engine.ContactLists.ContactList;
import io.github.sesquill.test.engine.ContactLists.Subscription;
import io.github.sesquill.test.engine.ContactLists.Topic;
import io.github.sesquill.test.engine.Refusal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The contact list and its contacts. */
final class ContactOperations {

    private final ContactLists lists;

    private ContactOperations(ContactLists lists) {
        this.lists = lists;
    }

    static void addTo(Api api, ContactLists lists) {
        ContactOperations operations = new ContactOperations(lists);
        api.add("CreateContactList", operations::createList)
                .add("UpdateContactList", operations::updateList)
                .add("GetContactList", operations::getList)
                .add("DeleteContactList", operations::deleteList)
                .add("ListContactLists", operations::listLists)
                .add("CreateContact", operations::createContact)
                .add("UpdateContact", operations::updateContact)
                .add("GetContact", operations::getContact)
                .add("DeleteContact", operations::deleteContact)
                .add("ListContacts", operations::listContacts);
    }

    private JsonNode createList(Call call) {
        Fields request = new Fields(call.json());
        lists.create(list(request.required("ContactListName"), request));
        return Json.object();
    }

    private JsonNode updateList(Call call) {
        lists.update(list(call.path("ContactListName"), new Fields(call.json())));
        return Json.object();
    }

    private static ContactList list(String name, Fields request) {
        List<Topic> topics = request.objects("Topics").stream()
                .map(topic -> new Topic(
                        topic.required("TopicName"),
                        topic.required("DisplayName"),
                        topic.text("Description").orElse(""),
                        topic.constant("DefaultSubscriptionStatus", Subscription.class)))
                .toList();
        return new ContactList(name, request.text("Description").orElse(""), topics);
    }

    private ContactList found(Call call) {
        String name = call.path("ContactListName");
        return lists.find(name).orElseThrow(() -> new ApiRefusalException(Refusal.noContactList(name)));
    }

    private JsonNode getList(Call call) {
        ContactList list = found(call);
        ObjectNode reply = Json.object().put("ContactListName", list.name()).put("Description", list.description());
        ArrayNode topics = reply.putArray("Topics");
        list.topics()
                .forEach(topic -> topics.addObject()
                        .put("TopicName", topic.name())
                        .put("DisplayName", topic.displayName())
                        .put("Description", topic.description())
                        .put("DefaultSubscriptionStatus", topic.usual().name()));
        return reply;
    }

    private JsonNode deleteList(Call call) {
        lists.remove(found(call).name());
        return Json.object();
    }

    private JsonNode listLists(Call call) {
        return Page.of(call)
                .cut("ContactLists", lists.list(), list -> Json.object().put("ContactListName", list.name()));
    }

    private JsonNode createContact(Call call) {
        Fields request = new Fields(call.json());
        String address = Addresses.of(request.required("EmailAddress")).address();
        if (lists.contact(found(call).name(), address).isPresent()) {
            throw new ApiRefusalException(Refusal.exists("Contact " + address));
        }
        put(call, address, request);
        return Json.object();
    }

    private JsonNode updateContact(Call call) {
        put(call, contact(call).address(), new Fields(call.json()));
        return Json.object();
    }

    private void put(Call call, String address, Fields request) {
        Map<String, Subscription> topics = new LinkedHashMap<>();
        request.objects("TopicPreferences")
                .forEach(topic -> topics.put(
                        topic.required("TopicName"), topic.constant("SubscriptionStatus", Subscription.class)));
        lists.put(
                call.path("ContactListName"),
                new Contact(
                        address,
                        request.flag("UnsubscribeAll").orElse(false),
                        topics,
                        request.text("AttributesData").orElse("")));
    }

    private Contact contact(Call call) {
        String address = call.path("EmailAddress");
        Optional<Contact> contact = lists.contact(found(call).name(), address);
        return contact.orElseThrow(() -> new ApiRefusalException(Refusal.notFound("Contact " + address)));
    }

    private JsonNode getContact(Call call) {
        Contact contact = contact(call);
        ObjectNode reply = json(contact).put("ContactListName", call.path("ContactListName"));
        return contact.attributes().isEmpty() ? reply : reply.put("AttributesData", contact.attributes());
    }

    private JsonNode deleteContact(Call call) {
        lists.removeContact(call.path("ContactListName"), contact(call).address());
        return Json.object();
    }

    private JsonNode listContacts(Call call) {
        Page page = call.body().length == 0 ? Page.of(call) : Page.of(new Fields(call.json()));
        return page.cut("Contacts", lists.contacts(found(call).name()), ContactOperations::json);
    }

    private static ObjectNode json(Contact contact) {
        ObjectNode json = Json.object()
                .put("EmailAddress", contact.address())
                .put("UnsubscribeAll", contact.unsubscribedFromAll());
        ArrayNode topics = json.putArray("TopicPreferences");
        contact.topics()
                .forEach((topic, subscription) ->
                        topics.addObject().put("TopicName", topic).put("SubscriptionStatus", subscription.name()));
        return json;
    }
}
