package io.github.sesquill.notifications;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Says what became of a message: one notification, in either format of SES, as {@link NotificationParser} reads it.
 *
 * <p>Bounces, complaints and deliveries have types of their own here. Everything else is {@link Other}, and so is every
 * type that SES or this library adds later: a {@code switch} with cases for {@link Bounce}, {@link Complaint},
 * {@link Delivery} and {@link Other} stays complete.
 *
 * <pre>{@code
 * SesNotification n = NotificationParser.create().parse(body);
 * if (n instanceof SesNotification.Bounce b && b.isPermanent())
 *     b.recipients().forEach(r -> suppress(r.address()));
 * }</pre>
 *
 * <p>All are immutable, hold texts as SES sent them and derive times, addresses and codes when asked. What is absent,
 * null or of the wrong kind is empty. They are equal by type, format and the members they have accessors for, not by
 * {@link #raw()}. Their {@code toString()} shows kind and message id, never an address.
 */
public sealed interface SesNotification {

    /** Returns the word with which the payload names itself, as sent: {@code Bounce}; may be empty in {@link Other}. */
    String type();

    /** Tells which of the two formats of SES this is. */
    NotificationFormat format();

    /** Returns the message this is about; all of it is absent if the notification names none. */
    Mail mail();

    /**
     * Returns the text of the notification without its envelope, with all that has no accessor yet.
     *
     * <p>It is cut out of the body on each call; the notification keeps the body for it.
     */
    String raw();

    /** Reports recipients for whom the message came back for good: SES publishes no bounce it still retries. */
    final class Bounce extends Published implements SesNotification {

        private final BounceFields fields;

        Bounce(String type, NotificationFormat format, Mail mail, BounceFields fields, RawText raw) {
            super(type, format, mail, raw);
            this.fields = fields;
        }

        @Override
        Object value() {
            return fields;
        }

        /** Returns whether the bounce is final; {@link BounceType#UNKNOWN} for none and for a new word. */
        public BounceType bounceType() {
            return BounceType.of(fields.type());
        }

        /** Returns the bounce type as sent. */
        public Optional<String> bounceTypeText() {
            return Optional.ofNullable(fields.type());
        }

        /** Returns why it bounced; {@link BounceSubType#UNKNOWN} for none and for a new word. */
        public BounceSubType bounceSubType() {
            return BounceSubType.of(fields.subType());
        }

        /** Returns the bounce sub-type as sent. */
        public Optional<String> bounceSubTypeText() {
            return Optional.ofNullable(fields.subType());
        }

        /** Tells a hard bounce: do not send to {@link #recipients()} again. */
        public boolean isPermanent() {
            return bounceType() == BounceType.PERMANENT;
        }

        /**
         * Tells an automatic reply, such as out of office, from a failure: the message was delivered.
         *
         * <p>SES publishes both as Transient and General; a reply comes without delivery status notification, so it has
         * neither a reporting nor a remote server, and no recipient has action, status or diagnostic code. That is
         * observed, not documented.
         */
        public boolean isOutOfOffice() {
            return bounceType() == BounceType.TRANSIENT
                    && bounceSubType() == BounceSubType.GENERAL
                    && fields.reportingMta() == null
                    && fields.remoteMtaIp() == null
                    && !recipients().isEmpty()
                    && recipients().stream().noneMatch(BouncedRecipient::hasDsn);
        }

        /** Returns what became of the message for each recipient that bounced it. */
        public List<BouncedRecipient> recipients() {
            return fields.recipients();
        }

        /** Returns when the bounce was sent; may precede {@link Mail#timestamp()}, as SES cuts off milliseconds. */
        public Optional<Instant> timestamp() {
            return LenientInstant.of(fields.timestamp());
        }

        /** Returns when the bounce was sent, as sent. */
        public Optional<String> timestampText() {
            return Optional.ofNullable(fields.timestamp());
        }

        /** Returns the id of this bounce; with a recipient, it tells one published twice. */
        public Optional<String> feedbackId() {
            return Optional.ofNullable(fields.feedbackId());
        }

        /** Returns the address of the server that refused the message, if SES reached one. */
        public Optional<String> remoteMtaIp() {
            return Optional.ofNullable(fields.remoteMtaIp());
        }

        /** Returns the server that reported the failure, as sent: {@code dns; mx.example.com}. */
        public Optional<String> reportingMta() {
            return Optional.ofNullable(fields.reportingMta());
        }

        /** Returns the server that reported the failure, type and name taken apart. */
        public Optional<DsnField> reportingMtaName() {
            return reportingMta().map(DsnField::of);
        }

        @Override
        String summary() {
            return Printable.of(fields.type()) + "/" + Printable.of(fields.subType());
        }
    }

    /** Reports that a recipient called the message spam, or, if {@link #isNotSpam()}, took that back. */
    final class Complaint extends Published implements SesNotification {

        private final ComplaintFields fields;

        Complaint(String type, NotificationFormat format, Mail mail, ComplaintFields fields, RawText raw) {
            super(type, format, mail, raw);
            this.fields = fields;
        }

        @Override
        Object value() {
            return fields;
        }

        /**
         * Returns the candidates, one of whom complained.
         *
         * <p>Most mailbox providers conceal who it was, so SES lists every recipient of the message at the domain that
         * reported. Who sends to one recipient at a time knows.
         */
        public List<Recipient> recipients() {
            return fields.recipients();
        }

        /** Returns what was reported; empty without a feedback report. */
        public Optional<ComplaintFeedbackType> feedbackType() {
            return feedbackTypeText().map(ComplaintFeedbackType::of);
        }

        /** Returns what was reported, as sent. */
        public Optional<String> feedbackTypeText() {
            return Optional.ofNullable(fields.feedbackType());
        }

        /** Tells the opposite of a complaint: a recipient says that the message is not spam. */
        public boolean isNotSpam() {
            return ComplaintFeedbackType.of(fields.feedbackType()) == ComplaintFeedbackType.NOT_SPAM;
        }

        /** Returns which suppression list made SES report a complaint without sending; empty as a rule. */
        public Optional<ComplaintSubType> complaintSubType() {
            return complaintSubTypeText().map(ComplaintSubType::of);
        }

        /** Returns the complaint sub-type as sent. */
        public Optional<String> complaintSubTypeText() {
            return Optional.ofNullable(fields.subType());
        }

        /** Returns the software that reported. */
        public Optional<String> userAgent() {
            return Optional.ofNullable(fields.userAgent());
        }

        /** Returns when the feedback report says the message arrived; may precede {@link Mail#timestamp()}. */
        public Optional<Instant> arrivalDate() {
            return LenientInstant.of(fields.arrivalDate());
        }

        /** Returns when the message arrived, as sent. */
        public Optional<String> arrivalDateText() {
            return Optional.ofNullable(fields.arrivalDate());
        }

        /** Returns when the complaint was sent. */
        public Optional<Instant> timestamp() {
            return LenientInstant.of(fields.timestamp());
        }

        /** Returns when the complaint was sent, as sent. */
        public Optional<String> timestampText() {
            return Optional.ofNullable(fields.timestamp());
        }

        /** Returns the id of this complaint; with a recipient, it tells one published twice. */
        public Optional<String> feedbackId() {
            return Optional.ofNullable(fields.feedbackId());
        }

        @Override
        String summary() {
            return "feedbackType=" + Printable.of(fields.feedbackType());
        }
    }

    /** Reports that the server of a recipient took the message; a bounce or a complaint may still follow. */
    final class Delivery extends Published implements SesNotification {

        private final DeliveryFields fields;

        Delivery(String type, NotificationFormat format, Mail mail, DeliveryFields fields, RawText raw) {
            super(type, format, mail, raw);
            this.fields = fields;
        }

        @Override
        Object value() {
            return fields;
        }

        /** Returns the recipients whose server took the message; others may come in notifications of their own. */
        public List<Recipient> recipients() {
            return fields.recipients();
        }

        /** Returns the milliseconds from acceptance by SES to the server's yes; empty if not a whole number. */
        public OptionalLong processingTimeMillis() {
            return WholeNumber.of(fields.processingTimeMillis());
        }

        /** Returns the answer of the receiving server, the text of a stranger. */
        public Optional<String> smtpResponse() {
            return Optional.ofNullable(fields.smtpResponse());
        }

        /** Returns the SES server that delivered, {@code a48-102.smtp-out.amazonses.com}. */
        public Optional<String> reportingMta() {
            return Optional.ofNullable(fields.reportingMta());
        }

        /** Returns the address of the server that took the message. */
        public Optional<String> remoteMtaIp() {
            return Optional.ofNullable(fields.remoteMtaIp());
        }

        /** Returns when the message was delivered. */
        public Optional<Instant> timestamp() {
            return LenientInstant.of(fields.timestamp());
        }

        /** Returns when the message was delivered, as sent. */
        public Optional<String> timestampText() {
            return Optional.ofNullable(fields.timestamp());
        }
    }

    /**
     * Is every notification that is no bounce, complaint or delivery, of today and of later.
     *
     * <p>Not sealed, so that what is {@link Unknown} today can have a type of its own tomorrow and still be this.
     */
    non-sealed interface Other extends SesNotification {}

    /** Is a notification of a type this version has no class for, plain text included: {@link #raw()} has it all. */
    final class Unknown extends Published implements Other {

        Unknown(String type, NotificationFormat format, Mail mail, RawText raw) {
            super(type, format, mail, raw);
        }

        @Override
        Object value() {
            return raw();
        }
    }
}
