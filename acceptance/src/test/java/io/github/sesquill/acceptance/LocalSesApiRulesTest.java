package io.github.sesquill.acceptance;

import io.github.sesquill.api.SesApiTransport;
import io.github.sesquill.quota.SendingQuota;

/** The rules of SES over HTTP. */
class LocalSesApiRulesTest extends SesRulesContract {

    @Override
    SesAtTest open(boolean sandbox, SendingQuota quota) {
        return new LocalSesAtTest(sandbox, quota, (ses, client) -> SesApiTransport.using(client));
    }
}
