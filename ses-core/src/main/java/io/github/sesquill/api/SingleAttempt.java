package io.github.sesquill.api;

import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.SdkPlugin;
import software.amazon.awssdk.core.SdkServiceClientConfiguration;

/**
 * Makes one call of a lent client a single attempt through the gate, however the client is configured.
 *
 * <p>Without it {@code AWS_MAX_ATTEMPTS}, a profile or the SDK's default has a silent server get up to four requests,
 * each of them a mail.
 */
final class SingleAttempt implements SdkPlugin {

    private static final ExchangeInterceptor INTERCEPTOR = new ExchangeInterceptor();

    private final CapturedTimeouts timeouts = new CapturedTimeouts();

    @Override
    public void configureClient(SdkServiceClientConfiguration.Builder client) {
        client.overrideConfiguration(client.overrideConfiguration().toBuilder()
                .retryStrategy(AwsRetryStrategy.doNotRetry())
                .scheduledExecutorService(timeouts)
                .addExecutionInterceptor(INTERCEPTOR)
                .build());
    }
}
