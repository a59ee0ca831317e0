package io.github.sesquill.api;

import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sesv2.SesV2Client;

/** A client and where it sends to, which it would otherwise put together anew each time it is asked. */
record RegionalClient(SesV2Client ses, Region region) {

    static RegionalClient of(SesV2Client ses) {
        return new RegionalClient(ses, ses.serviceClientConfiguration().region());
    }
}
