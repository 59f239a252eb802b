package io.laundrybridge.session.select;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * A set of key prefixes, none of which begins with another. A binary search finds one, for any number of them.
 * Immutable.
 */
final class KeyPrefixes {
    static final KeyPrefixes NONE = new KeyPrefixes(new String[0]);

    private final String[] sorted;

    private KeyPrefixes(String[] sorted) {
        this.sorted = sorted;
    }

    /** Returns the texts in {@code texts} that no other one covers. */
    static KeyPrefixes of(Collection<String> texts) {
        List<String> kept = new ArrayList<>();
        texts.stream().sorted().forEach(text -> {
            if (kept.isEmpty() || !text.startsWith(kept.get(kept.size() - 1))) {
                kept.add(text);
            }
        });
        return kept.isEmpty() ? NONE : new KeyPrefixes(kept.toArray(new String[0]));
    }

    boolean isEmpty() {
        return sorted.length == 0;
    }

    /** Returns all of them, in their order. */
    List<String> all() {
        return List.of(sorted);
    }

    /**
     * Returns whether {@code key} begins with one of them. Only the last one at or before it in their order can be that
     * one.
     */
    boolean cover(String key) {
        int found = Arrays.binarySearch(sorted, key);
        int before = found >= 0 ? found : -found - 2;
        return before >= 0 && key.startsWith(sorted[before]);
    }
}
