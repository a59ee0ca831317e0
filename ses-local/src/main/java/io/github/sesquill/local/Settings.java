package io.github.sesquill.local;

import io.github.sesquill.quota.SendingQuota;
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
}
