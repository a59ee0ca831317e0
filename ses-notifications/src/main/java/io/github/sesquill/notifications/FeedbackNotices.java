package io.github.sesquill.notifications;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What becomes of a message on its way: the notifications that name recipients. */
final class FeedbackNotices {

    private FeedbackNotices() {}

    static final class BounceNotice extends Published implements SesNotification.Bounce {
        BounceNotice(Payload payload) {
            super(payload, "bounce");
        }

        @Override
        public Optional<String> bounceTypeText() {
            return fields.optional("bounceType");
        }

        @Override
        public Optional<String> bounceSubTypeText() {
            return fields.optional("bounceSubType");
        }

        @Override
        public boolean isOutOfOffice() {
            return bounceType() == BounceType.TRANSIENT
                    && bounceSubType() == BounceSubType.GENERAL
                    && !fields.has("reportingMTA")
                    && !fields.has("remoteMtaIp")
                    && isWithoutDsn(recipients());
        }

        private static boolean isWithoutDsn(List<BouncedRecipient> recipients) {
            return !recipients.isEmpty() && recipients.stream().noneMatch(BouncedRecipient::hasDsn);
        }

        @Override
        public List<BouncedRecipient> recipients() {
            return fields.list("bouncedRecipients", BouncedRecipient::read);
        }

        @Override
        public String key(BouncedRecipient recipient) {
            return key(
                    "bounce",
                    recipient.address(),
                    bounceTypeText().orElse("") + '/' + bounceSubTypeText().orElse(""));
        }

        @Override
        public Optional<String> feedbackId() {
            return fields.optional("feedbackId");
        }

        @Override
        public Optional<String> remoteMtaIp() {
            return fields.optional("remoteMtaIp");
        }

        @Override
        public Optional<String> reportingMta() {
            return fields.optional("reportingMTA");
        }

        @Override
        List<Object> value() {
            return List.of(
                    bounceTypeText(), bounceSubTypeText(), recipients(), feedbackId(), remoteMtaIp(), reportingMta());
        }

        @Override
        String summary() {
            return Printable.of(fields.text("bounceType")) + "/" + Printable.of(fields.text("bounceSubType"));
        }
    }

    static final class ComplaintNotice extends Published implements SesNotification.Complaint {
        ComplaintNotice(Payload payload) {
            super(payload, "complaint");
        }

        @Override
        public List<Recipient> recipients() {
            return fields.list("complainedRecipients", Recipient::read);
        }

        @Override
        public String key(Recipient recipient) {
            String words =
                    feedbackTypeText().orElse("") + '/' + complaintSubTypeText().orElse("");
            return key("complaint", recipient.address(), words);
        }

        @Override
        public Optional<String> feedbackTypeText() {
            return fields.optional("complaintFeedbackType");
        }

        @Override
        public Optional<String> complaintSubTypeText() {
            return fields.optional("complaintSubType");
        }

        @Override
        public Optional<String> userAgent() {
            return fields.optional("userAgent");
        }

        @Override
        public Optional<Instant> arrivalDate() {
            return fields.time("arrivalDate");
        }

        @Override
        public Optional<String> arrivalDateText() {
            return fields.timeText("arrivalDate");
        }

        @Override
        public Optional<String> feedbackId() {
            return fields.optional("feedbackId");
        }

        @Override
        List<Object> value() {
            return List.of(
                    recipients(),
                    feedbackTypeText(),
                    complaintSubTypeText(),
                    userAgent(),
                    arrivalDateText(),
                    feedbackId());
        }

        @Override
        String summary() {
            return "feedbackType=" + Printable.of(fields.text("complaintFeedbackType"));
        }
    }

    static final class DeliveryNotice extends Published implements SesNotification.Delivery {
        DeliveryNotice(Payload payload) {
            super(payload, "delivery");
        }

        @Override
        public List<Recipient> recipients() {
            return fields.list("recipients", Recipient::read);
        }

        @Override
        public OptionalLong processingTimeMillis() {
            return WholeNumber.of(fields.text("processingTimeMillis"));
        }

        @Override
        public Optional<String> smtpResponse() {
            return fields.optional("smtpResponse");
        }

        @Override
        public Optional<String> reportingMta() {
            return fields.optional("reportingMTA");
        }

        @Override
        public Optional<String> remoteMtaIp() {
            return fields.optional("remoteMtaIp");
        }

        @Override
        List<Object> value() {
            return List.of(
                    recipients(),
                    fields.optional("processingTimeMillis"),
                    smtpResponse(),
                    reportingMta(),
                    remoteMtaIp());
        }
    }

    static final class DeliveryDelayNotice extends Published implements SesNotification.DeliveryDelay {
        DeliveryDelayNotice(Payload payload) {
            super(payload, "deliveryDelay");
        }

        @Override
        public Optional<String> delayTypeText() {
            return fields.optional("delayType");
        }

        @Override
        public List<DelayedRecipient> recipients() {
            return fields.list("delayedRecipients", DelayedRecipient::read);
        }

        @Override
        public Optional<Instant> expirationTime() {
            return fields.time("expirationTime");
        }

        @Override
        public Optional<String> expirationTimeText() {
            return fields.timeText("expirationTime");
        }

        @Override
        public Optional<String> reportingMta() {
            return fields.optional("reportingMTA");
        }

        @Override
        List<Object> value() {
            return List.of(delayTypeText(), recipients(), expirationTimeText(), reportingMta());
        }
    }
}
