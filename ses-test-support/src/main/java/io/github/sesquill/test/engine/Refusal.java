package io.github.sesquill.test.engine;

import io.github.sesquill.message.EmailAddress;
import io.github.sesquill.transport.SendOutcome.Reason;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What SES says when it does not take a message or an instruction, in the words of each of its interfaces (SES API
 * reference, "Common errors" of {@code SendEmail} and {@code BulkEmailEntryResult}; SES Developer Guide, "SMTP response
 * codes returned by Amazon SES").
 *
 * @param text the message of the API
 */
public record Refusal(Rule rule, String text) {

    /** The rules that can be broken: one table for all interfaces. */
    public enum Rule {
        /** An identity is not verified. */
        UNVERIFIED(400, "MessageRejected", "554 Message rejected: ", "MESSAGE_REJECTED", Reason.UNVERIFIED),
        /** It is larger than SES takes. */
        TOO_LONG(400, "BadRequestException", "552 Message is too long. ", "INVALID_PARAMETER", Reason.INVALID),
        /** It has more than 50 recipients. */
        TOO_MANY_RECIPIENTS(400, "BadRequestException", "452 ", "INVALID_PARAMETER", Reason.INVALID),
        /** It has none. */
        NO_RECIPIENT(400, "BadRequestException", "503 ", "INVALID_PARAMETER", Reason.INVALID),
        /** The rate is used up. */
        THROTTLED(429, "TooManyRequestsException", "454 Throttling failure: ", "ACCOUNT_THROTTLED", Reason.THROTTLED),
        /** The day is used up. */
        DAY_FULL(
                400,
                "LimitExceededException",
                "454 Throttling failure: ",
                "ACCOUNT_DAILY_QUOTA_EXCEEDED",
                Reason.DAILY_QUOTA),
        /** The account may not send for now. */
        SENDING_PAUSED(
                400,
                "SendingPausedException",
                "554 Message rejected: ",
                "ACCOUNT_SENDING_PAUSED",
                Reason.SENDING_PAUSED),
        /** The configuration set may not send for now. */
        SET_PAUSED(
                400,
                "SendingPausedException",
                "554 Message rejected: ",
                "CONFIGURATION_SET_SENDING_PAUSED",
                Reason.SENDING_PAUSED),
        /** The account may not send any more. */
        SUSPENDED(
                400, "AccountSuspendedException", "554 Message rejected: ", "ACCOUNT_SUSPENDED", Reason.SENDING_PAUSED),
        /** There is no such configuration set. */
        NO_CONFIGURATION_SET(404, "NotFoundException", "554 ", "CONFIGURATION_SET_NOT_FOUND", Reason.REJECTED),
        /** There is no such template. */
        NO_TEMPLATE(404, "NotFoundException", "554 ", "TEMPLATE_NOT_FOUND", Reason.REJECTED),
        /** There is no such contact list. */
        NO_CONTACT_LIST(404, "NotFoundException", "554 ", "INVALID_PARAMETER", Reason.REJECTED),
        /** The contact list has no such topic. */
        NO_TOPIC(404, "NotFoundException", "554 ", "INVALID_PARAMETER", Reason.REJECTED),
        /** It is no address. */
        INVALID_ADDRESS(400, "BadRequestException", "553 ", "INVALID_PARAMETER", Reason.REJECTED),
        /** Something else about it is wrong. */
        INVALID(400, "BadRequestException", "554 Transaction failed: ", "INVALID_PARAMETER", Reason.REJECTED),
        /** Something of the account is there already. */
        EXISTS(400, "AlreadyExistsException", "554 ", "FAILED", Reason.REJECTED),
        /** Something of the account is not there. */
        NOT_FOUND(404, "NotFoundException", "554 ", "FAILED", Reason.REJECTED),
        /** The account holds no more of these. */
        IN_LIMIT(400, "LimitExceededException", "554 ", "FAILED", Reason.REJECTED);

        private final int httpStatus;
        private final String code;
        private final String smtp;
        private final String bulkStatus;
        private final Reason reason;

        Rule(int httpStatus, String code, String smtp, String bulkStatus, Reason reason) {
            this.httpStatus = httpStatus;
            this.code = code;
            this.smtp = smtp;
            this.bulkStatus = bulkStatus;
            this.reason = reason;
        }
    }

    /** Returns the name of the error in the API. */
    public String code() {
        return rule.code;
    }

    /** Returns the status of the HTTP response. */
    public int httpStatus() {
        return rule.httpStatus;
    }

    /** Returns the line that SMTP answers. */
    public String smtpReply() {
        return rule.smtp + text;
    }

    /** Returns the status of an entry of a bulk call. */
    public String bulkStatus() {
        return rule.bulkStatus;
    }

    /** Returns what a mailer takes it for. */
    public Reason reason() {
        return rule.reason;
    }

    /** Tells whether the same message may be taken later. */
    public boolean isRetryable() {
        return rule == Rule.THROTTLED || rule == Rule.DAY_FULL;
    }

    /** Refuses identities that are not verified. */
    public static Refusal unverified(String region, List<EmailAddress> identities) {
        return new Refusal(
                Rule.UNVERIFIED,
                "Email address is not verified. The following identities failed the check in region "
                        + region.toUpperCase(Locale.ROOT) + ": "
                        + identities.stream().map(EmailAddress::address).collect(Collectors.joining(", ")));
    }

    /** Refuses a message that is too large. */
    public static Refusal tooLong(long size, long limit) {
        return new Refusal(
                Rule.TOO_LONG, "Message length is more than " + limit + " bytes long: it is " + size + " bytes.");
    }

    /** Refuses the 51st recipient. */
    public static Refusal tooManyRecipients() {
        return new Refusal(Rule.TOO_MANY_RECIPIENTS, "Recipient count exceeds 50.");
    }

    /** Refuses a message to nobody. */
    public static Refusal noRecipient() {
        return new Refusal(Rule.NO_RECIPIENT, "Destination is required: name a recipient.");
    }

    /** Refuses a call of too many entries, or of none. */
    public static Refusal entries(int count) {
        return invalid("A bulk call takes 1 to 50 destinations, not " + count + ".");
    }

    /** Refuses what is too fast. */
    public static Refusal throttled() {
        return new Refusal(Rule.THROTTLED, "Maximum sending rate exceeded.");
    }

    /** Refuses what is more than a day takes; SES does not say when it frees. */
    public static Refusal dayFull() {
        return new Refusal(Rule.DAY_FULL, "Daily message quota exceeded.");
    }

    /** Refuses while sending is paused. */
    public static Refusal paused() {
        return new Refusal(Rule.SENDING_PAUSED, "Email sending is paused for this account.");
    }

    /** Refuses while sending through a configuration set is paused. */
    public static Refusal setPaused(String set) {
        return new Refusal(Rule.SET_PAUSED, "Email sending is paused for configuration set " + set + ".");
    }

    /** Refuses for good. */
    public static Refusal suspended() {
        return new Refusal(Rule.SUSPENDED, "The account's ability to send email is suspended.");
    }

    /** Refuses a configuration set that is not there. */
    public static Refusal noConfigurationSet(String name) {
        return new Refusal(Rule.NO_CONFIGURATION_SET, "Configuration set <" + name + "> does not exist.");
    }

    /** Refuses a template that is not there. */
    public static Refusal noTemplate(String name) {
        return new Refusal(Rule.NO_TEMPLATE, "Template " + name + " does not exist.");
    }

    /** Refuses a contact list that is not there. */
    public static Refusal noContactList(String name) {
        return new Refusal(Rule.NO_CONTACT_LIST, "List with name: " + name + " doesn't exist.");
    }

    /** Refuses a topic that the list has not. */
    public static Refusal noTopic(String topic) {
        return new Refusal(Rule.NO_TOPIC, "List doesn't contain topic: " + topic + ".");
    }

    /** Refuses what is no address. */
    public static Refusal invalidAddress(String text) {
        return new Refusal(Rule.INVALID_ADDRESS, "<" + text + "> Invalid email address.");
    }

    /** Refuses for a reason of its own. */
    public static Refusal invalid(String why) {
        return new Refusal(Rule.INVALID, why);
    }

    /** Refuses to make what is there. */
    public static Refusal exists(String what) {
        return new Refusal(Rule.EXISTS, what + " already exists.");
    }

    /** Refuses to find what is not there. */
    public static Refusal notFound(String what) {
        return new Refusal(Rule.NOT_FOUND, what + " does not exist.");
    }

    /** Refuses one more than there may be. */
    public static Refusal limit(String what, int most) {
        return new Refusal(Rule.IN_LIMIT, "The account holds at most " + most + " " + what + ".");
    }
}
