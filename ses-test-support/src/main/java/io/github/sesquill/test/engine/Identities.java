package io.github.sesquill.test.engine;

import io.github.sesquill.message.EmailAddress;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The identities. A domain covers its subdomains; an address covers itself with a label, as in
 * {@code jane+news@example.com}. Domains are compared in lower case, local parts as they are (SES Developer Guide,
 * "Verified identities in Amazon SES"). Thread-safe.
 */
public final class Identities {

    private static final int MOST = 10_000;

    private final Map<String, Identity> all = new ConcurrentSkipListMap<>();

    Identities() {}

    /**
     * Verifies an address or a domain, begun or not.
     *
     * @throws IllegalArgumentException if it is neither
     */
    public void verify(String identity) {
        String name = name(identity);
        all.put(name, new Identity(name, true));
    }

    /**
     * Begins to verify an address or a domain.
     *
     * @throws RefusalException if it is there already, or there are too many
     * @throws IllegalArgumentException if it is neither
     */
    public Identity begin(String identity) {
        String name = name(identity);
        if (all.size() >= MOST) {
            throw new RefusalException(Refusal.limit("identities", MOST));
        }
        Identity begun = new Identity(name, false);
        if (all.putIfAbsent(name, begun) != null) {
            throw new RefusalException(Refusal.exists("Email identity " + name));
        }
        return begun;
    }

    /** Forgets one; answers whether it was there. */
    public boolean remove(String identity) {
        return find(identity).map(found -> all.remove(found.name())).isPresent();
    }

    /** Finds one by its own name, verified or not. */
    public Optional<Identity> find(String identity) {
        try {
            return Optional.ofNullable(all.get(name(identity)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Returns all, by name. */
    public List<Identity> list() {
        return List.copyOf(all.values());
    }

    private static String name(String identity) {
        return identity.contains("@") ? key(EmailAddress.of(identity)) : domain(identity);
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

    /** Finds the verified identity that covers an address, the closest first: the address, its domain, the one above. */
    Optional<String> covering(EmailAddress address) {
        String own = key(address);
        if (isVerified(own)) {
            return Optional.of(own);
        }
        String domain = address.domain().toLowerCase(Locale.ROOT);
        for (int dot = 0; dot >= 0; dot = domain.indexOf('.')) {
            domain = dot == 0 ? domain : domain.substring(dot + 1);
            if (isVerified(domain)) {
                return Optional.of(domain);
            }
        }
        return Optional.empty();
    }

    private boolean isVerified(String name) {
        Identity found = all.get(name);
        return found != null && found.verified();
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
