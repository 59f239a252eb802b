package io.laundrybridge.channel.log;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Links the entries of one key. It knows the index of the newest entry of each key, as far as the log still has it.
 * Confined to the log's writer; the links themselves are in the segments.
 */
final class KeyChain {
    private Map<String, Long> newest = new HashMap<>();

    /**
     * Makes the entry at {@code index} the newest of {@code key}.
     *
     * @return the index of the one before, or -1
     */
    long add(@Nullable String key, long index) {
        if (key == null) {
            return -1;
        }
        Long before = newest.put(key, index);
        return before == null ? -1 : before;
    }

    /** Forgets {@code entry} at {@code index}, which the log evicts. */
    void forget(LogEntry entry, long index) {
        if (entry.key() != null) {
            newest.remove(entry.key(), index);
        }
        if (newest.isEmpty()) {
            clear();
        }
    }

    /** Forgets all keys, and the room for them, which a map keeps. */
    void clear() {
        newest = new HashMap<>();
    }
}
