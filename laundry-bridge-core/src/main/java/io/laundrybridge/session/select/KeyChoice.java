package io.laundrybridge.session.select;

import io.laundrybridge.policy.RowFilter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The keys that a selection has: all, or some whole keys and all keys with some prefixes; perhaps none. Immutable. */
final class KeyChoice {
    /** All keys, and records without a key. */
    static final KeyChoice ALL = new KeyChoice(true, Set.of(), KeyPrefixes.NONE);

    private static final KeyChoice NONE = new KeyChoice(false, Set.of(), KeyPrefixes.NONE);

    private final boolean all;
    private final Set<String> keys;
    private final KeyPrefixes prefixes;

    private KeyChoice(boolean all, Set<String> keys, KeyPrefixes prefixes) {
        this.all = all;
        this.keys = keys;
        this.prefixes = prefixes;
    }

    /** Returns the keys of a client's {@code patterns}; all if there are none. */
    static KeyChoice of(List<String> patterns) {
        if (patterns.isEmpty()) {
            return ALL;
        }
        Set<String> keys = new HashSet<>();
        List<String> prefixes = new ArrayList<>();
        for (String pattern : patterns) {
            (KeyPattern.isPrefix(pattern) ? prefixes : keys).add(KeyPattern.literal(pattern));
        }
        return new KeyChoice(false, Set.copyOf(keys), KeyPrefixes.of(prefixes));
    }

    /** Returns the keys that the conditions of {@code rows} on keys allow; all if there are none. */
    static KeyChoice of(RowFilter rows) {
        if (rows instanceof RowFilter.KeyIn in) {
            return new KeyChoice(false, in.keys(), KeyPrefixes.NONE);
        }
        if (rows instanceof RowFilter.KeyPrefix prefix) {
            return new KeyChoice(false, Set.of(), KeyPrefixes.of(List.of(prefix.prefix())));
        }
        if (rows instanceof RowFilter.All every) {
            return every.filters().stream().map(KeyChoice::of).reduce(ALL, KeyChoice::and);
        }
        return rows instanceof RowFilter.Any any && any.aboutKeys()
                ? any.filters().stream().map(KeyChoice::of).reduce(NONE, KeyChoice::or)
                : ALL;
    }

    /** Returns the keys that are in both. */
    KeyChoice and(KeyChoice other) {
        if (all || other.all) {
            return all ? other : this;
        }
        Set<String> both = new HashSet<>();
        keys.stream().filter(other::has).forEach(both::add);
        other.keys.stream().filter(this::has).forEach(both::add);
        List<String> narrow = Stream.concat(
                        prefixes.all().stream().filter(other.prefixes::cover),
                        other.prefixes.all().stream().filter(prefixes::cover))
                .toList();
        return new KeyChoice(false, Set.copyOf(both), KeyPrefixes.of(narrow));
    }

    private KeyChoice or(KeyChoice other) {
        if (all || other.all) {
            return ALL;
        }
        Set<String> any = new HashSet<>(keys);
        any.addAll(other.keys);
        List<String> wide = Stream.concat(prefixes.all().stream(), other.prefixes.all().stream())
                .toList();
        return new KeyChoice(false, Set.copyOf(any), KeyPrefixes.of(wide));
    }

    /** Returns whether keys do not matter. */
    boolean isAll() {
        return all;
    }

    /** Returns the keys that are chosen by their whole name. */
    Set<String> keys() {
        return keys;
    }

    /** Returns the chosen prefixes; none of them begins with another. */
    List<String> prefixes() {
        return prefixes.all();
    }

    /** Returns whether a record with {@code key} is chosen. */
    boolean has(@Nullable String key) {
        return all || (key != null && (keys.contains(key) || prefixes.cover(key)));
    }
}
