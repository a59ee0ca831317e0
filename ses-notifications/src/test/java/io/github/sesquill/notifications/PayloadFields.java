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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The fields of the notifications. */
final class PayloadFields extends FieldRows {

    private static Function<Envelope, Object> any(Function<SesNotification, Object> accessor) {
        return e -> accessor.apply(e.notifications().get(0));
    }

    private static <T> Function<Envelope, Object> of(Class<T> type, Function<T, Object> accessor) {
        return any(n -> accessor.apply(type.cast(n)));
    }

    private static Function<Envelope, Object> mail(Function<Mail, Object> accessor) {
        return any(n -> accessor.apply(n.mail()));
    }

    private static Function<Envelope, Object> common(Function<CommonHeaders, Object> accessor) {
        return mail(m -> accessor.apply(m.commonHeaders()));
    }

    private static Function<Envelope, Object> bounced(Function<BouncedRecipient, Object> accessor) {
        return of(Bounce.class, b -> accessor.apply(b.recipients().get(0)));
    }

    private static Function<Envelope, Object> delayed(Function<DelayedRecipient, Object> accessor) {
        return of(DeliveryDelay.class, d -> accessor.apply(d.recipients().get(0)));
    }

    private static Function<Envelope, Object> receipt(Function<Receipt, Object> accessor) {
        return of(Received.class, r -> accessor.apply(r.receipt()));
    }

    private static Function<Envelope, Object> action(Function<ReceiptAction, Object> accessor) {
        return receipt(r -> accessor.apply(r.action()));
    }

    private static List<String> originals(List<Recipient> recipients) {
        return recipients.stream().map(Recipient::original).toList();
    }

    private void happened(String member) {
        time(member + "/timestamp", any(SesNotification::timestampText), any(SesNotification::timestamp));
    }

    PayloadFields() {
        bounce();
        complaint();
        delivery();
        rejectAndFailure();
        openAndClick();
        deliveryDelay();
        subscription();
        received();
        action();
        mail();
    }

    private void bounce() {
        kind = "Bounce";
        holder("bounce", "{\"feedbackId\":\"some text\"}", of(Bounce.class, Bounce::feedbackId));
        word(
                "bounce/bounceType",
                "Permanent",
                BounceType.PERMANENT,
                BounceType.UNKNOWN,
                BounceType.UNKNOWN,
                of(Bounce.class, Bounce::bounceType),
                of(Bounce.class, Bounce::bounceTypeText));
        word(
                "bounce/bounceSubType",
                "NoEmail",
                BounceSubType.NO_EMAIL,
                BounceSubType.UNKNOWN,
                BounceSubType.UNKNOWN,
                of(Bounce.class, Bounce::bounceSubType),
                of(Bounce.class, Bounce::bounceSubTypeText));
        Function<Envelope, Object> bounced = of(
                Bounce.class,
                b -> b.recipients().stream().map(BouncedRecipient::original).toList());
        recipients("bounce/bouncedRecipients", bounced);
        nameOfElement("bounce/[bouncedRecipients]/emailAddress", false, bounced);
        text("bounce/[bouncedRecipients]/action", bounced(BouncedRecipient::action));
        text("bounce/[bouncedRecipients]/status", bounced(BouncedRecipient::status));
        text("bounce/[bouncedRecipients]/diagnosticCode", bounced(BouncedRecipient::diagnosticCode));
        happened("bounce");
        text("bounce/feedbackId", of(Bounce.class, Bounce::feedbackId));
        text("bounce/remoteMtaIp", of(Bounce.class, Bounce::remoteMtaIp));
        text("bounce/reportingMTA", of(Bounce.class, Bounce::reportingMta));
    }

    private void complaint() {
        kind = "Complaint";
        holder("complaint", "{\"feedbackId\":\"some text\"}", of(Complaint.class, Complaint::feedbackId));
        Function<Envelope, Object> complained = of(Complaint.class, c -> originals(c.recipients()));
        recipients("complaint/complainedRecipients", complained);
        nameOfElement("complaint/[complainedRecipients]/emailAddress", false, complained);
        happened("complaint");
        text("complaint/feedbackId", of(Complaint.class, Complaint::feedbackId));
        word(
                "complaint/complaintSubType",
                "OnTenantSuppressionList",
                Optional.of(ComplaintSubType.ON_TENANT_SUPPRESSION_LIST),
                Optional.of(ComplaintSubType.UNKNOWN),
                Optional.empty(),
                of(Complaint.class, Complaint::complaintSubType),
                of(Complaint.class, Complaint::complaintSubTypeText));
        text("complaint/userAgent", of(Complaint.class, Complaint::userAgent));
        word(
                "complaint/complaintFeedbackType",
                "auth-failure",
                Optional.of(ComplaintFeedbackType.AUTH_FAILURE),
                Optional.of(ComplaintFeedbackType.UNKNOWN),
                Optional.empty(),
                of(Complaint.class, Complaint::feedbackType),
                of(Complaint.class, Complaint::feedbackTypeText));
        time(
                "complaint/arrivalDate",
                of(Complaint.class, Complaint::arrivalDateText),
                of(Complaint.class, Complaint::arrivalDate));
    }

    private void delivery() {
        kind = "Delivery";
        holder("delivery", "{\"smtpResponse\":\"some text\"}", of(Delivery.class, Delivery::smtpResponse));
        happened("delivery");
        number("delivery/processingTimeMillis", of(Delivery.class, Delivery::processingTimeMillis));
        recipients("delivery/recipients", of(Delivery.class, d -> originals(d.recipients())));
        text("delivery/smtpResponse", of(Delivery.class, Delivery::smtpResponse));
        text("delivery/reportingMTA", of(Delivery.class, Delivery::reportingMta));
        text("delivery/remoteMtaIp", of(Delivery.class, Delivery::remoteMtaIp));
    }

    private void rejectAndFailure() {
        kind = "Send";
        only("send", "{}", "Send", "Send", any(SesNotification::type));
        kind = "Reject";
        holder("reject", "{\"reason\":\"some text\"}", of(Reject.class, Reject::reason));
        text("reject/reason", of(Reject.class, Reject::reason));
        kind = "Rendering Failure";
        holder(
                "failure",
                "{\"templateName\":\"some text\"}",
                of(RenderingFailure.class, RenderingFailure::templateName));
        text("failure/templateName", of(RenderingFailure.class, RenderingFailure::templateName));
        text("failure/errorMessage", of(RenderingFailure.class, RenderingFailure::errorMessage));
    }

    private void openAndClick() {
        kind = "Open";
        holder("open", "{\"userAgent\":\"some text\"}", of(Open.class, Open::userAgent));
        text("open/ipAddress", of(Open.class, Open::ipAddress));
        happened("open");
        text("open/userAgent", of(Open.class, Open::userAgent));
        word(
                "open/isBotEvent",
                "Likely",
                Optional.of(BotEvent.LIKELY),
                Optional.of(BotEvent.UNKNOWN),
                Optional.empty(),
                of(Open.class, Open::botEvent),
                of(Open.class, Open::botEventText));
        kind = "Click";
        holder("click", "{\"userAgent\":\"some text\"}", of(Click.class, Click::userAgent));
        text("click/ipAddress", of(Click.class, Click::ipAddress));
        happened("click");
        text("click/userAgent", of(Click.class, Click::userAgent));
        text("click/link", of(Click.class, Click::link));
        only(
                "click/linkTags",
                "{\"place\":[\"top\",\"foot\"],\"b\":[],\"c\":null}",
                Map.of("place", List.of("top", "foot")),
                Map.of(),
                of(Click.class, Click::linkTags));
        values("click/linkTags/place", of(Click.class, c -> c.linkTags().getOrDefault("place", List.of())));
        word(
                "click/isBotEvent",
                "Unlikely",
                Optional.of(BotEvent.UNLIKELY),
                Optional.of(BotEvent.UNKNOWN),
                Optional.empty(),
                of(Click.class, Click::botEvent),
                of(Click.class, Click::botEventText));
    }

    private void deliveryDelay() {
        kind = "DeliveryDelay";
        holder(
                "deliveryDelay",
                "{\"reportingMTA\":\"some text\"}",
                of(DeliveryDelay.class, DeliveryDelay::reportingMta));
        happened("deliveryDelay");
        word(
                "deliveryDelay/delayType",
                "IPFailure",
                DelayType.IP_FAILURE,
                DelayType.UNKNOWN,
                DelayType.UNKNOWN,
                of(DeliveryDelay.class, DeliveryDelay::delayType),
                of(DeliveryDelay.class, DeliveryDelay::delayTypeText));
        Function<Envelope, Object> delayed = of(
                DeliveryDelay.class,
                d -> d.recipients().stream().map(DelayedRecipient::original).toList());
        recipients("deliveryDelay/delayedRecipients", delayed);
        nameOfElement("deliveryDelay/[delayedRecipients]/emailAddress", false, delayed);
        text("deliveryDelay/[delayedRecipients]/status", delayed(DelayedRecipient::status));
        text("deliveryDelay/[delayedRecipients]/diagnosticCode", delayed(DelayedRecipient::diagnosticCode));
        time(
                "deliveryDelay/expirationTime",
                of(DeliveryDelay.class, DeliveryDelay::expirationTimeText),
                of(DeliveryDelay.class, DeliveryDelay::expirationTime));
        text("deliveryDelay/reportingMTA", of(DeliveryDelay.class, DeliveryDelay::reportingMta));
    }

    private void subscription() {
        kind = "Subscription";
        holder("subscription", "{\"source\":\"some text\"}", of(Subscription.class, Subscription::source));
        text("subscription/contactList", of(Subscription.class, Subscription::contactList));
        happened("subscription");
        text("subscription/source", of(Subscription.class, Subscription::source));
        preferences("newTopicPreferences", Subscription::newTopicPreferences);
        preferences("oldTopicPreferences", Subscription::oldTopicPreferences);
    }

    private void preferences(String side, Function<Subscription, TopicPreferences> preferences) {
        String path = "subscription/" + side;
        only(
                path,
                "{\"unsubscribeAll\":true}",
                true,
                false,
                of(Subscription.class, s -> preferences.apply(s).unsubscribeAll()));
        truth(
                path + "/unsubscribeAll",
                of(Subscription.class, s -> preferences.apply(s).unsubscribeAll()));
        Function<Envelope, Object> names = of(
                Subscription.class,
                s -> preferences.apply(s).topics().stream()
                        .map(TopicPreferences.Topic::name)
                        .toList());
        only(path + "/topicSubscriptionStatus", "[{\"topicName\":\"t\"},{}]", List.of("t"), List.of(), names);
        nameOfElement(path + "/[topicSubscriptionStatus]/topicName", true, names);
        word(
                path + "/[topicSubscriptionStatus]/subscriptionStatus",
                "OptOut",
                SubscriptionStatus.OPT_OUT,
                SubscriptionStatus.UNKNOWN,
                SubscriptionStatus.UNKNOWN,
                of(Subscription.class, s -> preferences.apply(s).topics().get(0).status()),
                of(Subscription.class, s -> preferences.apply(s).topics().get(0).statusText()));
    }

    private void received() {
        kind = "Received";
        text("content", of(Received.class, Received::contentText));
        holder("receipt", "{\"dmarcPolicy\":\"some text\"}", receipt(Receipt::dmarcPolicy));
        time("receipt/timestamp", receipt(Receipt::timestampText), receipt(Receipt::timestamp));
        number("receipt/processingTimeMillis", receipt(Receipt::processingTimeMillis));
        recipients("receipt/recipients", receipt(r -> originals(r.recipients())));
        verdict("spamVerdict", Receipt::spam);
        verdict("virusVerdict", Receipt::virus);
        verdict("spfVerdict", Receipt::spf);
        verdict("dkimVerdict", Receipt::dkim);
        verdict("dmarcVerdict", Receipt::dmarc);
        text("receipt/dmarcPolicy", receipt(Receipt::dmarcPolicy));
    }

    private void verdict(String name, Function<Receipt, Object> accessor) {
        Function<Envelope, Object> text = receipt(r -> r.verdictText(name));
        holder("receipt/" + name, "{\"status\":\"some text\"}", text);
        word(
                "receipt/" + name + "/status",
                "GRAY",
                Verdict.GRAY,
                Verdict.UNKNOWN,
                Verdict.UNKNOWN,
                receipt(accessor),
                text);
    }

    private void action() {
        holder("receipt/action", "{\"bucketName\":\"some text\"}", action(ReceiptAction::bucketName));
        word(
                "receipt/action/type",
                "WorkMail",
                ReceiptActionType.WORKMAIL,
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
    }

    private void mail() {
        kind = "Send";
        holder("mail", "{\"messageId\":\"some text\"}", mail(Mail::messageId));
        time("mail/timestamp", mail(Mail::timestampText), mail(Mail::timestamp));
        text("mail/messageId", mail(Mail::messageId));
        text("mail/source", mail(Mail::source));
        text("mail/sourceArn", mail(Mail::sourceArn));
        text("mail/sourceIp", mail(Mail::sourceIp));
        text("mail/sendingAccountId", mail(Mail::sendingAccountId));
        text("mail/callerIdentity", mail(Mail::callerIdentity));
        recipients("mail/destination", mail(m -> originals(m.destination())));
        truth("mail/headersTruncated", mail(Mail::headersTruncated));
        only(
                "mail/headers",
                "[{\"name\":\"X-A\",\"value\":\"1\"},{\"value\":\"nameless\"},{\"name\":\"X-B\"}]",
                List.of(new Mail.Header("X-A", "1"), new Mail.Header("X-B", "")),
                List.of(),
                mail(Mail::headers));
        nameOfElement(
                "mail/[headers]/name",
                true,
                mail(m -> m.headers().stream().map(Mail.Header::name).toList()));
        text("mail/[headers]/value", Optional.of(""), mail(m -> m.header("X-A")));
        only(
                "mail/tags",
                "{\"a\":[\"1\",\"2\"],\"b\":[],\"c\":null}",
                Map.of("a", List.of("1", "2")),
                Map.of(),
                mail(Mail::tags));
        values("mail/tags/kind", mail(m -> m.ownTags().getOrDefault("kind", List.of())));
        tag("ses:configuration-set", mail(Mail::configurationSet));
        tag("ses:source-ip", mail(Mail::sourceIp));
        tag("ses:from-domain", mail(Mail::fromDomain));
        tag("ses:caller-identity", mail(Mail::callerIdentity));
        tag("ses:source-tls-version", mail(Mail::sourceTlsVersion));
        tag("ses:outgoing-ip", mail(Mail::outgoingIp));
        tag("ses:outgoing-tls-version", mail(Mail::outgoingTlsVersion));
        tag("ses:operation", mail(Mail::operation));
        tag("ses:recipient-isp", mail(Mail::recipientIsp));
        for (String name : List.of("ses:sender-identity", "ses:feedback-id-a", "ses:feedback-id-b")) {
            tag(name, mail(m -> m.tag(name)));
        }
        holder("mail/commonHeaders", "{\"subject\":\"some text\"}", common(CommonHeaders::subject));
        texts("mail/commonHeaders/from", common(CommonHeaders::from));
        texts("mail/commonHeaders/to", common(CommonHeaders::to));
        texts("mail/commonHeaders/cc", common(CommonHeaders::cc));
        texts("mail/commonHeaders/bcc", common(CommonHeaders::bcc));
        texts("mail/commonHeaders/replyTo", common(CommonHeaders::replyTo));
        text("mail/commonHeaders/sender", common(CommonHeaders::sender));
        text("mail/commonHeaders/returnPath", common(CommonHeaders::returnPath));
        text("mail/commonHeaders/subject", common(CommonHeaders::subject));
        time("mail/commonHeaders/date", common(CommonHeaders::dateText), common(CommonHeaders::date));
        text("mail/commonHeaders/messageId", common(CommonHeaders::messageId));
    }
}
