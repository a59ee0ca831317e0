package io.github.sesquill.notifications;

import io.github.sesquill.notifications.Published.Payload;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells what an object is: a notification, or an envelope around some. The order of members is not fixed, so all names
 * are looked at first. A null is a member that is absent.
 */
final class Document {

    private static final int ABSENT = -1;

    private final TextLayer layer;
    private final Tree tree;
    private final int at;

    // Where the members are that tell.
    private int eventType = ABSENT;
    private int notificationType = ABSENT;
    private int mail = ABSENT;
    private int receipt = ABSENT;
    private int snsType = ABSENT;
    private int topicArn = ABSENT;
    private int message = ABSENT;
    private int detailType = ABSENT;
    private int detail = ABSENT;
    private int records = ABSENT;
    private int record = ABSENT;
    private int body = ABSENT;
    private int eventSource = ABSENT;

    private Document(TextLayer layer, Tree tree, int at) {
        this.layer = layer;
        this.tree = tree;
        this.at = at;
        int end = tree.next(at);
        for (int member = at + 1; member < end; member = tree.next(member)) {
            if (tree.kind(member) != Tree.NULL) {
                take(tree.name(member), member);
            }
        }
    }

    /** Opens the object of a whole text. */
    static Envelope open(TextLayer layer, Tree tree) {
        return new Document(layer, tree, 0).told(List.of());
    }

    private void take(String name, int member) {
        switch (name) {
            case "eventType" -> eventType = once(name, eventType, member);
            case "notificationType" -> notificationType = once(name, notificationType, member);
            case "mail" -> mail = once(name, mail, member);
            case "receipt" -> receipt = once(name, receipt, member);
            case "Type" -> snsType = once(name, snsType, member);
            case "TopicArn" -> topicArn = once(name, topicArn, member);
            case "Message" -> message = once(name, message, member);
            case "detail-type" -> detailType = once(name, detailType, member);
            case "detail" -> detail = once(name, detail, member);
            case "Records" -> records = once(name, records, member);
            case "Sns", "ses" -> record = once(name, record, member);
            case "body" -> body = once(name, body, member);
            case "eventSource" -> eventSource = once(name, eventSource, member);
            default -> {}
        }
    }

    /** Refuses a member given twice: who verified the first must not be handed the second. */
    private int once(String name, int before, int now) {
        if (before != ABSENT) {
            throw refusal("the member " + name + " is there twice, and which is meant is anybody's guess");
        }
        return now;
    }

    private NotificationFormatException refusal(String why) {
        return layer.refusal(why, tree.text(), tree.start(at));
    }

    private @Nullable String text(int member) {
        return member == ABSENT ? null : tree.scalar(member);
    }

    private Envelope told(List<EnvelopeLayer> outer) {
        String event = text(eventType);
        String identity = event == null ? text(notificationType) : null;
        if (event != null) {
            return Envelope.of(outer, notification(event, NotificationFormat.EVENT));
        }
        if (identity != null) {
            return Envelope.of(outer, notification(identity, NotificationFormat.IDENTITY));
        }
        Envelope around = envelope(outer);
        if (around != null) {
            return around;
        }
        if (receipt != ABSENT && tree.kind(receipt) == Tree.OBJECT) {
            // Received mail, as a Lambda function gets it, has no word for itself.
            return Envelope.of(outer, notification("Received", NotificationFormat.NONE));
        }
        return unmarked(outer);
    }

    /** Opens an envelope; null if this is none. */
    private @Nullable Envelope envelope(List<EnvelopeLayer> outer) {
        String type = text(detailType);
        if (type != null && holds(detail)) {
            return eventBridge(outer, type);
        }
        if (records != ABSENT && tree.kind(records) == Tree.ARRAY) {
            return lambda(outer);
        }
        if (record != ABSENT && tree.kind(record) == Tree.OBJECT) {
            return new Document(layer, tree, record).told(outer);
        }
        if (holds(body) && "aws:sqs".equals(text(eventSource))) {
            return enclosed(body, within(outer, EnvelopeLayer.Kind.SQS));
        }
        if (text(topicArn) != null || (text(snsType) != null && holds(message))) {
            return sns(outer);
        }
        return null;
    }

    /** Tells whether a member holds a text or an object. */
    private boolean holds(int member) {
        if (member == ABSENT) {
            return false;
        }
        return switch (tree.kind(member)) {
            case Tree.PLAIN, Tree.ESCAPED, Tree.INNER, Tree.OBJECT -> true;
            default -> false;
        };
    }

    private List<EnvelopeLayer> within(List<EnvelopeLayer> outer, EnvelopeLayer.Kind kind) {
        List<EnvelopeLayer> layers = new ArrayList<>(outer);
        layers.add(new EnvelopeLayer(kind, Fields.of(tree, at)));
        return List.copyOf(layers);
    }

    /** Opens what a member holds: an object, JSON in a string, or plain text. */
    private Envelope enclosed(int member, List<EnvelopeLayer> outer) {
        return switch (tree.kind(member)) {
            case Tree.OBJECT -> new Document(layer, tree, member).told(outer);
            case Tree.INNER ->
                new Document(
                                layer.within("the text in " + tree.name(member)),
                                tree.inner(member).orThrow(),
                                0)
                        .told(outer);
            default -> Envelope.of(outer, plain(String.valueOf(tree.scalar(member))));
        };
    }

    private Envelope sns(List<EnvelopeLayer> outer) {
        String type = text(snsType);
        List<EnvelopeLayer> layers = within(outer, EnvelopeLayer.Kind.SNS);
        if (type != null && !type.equals("Notification")) {
            return Envelope.of(layers, aboutTopic(type));
        }
        if (!holds(message)) {
            throw refusal("the SNS message has no Message that is a text or an object");
        }
        return enclosed(message, layers);
    }

    private SesNotification aboutTopic(String type) {
        Payload payload = payload(type, NotificationFormat.NONE);
        return switch (type) {
            case "SubscriptionConfirmation" ->
                new EventNotices.TopicNotice(payload, TopicNoticeKind.SUBSCRIPTION_CONFIRMATION);
            case "UnsubscribeConfirmation" ->
                new EventNotices.TopicNotice(payload, TopicNoticeKind.UNSUBSCRIBE_CONFIRMATION);
            default -> new EventNotices.UnknownNotice(payload);
        };
    }

    /** Names a nameless detail by the type of the event: SES sends advice and status in shapes of their own. */
    private Envelope eventBridge(List<EnvelopeLayer> outer, String type) {
        List<EnvelopeLayer> layers = within(outer, EnvelopeLayer.Kind.EVENT_BRIDGE);
        Envelope inside = enclosed(detail, layers);
        boolean nameless =
                inside.notifications().stream().allMatch(n -> n.type().isEmpty());
        return nameless
                ? Envelope.of(layers, new EventNotices.UnknownNotice(payload(type, NotificationFormat.NONE)))
                : inside;
    }

    private Envelope lambda(List<EnvelopeLayer> outer) {
        List<Envelope> read = new ArrayList<>();
        int end = tree.next(records);
        for (int element = records + 1; element < end; element = tree.next(element)) {
            read.add(lambdaRecord(element, read.size(), outer));
        }
        return read.size() == 1 ? read.get(0) : Envelope.of(outer, read);
    }

    private Envelope lambdaRecord(int element, int index, List<EnvelopeLayer> outer) {
        if (tree.kind(element) != Tree.OBJECT) {
            return Envelope.failed(outer, refusal("record " + index + " of Records (counted from 0) is no object"));
        }
        List<EnvelopeLayer> layers = new ArrayList<>(outer);
        try {
            Document document = new Document(layer, tree, element);
            if (document.record != ABSENT) {
                layers.add(new EnvelopeLayer(EnvelopeLayer.Kind.LAMBDA, Fields.of(tree, element)));
            }
            return document.told(List.copyOf(layers));
        } catch (NotificationFormatException e) {
            // Told when somebody wants what is in it: a bad record must not lose the good ones beside it.
            layers.add(new EnvelopeLayer(EnvelopeLayer.Kind.LAMBDA, Fields.of(tree, element)));
            return Envelope.failed(List.copyOf(layers), e);
        }
    }

    /** Makes a notification of text that is no JSON. */
    static SesNotification plain(String text) {
        Payload payload = new Payload("", NotificationFormat.NONE, Fields.NONE, text);
        return isTopicValidated(text)
                ? new EventNotices.TopicNotice(payload, TopicNoticeKind.TOPIC_VALIDATED)
                : new EventNotices.UnknownNotice(payload);
    }

    /** Tells the one sentence that SES sends as plain text. */
    static boolean isTopicValidated(String text) {
        return text.strip().startsWith("Successfully validated SNS topic");
    }

    /** Takes an object without a mark if an envelope vouches for it; there may be other senders on a topic. */
    private Envelope unmarked(List<EnvelopeLayer> outer) {
        if (outer.isEmpty() && layer.level() == 0) {
            throw refusal("the JSON object is no notification of SES, for it has no text in eventType or"
                    + " notificationType, and no envelope around one, for it has no SNS Message, EventBridge detail or"
                    + " Records");
        }
        return Envelope.of(outer, notification("", NotificationFormat.NONE));
    }

    private Payload payload(String type, NotificationFormat format) {
        return new Payload(type, format, Fields.of(tree, at), null);
    }

    private SesNotification notification(String type, NotificationFormat format) {
        Payload payload = payload(type, format);
        return switch (NotificationKind.of(type)) {
            case BOUNCE -> new FeedbackNotices.BounceNotice(payload);
            case COMPLAINT -> new FeedbackNotices.ComplaintNotice(payload);
            case DELIVERY -> new FeedbackNotices.DeliveryNotice(payload);
            case SEND -> new EventNotices.SendNotice(payload);
            case REJECT -> new EventNotices.RejectNotice(payload);
            case OPEN -> new EventNotices.OpenNotice(payload);
            case CLICK -> new EventNotices.ClickNotice(payload);
            case RENDERING_FAILURE -> new EventNotices.RenderingFailureNotice(payload);
            case DELIVERY_DELAY -> new FeedbackNotices.DeliveryDelayNotice(payload);
            case SUBSCRIPTION -> new EventNotices.SubscriptionNotice(payload);
            case RECEIVED -> received(payload);
            case SUBSCRIPTION_SUCCEEDED ->
                new EventNotices.TopicNotice(payload, TopicNoticeKind.SUBSCRIPTION_SUCCEEDED);
            case OTHER -> new EventNotices.UnknownNotice(payload);
        };
    }

    private static SesNotification received(Payload payload) {
        String id = payload.root().object("mail").text("messageId");
        return "AMAZON_SES_SETUP_NOTIFICATION".equals(id)
                ? new EventNotices.TopicNotice(payload, TopicNoticeKind.RECEIPT_SETUP)
                : new EventNotices.ReceivedNotice(payload);
    }
}
