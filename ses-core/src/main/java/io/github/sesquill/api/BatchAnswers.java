package io.github.sesquill.api;

import io.github.sesquill.transport.SendOutcome;
import io.github.sesquill.transport.SendOutcome.Reason;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sesv2.model.BulkEmailEntryResult;
import software.amazon.awssdk.services.sesv2.model.SendBulkEmailResponse;

/**
 * What the statuses of a batch mean, one by one (SES API reference, {@code BulkEmailEntryResult}). Entries are known by
 * their place alone, so an answer of another length says nothing about any of them.
 */
final class BatchAnswers {

    private final Region region;
    private final Instant now;

    private BatchAnswers(Region region, Instant now) {
        this.region = region;
        this.now = now;
    }

    static List<SendOutcome> judge(SendBulkEmailResponse answer, int entries, Region region, Instant now) {
        int status = answer.sdkHttpResponse().statusCode();
        List<BulkEmailEntryResult> results = answer.bulkEmailEntryResults();
        if (status != 200 || !answer.hasBulkEmailEntryResults() || results.size() != entries) {
            SendOutcome unknown = SendOutcome.unknown("The answer to " + entries + " entries was " + status + " with "
                    + results.size() + " results, so nothing says which entry was taken.");
            return Collections.nCopies(entries, unknown);
        }
        BatchAnswers answers = new BatchAnswers(region, now);
        return results.stream().map(answers::judge).toList();
    }

    /** Says of each entry what is known of the call; that SES took the call does not mean that it took the entry. */
    static List<SendOutcome> ofEach(SendOutcome call, int entries) {
        return Collections.nCopies(
                entries, call instanceof SendOutcome.Unknown unknown ? SendOutcome.unknown(unknown.detail()) : call);
    }

    private SendOutcome judge(BulkEmailEntryResult result) {
        // SDK lists may hold null where the answer did.
        if (result == null || result.status() == null) {
            return SendOutcome.unknown("SES gave an entry no status.");
        }
        return switch (result.status()) {
            case SUCCESS -> accepted(result.messageId());
            case MESSAGE_REJECTED -> refused(isUnverified(result) ? Reason.UNVERIFIED : Reason.REJECTED, result);
            case MAIL_FROM_DOMAIN_NOT_VERIFIED -> refused(Reason.UNVERIFIED, result);
            case CONFIGURATION_SET_NOT_FOUND,
                    TEMPLATE_NOT_FOUND,
                    INVALID_SENDING_POOL_NAME,
                    INVALID_PARAMETER,
                    FAILED -> refused(Reason.REJECTED, result);
            case ACCOUNT_SUSPENDED, ACCOUNT_SENDING_PAUSED, CONFIGURATION_SET_SENDING_PAUSED ->
                refused(Reason.SENDING_PAUSED, result);
            case ACCOUNT_THROTTLED -> refused(Reason.THROTTLED, result).retryable(null);
            case ACCOUNT_DAILY_QUOTA_EXCEEDED ->
                refused(Reason.DAILY_QUOTA, result).retryable(now.plus(Answers.AFTER_FULL_DAY));
            case TRANSIENT_FAILURE -> refused(Reason.UNAVAILABLE, result).retryable(null);
            case UNKNOWN_TO_SDK_VERSION ->
                SendOutcome.unknown("SES gave an entry a status that is not known here: " + text(result));
        };
    }

    private SendOutcome accepted(String messageId) {
        return messageId != null && Acceptance.isMessageId(messageId)
                ? SendOutcome.sent(messageId, Acceptance.wireMessageId(messageId, region))
                : SendOutcome.acceptedWithoutId("SES took the entry without saying its message id.");
    }

    private static SendOutcome.NotSent refused(Reason reason, BulkEmailEntryResult result) {
        return SendOutcome.notSent(reason, text(result)).code(result.statusAsString());
    }

    private static boolean isUnverified(BulkEmailEntryResult result) {
        return text(result).toLowerCase(Locale.ROOT).contains("is not verified");
    }

    private static String text(BulkEmailEntryResult result) {
        return result.error() == null ? "no reason was given" : result.error();
    }
}
