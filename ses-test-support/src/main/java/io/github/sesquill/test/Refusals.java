package io.github.sesquill.test;

import io.github.sesquill.message.EmailAddress;
import io.github.sesquill.transport.SendOutcome;
import io.github.sesquill.transport.SendOutcome.NotSent;
import io.github.sesquill.transport.SendOutcome.Reason;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** How SES says no, in the codes of its v2 API (SES API reference, {@code SendEmail}, Errors). */
final class Refusals {

    private Refusals() {}

    static NotSent paused() {
        return SendOutcome.notSent(Reason.SENDING_PAUSED, "Email sending is paused for this account.")
                .code("SendingPausedException");
    }

    static NotSent tooLong(long size, long limit) {
        return SendOutcome.notSent(
                        Reason.INVALID,
                        "Message length is more than " + limit + " bytes long: it is " + size + " bytes.")
                .code("BadRequestException");
    }

    static NotSent unverified(String region, List<EmailAddress> identities) {
        return SendOutcome.notSent(
                        Reason.UNVERIFIED,
                        "Email address is not verified. The following identities failed the check in region "
                                + region.toUpperCase(Locale.ROOT) + ": "
                                + identities.stream().map(EmailAddress::address).collect(Collectors.joining(", ")))
                .code("MessageRejected");
    }

    static NotSent throttled() {
        return SendOutcome.notSent(Reason.THROTTLED, "Maximum sending rate exceeded.")
                .code("TooManyRequestsException")
                .retryable(null);
    }

    /** SES does not say when the day frees. */
    static NotSent dayFull() {
        return SendOutcome.notSent(Reason.DAILY_QUOTA, "Daily message quota exceeded.")
                .code("LimitExceededException")
                .retryable(null);
    }
}
