package io.github.sesquill.suppression;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** A suppression list for one JVM and its lifetime. */
final class InMemorySuppressionList implements SuppressionList {

    private final Map<String, Suppression> entries = new ConcurrentHashMap<>();

    @Override
    public Map<String, Suppression> find(Collection<String> addresses) {
        if (entries.isEmpty()) {
            return Map.of();
        }
        Map<String, Suppression> found = new HashMap<>();
        for (String address : addresses) {
            String key = SuppressionList.key(address);
            Suppression entry = entries.get(key);
            if (entry != null) {
                found.put(key, entry);
            }
        }
        return found;
    }

    @Override
    public boolean add(Suppression suppression) {
        return entries.putIfAbsent(SuppressionList.key(suppression.address()), suppression) == null;
    }

    @Override
    public boolean remove(String address) {
        return entries.remove(SuppressionList.key(address)) != null;
    }

    @Override
    public Stream<Suppression> stream() {
        return entries.values().stream();
    }
}
