package io.github.sesquill.test;

import io.github.sesquill.quota.QuotaGuard;
import io.github.sesquill.quota.SendingQuota;
import io.github.sesquill.time.TimeSource;

class LocalQuotaGuardContractTest extends QuotaGuardContract {

    @Override
    protected QuotaGuard open(SendingQuota quota, TimeSource time) {
        return QuotaGuard.of(quota, time);
    }
}
