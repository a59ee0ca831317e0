package io.github.sesquill.test.engine;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The last so many messages that were accepted, and as many that were refused, in order.
 *
 * <p>Not thread-safe; the engine holds a lock.
 */
final class Ledger {

    private final int keep;
    private final Deque<Accepted> accepted = new ArrayDeque<>();
    private final Map<String, Accepted> byId = new HashMap<>();
    private final Deque<Refused> refused = new ArrayDeque<>();

    Ledger(int keep) {
        this.keep = keep;
    }

    void add(Accepted message) {
        accepted.add(message);
        byId.put(message.messageId(), message);
        if (accepted.size() > keep) {
            Accepted oldest = accepted.remove();
            byId.remove(oldest.messageId(), oldest);
        }
    }

    void add(Refused message) {
        refused.add(message);
        if (refused.size() > keep) {
            refused.remove();
        }
    }

    List<Accepted> accepted() {
        return List.copyOf(accepted);
    }

    List<Refused> refused() {
        return List.copyOf(refused);
    }

    Optional<Accepted> find(String messageId) {
        return Optional.ofNullable(byId.get(messageId));
    }

    void clear() {
        accepted.clear();
        byId.clear();
        refused.clear();
    }
}
