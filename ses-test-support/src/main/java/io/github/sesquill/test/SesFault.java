package io.github.sesquill.test;

import io.github.sesquill.message.EmailAddress;
import io.github.sesquill.test.engine.Refusal;
import io.github.sesquill.transport.SendOutcome;
import io.github.sesquill.transport.SendOutcome.Reason;
import java.util.List;

/**
 * What goes wrong in life, to be scripted with {@link FakeSes#enqueue(SendOutcome)}: answers of SES in its own words, and
 * failures of the way to it.
 *
 * <pre>{@code
 * ses.enqueue(SesFault.throttled()).enqueue(SesFault.throttled());      // the third attempt goes through
 * ses.enqueue(SesFault.silence());                                      // SES may have it: an Unknown
 * }</pre>
 *
 * <p>Where SES itself would say no, it is better to let it: an identity that is not verified, a quota that is used up.
 */
public final class SesFault {

    private SesFault() {}

    /** SES takes no more this second; a mailer tries again. */
    public static SendOutcome.NotSent throttled() {
        return outcome(Refusal.throttled());
    }

    /** SES takes no more today. */
    public static SendOutcome.NotSent dailyQuota() {
        return outcome(Refusal.dayFull());
    }

    /** SES takes nothing from this account for now. */
    public static SendOutcome.NotSent sendingPaused() {
        return outcome(Refusal.paused());
    }

    /** SES takes nothing from this account any more. */
    public static SendOutcome.NotSent accountSuspended() {
        return outcome(Refusal.suspended());
    }

    /**
     * SES wants an address verified first.
     *
     * @throws IllegalArgumentException if it is not one address
     */
    public static SendOutcome.NotSent unverified(String address) {
        return outcome(Refusal.unverified("eu-west-1", List.of(EmailAddress.of(address))));
    }

    /** SES refuses the message for good, in these words. */
    public static SendOutcome.NotSent rejected(String text) {
        return SendOutcome.notSent(Reason.REJECTED, text).code("MessageRejected");
    }

    /** SES does not accept the credentials. */
    public static SendOutcome.NotSent accessDenied() {
        return SendOutcome.notSent(Reason.AUTHENTICATION, "The security token included in the request is invalid.")
                .code("UnrecognizedClientException");
    }

    /** Nobody answers before the message is handed over; a mailer tries again. */
    public static SendOutcome.NotSent unreachable() {
        return SendOutcome.notSent(Reason.UNAVAILABLE, "SES was not reached: Connection refused.")
                .retryable(null);
    }

    /** The connection ends after the last byte, and SES does not have the message. */
    public static SendOutcome.Unknown silence() {
        return SendOutcome.unknown("No answer came after the message was handed over.");
    }

    /** SES takes the message and its id cannot be read. */
    public static SendOutcome.Unknown acceptedWithoutId() {
        return SendOutcome.acceptedWithoutId("SES answered 200, but its answer could not be read.");
    }

    /** SES fails after the message was handed over; it may have it. */
    public static SendOutcome.Unknown serverError() {
        return SendOutcome.unknown("The answer was 500: InternalServiceErrorException.");
    }

    static SendOutcome.NotSent outcome(Refusal refusal) {
        SendOutcome.NotSent not =
                SendOutcome.notSent(refusal.reason(), refusal.text()).code(refusal.code());
        return refusal.isRetryable() ? not.retryable(null) : not;
    }
}
