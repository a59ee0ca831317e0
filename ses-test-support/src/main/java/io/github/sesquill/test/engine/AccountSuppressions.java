package io.github.sesquill.test.engine;

import io.github.sesquill.suppression.Suppression.Reason;
import io.github.sesquill.suppression.SuppressionList;
import io.github.sesquill.time.TimeSource;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The account's suppression list. SES takes mail to who is on it and keeps it back (SES Developer Guide, "Using the
 * Amazon SES account-level suppression list"). Addresses are compared without regard to case. Thread-safe.
 */
public final class AccountSuppressions {

    /** Who is on the list. */
    public record Entry(String address, Reason reason, Instant at) {}

    private final TimeSource time;
    private final Map<String, Entry> entries = new ConcurrentSkipListMap<>();
    private volatile Set<Reason> reasons = Set.of(Reason.BOUNCE, Reason.COMPLAINT);

    AccountSuppressions(TimeSource time) {
        this.time = time;
    }

    /** Puts an address on the list, or changes why it is there. */
    public void put(String address, Reason reason) {
        entries.put(SuppressionList.key(address), new Entry(address, reason, time.instant()));
    }

    /** Takes an address from the list; answers whether it was on it. */
    public boolean remove(String address) {
        return entries.remove(SuppressionList.key(address)) != null;
    }

    /** Finds an address. */
    public Optional<Entry> find(String address) {
        return Optional.ofNullable(entries.get(SuppressionList.key(address)));
    }

    /** Returns all, by address. */
    public List<Entry> list() {
        return List.copyOf(entries.values());
    }

    /** Returns for which reasons SES puts addresses on the list and keeps mail back; both at first. */
    public Set<Reason> reasons() {
        return reasons;
    }

    /** Sets for which reasons it does. */
    public void reasons(Set<Reason> used) {
        reasons = used.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(used));
    }

    /** Says whether and why mail is kept back. */
    Optional<Reason> keepsBack(String address) {
        return entries.isEmpty()
                ? Optional.empty()
                : find(address).map(Entry::reason).filter(reasons::contains);
    }

    /** Puts an address on the list if SES does so for this reason. */
    void feed(String address, Reason reason) {
        if (reasons.contains(reason)) {
            put(address, reason);
        }
    }
}
