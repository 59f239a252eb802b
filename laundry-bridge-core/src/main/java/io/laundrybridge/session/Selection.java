package io.laundrybridge.session;

import io.laundrybridge.channel.log.LogEntry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which events a subscription wants: those of some keys, or all. A trailing {@code *} selects by prefix, {@code \*} is a
 * literal star. The one predicate of a subscription: every path asks it. Immutable.
 */
final class Selection {
    static final Selection ALL = new Selection(Set.of(), List.of());

    private final Set<String> keys;
    private final List<String> prefixes;

    private Selection(Set<String> keys, List<String> prefixes) {
        this.keys = keys;
        this.prefixes = prefixes;
    }

    /** The selection of {@code patterns}; none select everything. */
    static Selection of(List<String> patterns) {
        if (patterns.isEmpty()) {
            return ALL;
        }
        Set<String> keys = new HashSet<>();
        List<String> prefixes = new ArrayList<>();
        for (String pattern : patterns) {
            if (isPrefix(pattern)) {
                prefixes.add(literal(pattern.substring(0, pattern.length() - 1)));
            } else {
                keys.add(literal(pattern));
            }
        }
        return new Selection(Set.copyOf(keys), List.copyOf(prefixes));
    }

    /** Whether everything is wanted, so that lines can be sent as they lie. */
    boolean isAll() {
        return keys.isEmpty() && prefixes.isEmpty();
    }

    /** Whether {@code entry} is to be sent. A gap always is: it may have hidden what was wanted. */
    boolean wants(LogEntry entry) {
        return !entry.isEvent() || isAll() || wants(entry.key());
    }

    private boolean wants(@Nullable String key) {
        if (key == null) {
            return false;
        }
        if (keys.contains(key)) {
            return true;
        }
        for (String prefix : prefixes) {
            if (key.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }

    static boolean isPrefix(String pattern) {
        return pattern.endsWith("*") && !pattern.endsWith("\\*");
    }

    static String literal(String pattern) {
        return pattern.replace("\\*", "*");
    }
}
