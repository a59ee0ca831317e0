package io.github.sesquill.api;

import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sesv2.SesV2Client;

/** A client and where it sends to, which it would otherwise put together anew each time it is asked. */
record RegionalClient(SesV2Client ses, Region region) {

    private static final Logger LOG = LoggerFactory.getLogger(SesApiTransport.class);

    static RegionalClient of(SesV2Client ses) {
        return new RegionalClient(ses, ses.serviceClientConfiguration().region());
    }

    /** Has the SDK find credentials now and remember them; whether there are any, the first call will say. */
    void lookForCredentials() {
        try {
            ses.serviceClientConfiguration()
                    .credentialsProvider()
                    .resolveIdentity()
                    .join();
        } catch (SdkException | CompletionException e) {
            LOG.debug("No credentials yet: {}", Failures.describe(e));
        }
    }
}
