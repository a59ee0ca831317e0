package io.github.sesquill.test.engine;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.UnaryOperator;

/**
 * The configuration sets, each with the event destinations that choose what is published. Unless the engine is strict, a
 * set that was never made counts as one that publishes everything, until one is made. Thread-safe.
 */
public final class ConfigurationSets {

    private static final int MOST = 10_000;
    private static final int MOST_DESTINATIONS = 10;

    /** A configuration set and what each of its destinations takes. */
    public record ConfigurationSet(String name, boolean sendingEnabled, Map<String, Set<EventType>> destinations) {

        /** Copies what it is given. */
        public ConfigurationSet {
            destinations = Map.copyOf(destinations);
        }

        boolean publishes(EventType type) {
            return destinations.values().stream().anyMatch(types -> types.contains(type));
        }
    }

    private final boolean strict;
    private final Map<String, ConfigurationSet> sets = new ConcurrentSkipListMap<>();

    ConfigurationSets(boolean strict) {
        this.strict = strict;
    }

    /**
     * Makes a set that publishes nothing, or these types to a destination called {@code events}.
     *
     * @throws RefusalException if there is one of that name, or there are too many
     */
    public void create(String name, EventType... types) {
        if (sets.size() >= MOST) {
            throw new RefusalException(Refusal.limit("configuration sets", MOST));
        }
        Map<String, Set<EventType>> destinations = types.length == 0 ? Map.of() : Map.of("events", Set.of(types));
        if (sets.putIfAbsent(name, new ConfigurationSet(name, true, destinations)) != null) {
            throw new RefusalException(Refusal.exists("Configuration set " + name));
        }
    }

    /** Removes a set; answers whether it was there. */
    public boolean remove(String name) {
        return sets.remove(name) != null;
    }

    /** Finds a set. */
    public Optional<ConfigurationSet> find(String name) {
        return Optional.ofNullable(sets.get(name));
    }

    /** Returns all, by name. */
    public List<ConfigurationSet> list() {
        return List.copyOf(sets.values());
    }

    /**
     * Pauses or resumes sending through a set.
     *
     * @throws RefusalException if there is none
     */
    public void sending(String name, boolean enabled) {
        change(name, set -> new ConfigurationSet(name, enabled, set.destinations()));
    }

    /**
     * Sets what a destination takes; makes it if it is not there.
     *
     * @throws RefusalException if there is no such set, or it has ten destinations already
     */
    public void destination(String name, String destination, Set<EventType> types) {
        change(name, set -> {
            Map<String, Set<EventType>> changed = new TreeMap<>(set.destinations());
            changed.put(destination, types.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(types)));
            if (changed.size() > MOST_DESTINATIONS) {
                throw new RefusalException(Refusal.limit("event destinations in a set", MOST_DESTINATIONS));
            }
            return new ConfigurationSet(name, set.sendingEnabled(), changed);
        });
    }

    /**
     * Removes a destination.
     *
     * @throws RefusalException if there is no such set or destination
     */
    public void removeDestination(String name, String destination) {
        change(name, set -> {
            Map<String, Set<EventType>> changed = new TreeMap<>(set.destinations());
            if (changed.remove(destination) == null) {
                throw new RefusalException(Refusal.notFound("Event destination " + destination));
            }
            return new ConfigurationSet(name, set.sendingEnabled(), changed);
        });
    }

    private void change(String name, UnaryOperator<ConfigurationSet> change) {
        ConfigurationSet changed = sets.computeIfPresent(name, (key, set) -> change.apply(set));
        if (changed == null) {
            throw new RefusalException(Refusal.noConfigurationSet(name));
        }
    }

    /** Says what is wrong with sending through a set. */
    Optional<Refusal> refusal(String name) {
        ConfigurationSet set = sets.get(name);
        if (set == null) {
            return strict || !sets.isEmpty() ? Optional.of(Refusal.noConfigurationSet(name)) : Optional.empty();
        }
        return set.sendingEnabled() ? Optional.empty() : Optional.of(Refusal.setPaused(name));
    }

    boolean publishes(String name, EventType type) {
        ConfigurationSet set = sets.get(name);
        return set == null ? !strict : set.publishes(type);
    }
}
