package io.github.sesquill.test.engine;

/** What an event or a feedback notification is about (SES Developer Guide, "Contents of event data"). */
public enum EventType {
    /** SES has accepted a message. */
    SEND("Send", "send"),
    /** SES found a virus. */
    REJECT("Reject", "reject"),
    /** A mail server refused a message for good, or somebody is on a list. */
    BOUNCE("Bounce", "bounce"),
    /** A reader called a message spam. */
    COMPLAINT("Complaint", "complaint"),
    /** A mail server took a message. */
    DELIVERY("Delivery", "delivery"),
    /** A reader opened a message. */
    OPEN("Open", "open"),
    /** A reader followed a link. */
    CLICK("Click", "click"),
    /** A template could not be filled. */
    RENDERING_FAILURE("Rendering Failure", "failure"),
    /** A mail server asked to come again. */
    DELIVERY_DELAY("DeliveryDelay", "deliveryDelay"),
    /** A contact changed what he gets. */
    SUBSCRIPTION("Subscription", "subscription");

    private final String text;
    private final String member;

    EventType(String text, String member) {
        this.text = text;
        this.member = member;
    }

    /** Returns the value of {@code eventType} or {@code notificationType}. */
    public String text() {
        return text;
    }

    /** Returns the name of the member that holds the detail. */
    public String member() {
        return member;
    }

    /** Tells whether identities are notified of it without a configuration set. */
    public boolean isFeedback() {
        return this == BOUNCE || this == COMPLAINT || this == DELIVERY;
    }
}
