package io.github.sesquill.notifications;

/** The kinds of payload that have a type of their own, and the formats SES publishes them in. */
enum NotificationKind {
    BOUNCE("Bounce", true, "Email Bounced"),
    COMPLAINT("Complaint", true, "Email Complaint Received"),
    DELIVERY("Delivery", true, "Email Delivered"),
    SEND("Send", false, "Email Sent"),
    REJECT("Reject", false, "Email Rejected"),
    OPEN("Open", false, "Email Opened"),
    CLICK("Click", false, "Email Clicked"),
    RENDERING_FAILURE("Rendering Failure", false, "Email Rendering Failed"),
    DELIVERY_DELAY("DeliveryDelay", false, "Email Delivery Delayed"),
    SUBSCRIPTION("Subscription", false, "Email Subscribed"),
    RECEIVED("Received", true, "Email Notification"),
    SUBSCRIPTION_SUCCEEDED("AmazonSnsSubscriptionSucceeded", true, "Email Notification"),
    OTHER("", true, "Email Notification");

    private static final Words<NotificationKind> WORDS = new Words<>(values(), kind -> kind.word, OTHER);

    private final String word;
    private final boolean identity;
    private final String detailType;

    NotificationKind(String word, boolean identity, String detailType) {
        this.word = word;
        this.identity = identity;
        this.detailType = detailType;
    }

    static NotificationKind of(String word) {
        return WORDS.find(word);
    }

    /** Returns the type of the EventBridge event; SES has none for the last three. */
    String detailType() {
        return detailType;
    }

    /** Tells whether SES publishes the kind in a format. */
    boolean isPublishedAs(NotificationFormat format) {
        return switch (format) {
            case EVENT -> this != RECEIVED && this != SUBSCRIPTION_SUCCEEDED;
            case IDENTITY -> identity;
            case NONE -> this == RECEIVED;
        };
    }
}
