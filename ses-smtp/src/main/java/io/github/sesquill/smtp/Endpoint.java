package io.github.sesquill.smtp;

import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where a server is and how a connection to it is secured. */
record Endpoint(
        String host, int port, Security security, @Nullable String region) {

    enum Security {
        IMPLICIT_TLS,
        STARTTLS,
        /** In clear, which is allowed to this machine only. */
        LOOPBACK
    }

    private static final Pattern REGION = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
    private static final Pattern HOST =
            Pattern.compile("[A-Za-z0-9_]([A-Za-z0-9_.-]{0,251}[A-Za-z0-9.])?|[0-9A-Fa-f:.]{2,45}");
    private static final Pattern OF_SES = Pattern.compile("email-smtp(?:-fips)?\\.([a-z0-9-]+)\\.(.+)");

    /** DNS suffixes of the partitions that have another than amazonaws.com (AWS General Reference). */
    private static final Map<String, String> SUFFIXES = Map.of(
            "cn-", "amazonaws.com.cn",
            "us-iso-", "c2s.ic.gov",
            "us-isob-", "sc2s.sgov.gov",
            "us-isof-", "csp.hci.ic.gov",
            "eu-isoe-", "cloud.adc-e.uk",
            "eusc-", "amazonaws.eu");

    static String hostOf(String region) {
        return "email-smtp." + region + '.' + suffixOf(region);
    }

    private static String suffixOf(String region) {
        return SUFFIXES.entrySet().stream()
                .filter(partition -> region.startsWith(partition.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("amazonaws.com");
    }

    /** Finds the region in a host name of SES. */
    static @Nullable String regionOf(String host) {
        var matcher = OF_SES.matcher(host);
        return matcher.matches() && suffixOf(matcher.group(1)).equals(matcher.group(2)) ? matcher.group(1) : null;
    }

    static String checkedRegion(String id) {
        if (!REGION.matcher(id).matches()) {
            throw new IllegalArgumentException(
                    "'" + shown(id) + "' is not the name of an AWS region; write it as in eu-west-1.");
        }
        return id;
    }

    static String checkedHost(String name) {
        if (!HOST.matcher(name).matches()) {
            throw new IllegalArgumentException("'" + shown(name)
                    + "' is not the name or address of a host; write it as in email-smtp.eu-west-1.amazonaws.com.");
        }
        return name;
    }

    static String shown(String text) {
        return text.length() > 60 || text.chars().anyMatch(Character::isISOControl) ? "…" : text;
    }

    /** The ports of SES say how they are secured (SES Developer Guide, "Connecting to an Amazon SES SMTP endpoint"). */
    static Security securityOf(int port) {
        return port == 25 || port == 587 || port == 2587 ? Security.STARTTLS : Security.IMPLICIT_TLS;
    }
}
