package io.github.sesquill.local;

import io.github.sesquill.quota.SendingQuota;
import io.github.sesquill.test.engine.EventType;
import io.github.sesquill.test.engine.SesAccount;
import io.github.sesquill.test.engine.SesEngine;
import io.github.sesquill.time.TimeSource;
import java.net.InetAddress;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a {@link LocalSes.Builder} collects; not thread-safe. */
final class Settings {

    InetAddress address = InetAddress.getLoopbackAddress();
    final Set<String> names = new LinkedHashSet<>();
    int httpPort;
    int smtpPort;
    int smtpsPort;
    String region = "eu-west-1";
    boolean sandbox;

    @Nullable
    SendingQuota quota;

    final Set<String> identities = new LinkedHashSet<>();
    final Set<String> configurationSets = new LinkedHashSet<>();
    String accessKeyId = "AKIALOCALSESQUILL000";
    String secretAccessKey = "local-secret-of-sesquill";
    boolean pendingIdentities;

    @Nullable
    URI webhook;

    TimeSource time = TimeSource.system();
    int keep = 1_000;

    /** Opens the account, whose links to unsubscribe begin with a prefix. */
    SesEngine engine(String unsubscribeUrl) {
        SesEngine.Builder builder = SesEngine.builder(time)
                .region(region)
                .keep(keep)
                .unsubscribeUrl(unsubscribeUrl)
                .strict();
        if (sandbox) {
            builder.sandbox();
        }
        if (quota != null) {
            builder.quota(quota);
        }
        SesEngine engine = builder.build();
        identities.forEach(engine.identities()::verify);
        configurationSets.forEach(name -> engine.configurationSets().create(name, EventType.values()));
        return engine;
    }

    /** Returns the topic that a webhook is subscribed to. */
    String topicArn() {
        return "arn:aws:sns:" + region + ':' + SesAccount.ID + ":ses-local";
    }
}
