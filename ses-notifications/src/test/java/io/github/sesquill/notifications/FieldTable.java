package io.github.sesquill.notifications;

import io.github.sesquill.notifications.SesNotification.Bounce;
import io.github.sesquill.notifications.SesNotification.Click;
import io.github.sesquill.notifications.SesNotification.Complaint;
import io.github.sesquill.notifications.SesNotification.Delivery;
import io.github.sesquill.notifications.SesNotification.DeliveryDelay;
import io.github.sesquill.notifications.SesNotification.Open;
import io.github.sesquill.notifications.SesNotification.Received;
import io.github.sesquill.notifications.SesNotification.Reject;
import io.github.sesquill.notifications.SesNotification.RenderingFailure;
import io.github.sesquill.notifications.SesNotification.Subscription;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Every field of every payload, with a right value and how it is read. */
final class FieldTable {

    private static final String TEXT = "some text";

    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("bounce", "Bounce"),
            Map.entry("complaint", "Complaint"),
            Map.entry("delivery", "Delivery"),
            Map.entry("reject", "Reject"),
            Map.entry("open", "Open"),
            Map.entry("click", "Click"),
            Map.entry("failure", "Rendering Failure"),
            Map.entry("deliveryDelay", "DeliveryDelay"),
            Map.entry("subscription", "Subscription"),
            Map.entry("receipt", "Received"),
            Map.entry("content", "Received"));

    private FieldTable() {}

    /**
     * A field.
     *
     * @param path from the payload to the field; a name in brackets is an object in a list
     * @param json a right value
     * @param value what the accessor then returns
     * @param absent what it returns without
     * @param accessor reads it
     * @param unknown the word an enum has for a new one, or null if this is no enum
     */
    record Field(
            String path,
            String json,
            Object value,
            Object absent,
            Function<SesNotification, Object> accessor,
            @Nullable Enum<?> unknown,
            @Nullable Function<SesNotification, Object> word) {

        boolean isText() {
            return value.equals(Optional.of(TEXT));
        }

        boolean isTime() {
            return path.matches(".*(timestamp|arrivalDate|expirationTime)");
        }

        /** Reads a payload that has nothing but this field, given as JSON, or with null nothing but what it is in. */
        SesNotification read(@Nullable String given, String extra) {
            String[] names = path.split("/", -1);
            String json = members(names[names.length - 1], given, extra);
            for (int i = names.length - 2; i >= 0; i--) {
                boolean list = names[i].startsWith("[");
                String name = list ? names[i].substring(1, names[i].length() - 1) : names[i];
                String object = list
                        ? "[{\"emailAddress\":\"a@b.example\",\"topicName\":\"t\""
                                + (json.equals("{}") ? "}" : "," + json.substring(1)) + "]"
                        : json;
                json = "{\"" + name + "\":" + object + extra + "}";
            }
            String type = TYPES.getOrDefault(names[0], "Send");
            // The type comes last, so that a value of the wrong kind must leave the reader where it should be.
            String body = json.equals("{}") ? "{" : json.substring(0, json.length() - 1) + ",";
            return Fixture.parse(body + "\"eventType\":\"" + type + "\"}");
        }

        private static String members(String name, @Nullable String given, String extra) {
            String member = given == null ? "" : "\"" + name + "\":" + given;
            return member.isEmpty() && !extra.isEmpty() ? "{" + extra.substring(1) + "}" : "{" + member + extra + "}";
        }
    }

    static final List<Field> ALL = new ArrayList<>();

    private static void text(String path, Function<SesNotification, Object> accessor) {
        ALL.add(new Field(path, "\"" + TEXT + "\"", Optional.of(TEXT), Optional.empty(), accessor, null, null));
    }

    private static void word(
            String path,
            Enum<?> right,
            String word,
            Object unknown,
            Object absent,
            Function<SesNotification, Object> accessor,
            Function<SesNotification, Object> text) {
        Object value = absent instanceof Optional ? Optional.of(right) : right;
        ALL.add(new Field(path, "\"" + word + "\"", value, absent, accessor, (Enum<?>) unknown, text));
    }

    private static void field(
            String path, String json, Object value, Object absent, Function<SesNotification, Object> accessor) {
        ALL.add(new Field(path, json, value, absent, accessor, null, null));
    }

    private static void addresses(String path, Function<SesNotification, Object> accessor) {
        field(path, "[\"a@b.example\"]", List.of(new Recipient("a@b.example")), List.of(), accessor);
    }

    private static <T> Function<SesNotification, Object> of(Class<T> type, Function<T, Object> accessor) {
        return n -> accessor.apply(type.cast(n));
    }

    private static Function<SesNotification, Object> mail(Function<Mail, Object> accessor) {
        return n -> accessor.apply(n.mail());
    }

    private static Function<SesNotification, Object> common(Function<CommonHeaders, Object> accessor) {
        return n -> accessor.apply(n.mail().commonHeaders());
    }

    private static Function<SesNotification, Object> bounced(Function<BouncedRecipient, Object> accessor) {
        return n -> accessor.apply(((Bounce) n).recipients().get(0));
    }

    private static Function<SesNotification, Object> delayed(Function<DelayedRecipient, Object> accessor) {
        return n -> accessor.apply(((DeliveryDelay) n).recipients().get(0));
    }

    private static Function<SesNotification, Object> receipt(Function<Receipt, Object> accessor) {
        return n -> accessor.apply(((Received) n).receipt());
    }

    private static Function<SesNotification, Object> action(Function<ReceiptAction, Object> accessor) {
        return n -> accessor.apply(((Received) n).receipt().action());
    }

    private static void verdict(String name, Function<Receipt, Object> accessor) {
        word(
                "receipt/" + name + "/status",
                Verdict.GRAY,
                "GRAY",
                Verdict.UNKNOWN,
                Verdict.UNKNOWN,
                receipt(accessor),
                receipt(r -> r.verdictText(name)));
    }

    static {
        word(
                "bounce/bounceType",
                BounceType.PERMANENT,
                "Permanent",
                BounceType.UNKNOWN,
                BounceType.UNKNOWN,
                of(Bounce.class, Bounce::bounceType),
                of(Bounce.class, Bounce::bounceTypeText));
        word(
                "bounce/bounceSubType",
                BounceSubType.NO_EMAIL,
                "NoEmail",
                BounceSubType.UNKNOWN,
                BounceSubType.UNKNOWN,
                of(Bounce.class, Bounce::bounceSubType),
                of(Bounce.class, Bounce::bounceSubTypeText));
        field(
                "bounce/bouncedRecipients",
                "[\"a@b.example\"]",
                List.of(new BouncedRecipient(new Recipient("a@b.example"), null, null, null)),
                List.of(),
                of(Bounce.class, Bounce::recipients));
        text("bounce/[bouncedRecipients]/action", bounced(BouncedRecipient::action));
        text("bounce/[bouncedRecipients]/status", bounced(BouncedRecipient::status));
        text("bounce/[bouncedRecipients]/diagnosticCode", bounced(BouncedRecipient::diagnosticCode));
        text("bounce/timestamp", SesNotification::timestampText);
        text("bounce/feedbackId", of(Bounce.class, Bounce::feedbackId));
        text("bounce/remoteMtaIp", of(Bounce.class, Bounce::remoteMtaIp));
        text("bounce/reportingMTA", of(Bounce.class, Bounce::reportingMta));
        addresses("complaint/complainedRecipients", of(Complaint.class, Complaint::recipients));
        text("complaint/timestamp", SesNotification::timestampText);
        text("complaint/feedbackId", of(Complaint.class, Complaint::feedbackId));
        word(
                "complaint/complaintSubType",
                ComplaintSubType.ON_TENANT_SUPPRESSION_LIST,
                "OnTenantSuppressionList",
                ComplaintSubType.UNKNOWN,
                Optional.empty(),
                of(Complaint.class, Complaint::complaintSubType),
                of(Complaint.class, Complaint::complaintSubTypeText));
        text("complaint/userAgent", of(Complaint.class, Complaint::userAgent));
        word(
                "complaint/complaintFeedbackType",
                ComplaintFeedbackType.AUTH_FAILURE,
                "auth-failure",
                ComplaintFeedbackType.UNKNOWN,
                Optional.empty(),
                of(Complaint.class, Complaint::feedbackType),
                of(Complaint.class, Complaint::feedbackTypeText));
        text("complaint/arrivalDate", of(Complaint.class, Complaint::arrivalDateText));
        text("delivery/timestamp", SesNotification::timestampText);
        field(
                "delivery/processingTimeMillis",
                "42",
                OptionalLong.of(42),
                OptionalLong.empty(),
                of(Delivery.class, Delivery::processingTimeMillis));
        addresses("delivery/recipients", of(Delivery.class, Delivery::recipients));
        text("delivery/smtpResponse", of(Delivery.class, Delivery::smtpResponse));
        text("delivery/reportingMTA", of(Delivery.class, Delivery::reportingMta));
        text("delivery/remoteMtaIp", of(Delivery.class, Delivery::remoteMtaIp));
        text("reject/reason", of(Reject.class, Reject::reason));
        text("open/ipAddress", of(Open.class, Open::ipAddress));
        text("open/timestamp", SesNotification::timestampText);
        text("open/userAgent", of(Open.class, Open::userAgent));
        word(
                "open/isBotEvent",
                BotEvent.LIKELY,
                "Likely",
                BotEvent.UNKNOWN,
                Optional.empty(),
                of(Open.class, Open::botEvent),
                of(Open.class, Open::botEventText));
        text("click/ipAddress", of(Click.class, Click::ipAddress));
        text("click/timestamp", SesNotification::timestampText);
        text("click/userAgent", of(Click.class, Click::userAgent));
        text("click/link", of(Click.class, Click::link));
        field(
                "click/linkTags",
                "{\"place\":[\"top\",\"foot\"],\"b\":[],\"c\":null}",
                Map.of("place", List.of("top", "foot")),
                Map.of(),
                of(Click.class, c -> c.linkTags().containsKey("place") ? c.linkTags() : Map.of()));
        word(
                "click/isBotEvent",
                BotEvent.UNLIKELY,
                "Unlikely",
                BotEvent.UNKNOWN,
                Optional.empty(),
                of(Click.class, Click::botEvent),
                of(Click.class, Click::botEventText));
        text("failure/templateName", of(RenderingFailure.class, RenderingFailure::templateName));
        text("failure/errorMessage", of(RenderingFailure.class, RenderingFailure::errorMessage));
        text("deliveryDelay/timestamp", SesNotification::timestampText);
        word(
                "deliveryDelay/delayType",
                DelayType.IP_FAILURE,
                "IPFailure",
                DelayType.UNKNOWN,
                DelayType.UNKNOWN,
                of(DeliveryDelay.class, DeliveryDelay::delayType),
                of(DeliveryDelay.class, DeliveryDelay::delayTypeText));
        field(
                "deliveryDelay/delayedRecipients",
                "[\"a@b.example\"]",
                List.of("a@b.example"),
                List.of(),
                of(
                        DeliveryDelay.class,
                        d -> d.recipients().stream()
                                .map(DelayedRecipient::original)
                                .toList()));
        text("deliveryDelay/[delayedRecipients]/status", delayed(DelayedRecipient::status));
        text("deliveryDelay/[delayedRecipients]/diagnosticCode", delayed(DelayedRecipient::diagnosticCode));
        text("deliveryDelay/expirationTime", of(DeliveryDelay.class, DeliveryDelay::expirationTimeText));
        text("deliveryDelay/reportingMTA", of(DeliveryDelay.class, DeliveryDelay::reportingMta));
        text("subscription/contactList", of(Subscription.class, Subscription::contactList));
        text("subscription/timestamp", SesNotification::timestampText);
        text("subscription/source", of(Subscription.class, Subscription::source));
        for (String side : List.of("newTopicPreferences", "oldTopicPreferences")) {
            Function<SesNotification, TopicPreferences> preferences = n -> side.startsWith("new")
                    ? ((Subscription) n).newTopicPreferences()
                    : ((Subscription) n).oldTopicPreferences();
            field(
                    "subscription/" + side + "/unsubscribeAll",
                    "true",
                    true,
                    false,
                    n -> preferences.apply(n).unsubscribeAll());
            word(
                    "subscription/" + side + "/[topicSubscriptionStatus]/subscriptionStatus",
                    SubscriptionStatus.OPT_OUT,
                    "OptOut",
                    SubscriptionStatus.UNKNOWN,
                    SubscriptionStatus.UNKNOWN,
                    n -> preferences.apply(n).topics().get(0).status(),
                    n -> preferences.apply(n).topics().get(0).statusText());
        }
        text("content", of(Received.class, Received::contentText));
        text("receipt/timestamp", SesNotification::timestampText);
        field(
                "receipt/processingTimeMillis",
                "42",
                OptionalLong.of(42),
                OptionalLong.empty(),
                receipt(Receipt::processingTimeMillis));
        addresses("receipt/recipients", receipt(Receipt::recipients));
        verdict("spamVerdict", Receipt::spam);
        verdict("virusVerdict", Receipt::virus);
        verdict("spfVerdict", Receipt::spf);
        verdict("dkimVerdict", Receipt::dkim);
        verdict("dmarcVerdict", Receipt::dmarc);
        text("receipt/dmarcPolicy", receipt(Receipt::dmarcPolicy));
        word(
                "receipt/action/type",
                ReceiptActionType.WORKMAIL,
                "WorkMail",
                ReceiptActionType.UNKNOWN,
                ReceiptActionType.UNKNOWN,
                action(ReceiptAction::type),
                action(ReceiptAction::typeText));
        text("receipt/action/topicArn", action(ReceiptAction::topicArn));
        text("receipt/action/bucketName", action(ReceiptAction::bucketName));
        text("receipt/action/objectKeyPrefix", action(ReceiptAction::objectKeyPrefix));
        text("receipt/action/objectKey", action(ReceiptAction::objectKey));
        text("receipt/action/encoding", action(ReceiptAction::encoding));
        text("receipt/action/functionArn", action(ReceiptAction::functionArn));
        text("receipt/action/invocationType", action(ReceiptAction::invocationType));
        text("receipt/action/smtpReplyCode", action(ReceiptAction::smtpReplyCode));
        text("receipt/action/statusCode", action(ReceiptAction::statusCode));
        text("receipt/action/message", action(ReceiptAction::message));
        text("receipt/action/sender", action(ReceiptAction::sender));
        text("receipt/action/organizationArn", action(ReceiptAction::organizationArn));
        text("mail/timestamp", mail(Mail::timestampText));
        text("mail/messageId", mail(Mail::messageId));
        text("mail/source", mail(Mail::source));
        text("mail/sourceArn", mail(Mail::sourceArn));
        text("mail/sourceIp", mail(Mail::sourceIp));
        text("mail/sendingAccountId", mail(Mail::sendingAccountId));
        text("mail/callerIdentity", mail(Mail::callerIdentity));
        addresses("mail/destination", mail(Mail::destination));
        field("mail/headersTruncated", "true", true, false, mail(Mail::headersTruncated));
        field(
                "mail/headers",
                "[{\"name\":\"X-A\",\"value\":\"1\"},{\"value\":\"nameless\"},{\"name\":\"X-B\"}]",
                List.of(new Mail.Header("X-A", "1"), new Mail.Header("X-B", "")),
                List.of(),
                mail(Mail::headers));
        field(
                "mail/tags",
                "{\"a\":[\"1\",\"2\"],\"b\":[],\"c\":null}",
                Map.of("a", List.of("1", "2")),
                Map.of(),
                mail(m -> m.tags().size() == 1 && m.tags().containsValue(List.of("1", "2")) ? m.tags() : Map.of()));
        for (String list : List.of("from", "to", "cc", "bcc", "replyTo")) {
            field(
                    "mail/commonHeaders/" + list,
                    "[\"a@b.example\"]",
                    List.of("a@b.example"),
                    List.of(),
                    common(c -> switch (list) {
                        case "from" -> c.from();
                        case "to" -> c.to();
                        case "cc" -> c.cc();
                        case "bcc" -> c.bcc();
                        default -> c.replyTo();
                    }));
        }
        text("mail/commonHeaders/sender", common(CommonHeaders::sender));
        text("mail/commonHeaders/returnPath", common(CommonHeaders::returnPath));
        text("mail/commonHeaders/subject", common(CommonHeaders::subject));
        text("mail/commonHeaders/date", common(CommonHeaders::dateText));
        text("mail/commonHeaders/messageId", common(CommonHeaders::messageId));
    }
}
