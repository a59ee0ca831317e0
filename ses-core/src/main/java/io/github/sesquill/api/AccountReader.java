package io.github.sesquill.api;

import io.github.sesquill.transport.AccountStatus;
import io.github.sesquill.transport.AccountUnreadableException;
import java.time.Duration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sesv2.model.GetAccountRequest;
import software.amazon.awssdk.services.sesv2.model.GetAccountResponse;
import software.amazon.awssdk.services.sesv2.model.SendQuota;

/** Asks what the account may do. */
final class AccountReader {

    private AccountReader() {}

    static AccountStatus read(ClientSource source, Duration atMost) {
        long start = System.nanoTime();
        try {
            SesV2Client ses = source.client(atMost).ses();
            Duration left = atMost.minusNanos(System.nanoTime() - start);
            return status(ses.getAccount(GetAccountRequest.builder()
                    .overrideConfiguration(
                            call -> call.apiCallTimeout(left.toMillis() < 1 ? Duration.ofMillis(1) : left))
                    .build()));
        } catch (SdkException | IllegalStateException e) {
            throw Answers.lacksPermission(e) ? denied(e) : unavailable(e);
        }
    }

    private static AccountStatus status(GetAccountResponse account) {
        SendQuota quota = account.sendQuota();
        if (quota == null || quota.maxSendRate() == null || quota.max24HourSend() == null) {
            throw new IllegalStateException("The answer names no sending quota.");
        }
        return AccountStatus.of(quota.maxSendRate(), quota.max24HourSend())
                .sentLast24Hours(quota.sentLast24Hours() == null ? 0 : quota.sentLast24Hours())
                .productionAccess(Boolean.TRUE.equals(account.productionAccessEnabled()))
                .sendingEnabled(!Boolean.FALSE.equals(account.sendingEnabled()))
                .build();
    }

    private static AccountUnreadableException denied(RuntimeException e) {
        return AccountUnreadableException.denied(
                "The quota cannot be read from the account, for these credentials lack the permission ses:GetAccount;"
                        + " grant it, or state the quota.",
                e);
    }

    private static AccountUnreadableException unavailable(RuntimeException e) {
        return AccountUnreadableException.unavailable(
                "The quota could not be read from the account: " + Failures.describe(e), e);
    }
}
