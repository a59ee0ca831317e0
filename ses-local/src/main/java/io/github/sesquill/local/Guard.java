package io.github.sesquill.local;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Keeps out what a browser sends on behalf of somebody else's page.
 *
 * <p>A page elsewhere can make a browser ask loopback, under its own name (DNS rebinding) or across origins. So a request
 * must name this host, and one that says where it comes from must come from here (Fetch standard, "Origin" and
 * "Sec-Fetch-Site").
 */
final class Guard {

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final Pattern PORT = Pattern.compile(":[0-9]{1,5}$");
    private static final Set<String> OWN_SITE = Set.of("same-origin", "none");

    private final Set<String> names;

    /** Lets in what names loopback or one of these. */
    Guard(Set<String> names) {
        this.names = Set.copyOf(names);
    }

    /** The headers of a request that tell where it comes from and where it goes. */
    record Claims(List<String> hosts, List<String> origins, Optional<String> site, Optional<String> mode) {}

    /** Says what is wrong with a request, if something is. */
    Optional<String> objection(Claims claims) {
        if (claims.hosts().size() != 1 || !isHere(claims.hosts().get(0))) {
            return Optional.of(
                    "The Host header must name this machine, such as localhost; another name has to be allowed"
                            + " when this SES is started.");
        }
        String origin = "http://" + claims.hosts().get(0).toLowerCase(Locale.ROOT);
        if (claims.origins().stream()
                .anyMatch(from -> !from.toLowerCase(Locale.ROOT).equals(origin))) {
            return Optional.of("Only pages of this SES itself may ask it from within a browser.");
        }
        boolean foreign = claims.site().filter(site -> !OWN_SITE.contains(site)).isPresent();
        boolean navigates = claims.mode().filter("navigate"::equals).isPresent();
        return foreign && !navigates
                ? Optional.of("Only pages of this SES itself may ask it from within a browser.")
                : Optional.empty();
    }

    private boolean isHere(String host) {
        String name = PORT.matcher(host).replaceFirst("").toLowerCase(Locale.ROOT);
        return LOOPBACK.contains(name) || names.contains(name);
    }
}
