package io.github.sesquill.suppression;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The addresses not to write to.
 *
 * <p>Addresses are compared by {@link #key(String)}, which is lenient on purpose: the same person must not get mail
 * because somebody wrote their address in capitals. Implementations are thread-safe. One that cannot answer throws; the
 * message is then not sent, for sending it unfiltered would be worse.
 *
 * <pre>{@code
 * SuppressionList suppressions = SuppressionList.inMemory();
 * suppressions.add("jane@example.com", Suppression.Reason.BOUNCE);
 * }</pre>
 */
public interface SuppressionList {

    /** Returns an empty list in memory, unbounded: it grows with what is added. */
    static SuppressionList inMemory() {
        return new InMemorySuppressionList();
    }

    /** Returns what addresses are compared by: the text without surrounding white space, in lower case. */
    static String key(String address) {
        return address.strip().toLowerCase(Locale.ROOT);
    }

    /**
     * Finds which of some addresses are on the list, in one look-up.
     *
     * @param addresses bare addresses, in any case
     * @return entries by {@link #key(String)}; only those that are on the list
     */
    Map<String, Suppression> find(Collection<String> addresses);

    /** Adds an entry; answers whether the address was not on the list before. The first reason stays. */
    boolean add(Suppression suppression);

    /** Adds an address, as of now; answers as {@link #add(Suppression)} does. */
    default boolean add(String address, Suppression.Reason reason) {
        return add(Suppression.of(address, reason));
    }

    /** Removes an address; answers whether it was on the list. */
    boolean remove(String address);

    /** Returns all entries, in no particular order; close the stream. */
    Stream<Suppression> stream();
}
