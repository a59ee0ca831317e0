package io.github.sesquill.notifications;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Says what became of a message: one notification, in either format of SES, as {@link NotificationParser} reads it.
 *
 * <p>What this version has no type for is {@link Other}, and so is every type that SES or this library adds later: a
 * {@code switch} with a case for each type here stays complete.
 *
 * <pre>{@code
 * SesNotification n = NotificationParser.create().parse(body);
 * if (n instanceof SesNotification.Bounce b && b.isPermanent())
 *     b.recipients().forEach(r -> suppress(r.address()));
 * }</pre>
 *
 * <p>All are immutable, keep the text SES sent and take out of it what is asked for, when it is asked for. What is
 * absent, null or of the wrong kind is empty. They are equal by type, format and the members they have accessors for,
 * not by {@link #raw()}. Their {@code toString()} shows kind and message id, never an address. Facts: the SES developer
 * guide, <i>Contents of event data</i> and <i>Amazon SNS notification contents</i>.
 */
public sealed interface SesNotification {

    /** Returns the word with which the payload names itself, as sent: {@code Bounce}; may be empty in {@link Other}. */
    String type();

    /** Tells which of the two formats of SES this is. */
    NotificationFormat format();

    /** Returns the message this is about; all of it is absent if the notification names none. */
    Mail mail();

    /** Returns when this happened; empty for what SES gives no time of its own, where {@link Mail#timestamp()} is next best. */
    Optional<Instant> timestamp();

    /** Returns when this happened, as sent. */
    Optional<String> timestampText();

    /** Returns the text of the notification without its envelope, with all that has no accessor yet. */
    String raw();

    /**
     * Reports recipients for whom the message came back for good: SES publishes no bounce it still retries. Its
     * {@link #timestamp()} may precede that of the mail, as SES cuts off milliseconds.
     */
    sealed interface Bounce extends SesNotification permits FeedbackNotices.BounceNotice {

        /** Returns whether the bounce is final; {@link BounceType#UNKNOWN} for none and for a new word. */
        default BounceType bounceType() {
            return BounceType.of(bounceTypeText().orElse(null));
        }

        /** Returns the bounce type as sent. */
        Optional<String> bounceTypeText();

        /** Returns why it bounced; {@link BounceSubType#UNKNOWN} for none and for a new word. */
        default BounceSubType bounceSubType() {
            return BounceSubType.of(bounceSubTypeText().orElse(null));
        }

        /** Returns the bounce sub-type as sent. */
        Optional<String> bounceSubTypeText();

        /** Tells a hard bounce: do not send to {@link #recipients()} again. */
        default boolean isPermanent() {
            return bounceType() == BounceType.PERMANENT;
        }

        /**
         * Tells an automatic reply, such as out of office, from a failure: the message was delivered.
         *
         * <p>SES publishes both as Transient and General; a reply comes without delivery status notification, so it has
         * neither a reporting nor a remote server, and no recipient has action, status or diagnostic code. That is
         * observed, not documented.
         */
        boolean isOutOfOffice();

        /** Returns what became of the message for each recipient that bounced it; others may have received it. */
        List<BouncedRecipient> recipients();

        /**
         * Returns what tells one bounce of one recipient, however often and in whichever format it comes: message id,
         * address and bounce words. {@link #feedbackId()} differs between the two formats. It holds the address: hash it
         * where addresses must not be kept.
         */
        String key(BouncedRecipient recipient);

        /** Returns the id of this bounce, the same in every delivery of this notification. */
        Optional<String> feedbackId();

        /** Returns the address of the server that refused the message, if SES reached one. */
        Optional<String> remoteMtaIp();

        /** Returns the server that reported the failure, as sent: {@code dns; mx.example.com}. */
        Optional<String> reportingMta();

        /** Returns the server that reported the failure, type and name taken apart. */
        default Optional<DsnField> reportingMtaName() {
            return reportingMta().map(DsnField::of);
        }
    }

    /** Reports that a recipient called the message spam, or, if {@link #isNotSpam()}, took that back. */
    sealed interface Complaint extends SesNotification permits FeedbackNotices.ComplaintNotice {

        /**
         * Returns the candidates, one of whom complained.
         *
         * <p>Most mailbox providers conceal who it was, so SES lists every recipient of the message at the domain that
         * reported. Who sends to one recipient at a time knows.
         */
        List<Recipient> recipients();

        /** Returns what tells one complaint about one recipient, in either format: as {@link Bounce#key} does. */
        String key(Recipient recipient);

        /** Returns what was reported; empty without a feedback report. */
        default Optional<ComplaintFeedbackType> feedbackType() {
            return feedbackTypeText().map(ComplaintFeedbackType::of);
        }

        /** Returns what was reported, as sent. */
        Optional<String> feedbackTypeText();

        /** Tells the opposite of a complaint: a recipient says that the message is not spam. */
        default boolean isNotSpam() {
            return feedbackType()
                    .filter(t -> t == ComplaintFeedbackType.NOT_SPAM)
                    .isPresent();
        }

        /** Returns which suppression list made SES report a complaint without sending; empty as a rule. */
        default Optional<ComplaintSubType> complaintSubType() {
            return complaintSubTypeText().map(ComplaintSubType::of);
        }

        /** Returns the complaint sub-type as sent. */
        Optional<String> complaintSubTypeText();

        /** Returns the software that reported. */
        Optional<String> userAgent();

        /** Returns when the feedback report says the message arrived; may precede {@link Mail#timestamp()}. */
        Optional<Instant> arrivalDate();

        /** Returns when the message arrived, as sent. */
        Optional<String> arrivalDateText();

        /** Returns the id of this complaint, the same in every delivery of this notification. */
        Optional<String> feedbackId();
    }

    /** Reports that the server of a recipient took the message; a bounce or a complaint may still follow. */
    sealed interface Delivery extends SesNotification permits FeedbackNotices.DeliveryNotice {

        /** Returns the recipients whose server took the message; others may come in notifications of their own. */
        List<Recipient> recipients();

        /** Returns the milliseconds from acceptance by SES to the server's yes; empty if not a whole number. */
        OptionalLong processingTimeMillis();

        /** Returns the answer of the receiving server, the text of a stranger. */
        Optional<String> smtpResponse();

        /** Returns the SES server that delivered, {@code a48-102.smtp-out.amazonses.com}. */
        Optional<String> reportingMta();

        /** Returns the address of the server that took the message. */
        Optional<String> remoteMtaIp();
    }

    /** Reports that SES accepted the message and will try to deliver it, also to recipients it will then suppress. */
    sealed interface Send extends SesNotification permits EventNotices.SendNotice {}

    /** Reports that SES accepted the message, found a virus in it and will not deliver it to anybody. */
    sealed interface Reject extends SesNotification permits EventNotices.RejectNotice {

        /** Returns why; {@code Bad content} is the one reason documented. */
        Optional<String> reason();
    }

    /**
     * Reports that an image in the message was loaded, once for each time. By whom the notification does not say, and it
     * may have been a machine.
     */
    sealed interface Open extends SesNotification permits EventNotices.OpenNotice {

        /** Returns the address the image was loaded from, often of a proxy. */
        Optional<String> ipAddress();

        /** Returns the software that loaded it. */
        Optional<String> userAgent();

        /** Returns whether SES takes it for a machine; empty before 2026. */
        default Optional<BotEvent> botEvent() {
            return botEventText().map(BotEvent::of);
        }

        /** Returns whether SES takes it for a machine, as sent. */
        Optional<String> botEventText();
    }

    /** Reports that a link in the message was followed, by a person or a scanner. */
    sealed interface Click extends SesNotification permits EventNotices.ClickNotice {

        /** Returns the address the link was followed from, often of a scanner. */
        Optional<String> ipAddress();

        /** Returns the software that followed it. */
        Optional<String> userAgent();

        /** Returns where the link leads, as the sender wrote it. */
        Optional<String> link();

        /** Returns what the attribute {@code ses:tags} of the link says, by name. */
        Map<String, List<String>> linkTags();

        /** Returns whether SES takes it for a machine; empty before 2026. */
        default Optional<BotEvent> botEvent() {
            return botEventText().map(BotEvent::of);
        }

        /** Returns whether SES takes it for a machine, as sent. */
        Optional<String> botEventText();
    }

    /** Reports that a template could not be filled in: the call to SES had succeeded, and nothing was sent. */
    sealed interface RenderingFailure extends SesNotification permits EventNotices.RenderingFailureNotice {

        /** Returns the name of the template. */
        Optional<String> templateName();

        /** Returns what is missing or wrong. */
        Optional<String> errorMessage();
    }

    /** Reports that the message has not arrived yet; SES goes on, and a delivery or a bounce follows. */
    sealed interface DeliveryDelay extends SesNotification permits FeedbackNotices.DeliveryDelayNotice {

        /** Returns why; {@link DelayType#UNKNOWN} for none and for a new word. */
        default DelayType delayType() {
            return DelayType.of(delayTypeText().orElse(null));
        }

        /** Returns why, as sent. */
        Optional<String> delayTypeText();

        /** Returns the recipients that do not have the message yet. */
        List<DelayedRecipient> recipients();

        /** Returns when SES gives up. */
        Optional<Instant> expirationTime();

        /** Returns when SES gives up, as sent. */
        Optional<String> expirationTimeText();

        /** Returns the server that reported the delay, as sent. */
        Optional<String> reportingMta();
    }

    /** Reports that a recipient changed what a contact list sends, by the link or the header that SES provides for it. */
    sealed interface Subscription extends SesNotification permits EventNotices.SubscriptionNotice {

        /** Returns the contact list. */
        Optional<String> contactList();

        /** Returns what was used: {@code UnsubscribeHeader}. */
        Optional<String> source();

        /** Returns what the contact wants now; without topics if SES does not say. */
        TopicPreferences newTopicPreferences();

        /** Returns what the contact wanted before; without topics if SES does not say. */
        TopicPreferences oldTopicPreferences();
    }

    /** Reports that SES received a message for you. */
    sealed interface Received extends SesNotification permits EventNotices.ReceivedNotice {

        /** Returns for whom, what the checks found and what the receipt rule did. */
        Receipt receipt();

        /** Returns the message as sent, in the encoding of {@link ReceiptAction#encoding()}; only an SNS action has it. */
        Optional<String> contentText();

        /**
         * Returns the bytes of the message (MIME); empty if there are none or they are no base64 where they should be.
         * Published as UTF8, whatever was not UTF-8 in the message is lost: choose Base64 in the receipt rule.
         */
        Optional<byte[]> content();
    }

    /** Says something about the topic or the rule that notifications come from, and nothing about a message. */
    sealed interface TopicNotice extends SesNotification permits EventNotices.TopicNotice {

        /** Returns what it is. */
        TopicNoticeKind kind();

        /** Returns the sentence in it, if there is one. */
        Optional<String> message();
    }

    /**
     * Is every notification that has no type here, of today and of later.
     *
     * <p>Not sealed, so that what is {@link Unknown} today can have a type of its own tomorrow and still be this.
     */
    non-sealed interface Other extends SesNotification {}

    /** Is a notification of a type this version does not know, plain text included: {@link #raw()} has it all. */
    sealed interface Unknown extends Other permits EventNotices.UnknownNotice {}
}
