package io.github.sesquill.test;

import io.github.sesquill.message.EmailAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The verified identities. A domain covers its subdomains; an address covers itself with a label, as in
 * {@code jane+news@example.com}. Domains are compared in lower case, local parts as they are (SES Developer Guide,
 * "Verified identities in Amazon SES").
 */
final class Identities {

    private final Set<String> verified = ConcurrentHashMap.newKeySet();

    /** Verifies an address or a domain. */
    void verify(String identity) {
        verified.add(identity.contains("@") ? key(EmailAddress.of(identity)) : domain(identity));
    }

    private static String domain(String name) {
        try {
            return EmailAddress.of("postmaster@" + name).domain().toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "'" + name
                            + "' is neither a domain nor an address: verify one like acme.example or jane@acme.example.",
                    e);
        }
    }

    boolean covers(EmailAddress address) {
        return covering(address).isPresent();
    }

    /** Finds the identity that covers an address, the closest first: the address, its domain, the domain above. */
    Optional<String> covering(EmailAddress address) {
        String own = key(address);
        if (verified.contains(own)) {
            return Optional.of(own);
        }
        String domain = address.domain().toLowerCase(Locale.ROOT);
        for (int dot = 0; dot >= 0; dot = domain.indexOf('.')) {
            domain = dot == 0 ? domain : domain.substring(dot + 1);
            if (verified.contains(domain)) {
                return Optional.of(domain);
            }
        }
        return Optional.empty();
    }

    private static String key(EmailAddress address) {
        return withoutLabel(address.localPart()) + '@' + address.domain().toLowerCase(Locale.ROOT);
    }

    /** Returns the part of a local part before its label. */
    static String withoutLabel(String localPart) {
        int plus = localPart.indexOf('+');
        return plus <= 0 ? localPart : localPart.substring(0, plus);
    }
}
