package io.laundrybridge.session;

import io.laundrybridge.channel.log.LogEntry;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The keys that a page shows: all, none, or those of some patterns, as in {@link Selection}. Immutable. */
final class View {
    static final View ALL = new View(null, null);
    static final View NONE = new View(Set.of(), null);

    private final @Nullable Set<String> patterns;
    private final @Nullable View except;
    private final Selection selection;

    private View(@Nullable Set<String> patterns, @Nullable View except) {
        this.patterns = patterns;
        this.except = except;
        this.selection = patterns == null ? Selection.ALL : Selection.of(List.copyOf(patterns));
    }

    /** The view of {@code patterns}; null is all. */
    static View of(@Nullable List<String> patterns) {
        return patterns == null ? ALL : new View(new LinkedHashSet<>(patterns), null);
    }

    boolean isAll() {
        return patterns == null && except == null;
    }

    /** Whether {@code entry} is to be sent. A gap always is, unless it is values that are looked for. */
    boolean wants(LogEntry entry) {
        if (except != null) {
            return entry.key() != null && shows(entry) && !except.shows(entry);
        }
        return !entry.isEvent() || shows(entry);
    }

    private boolean shows(LogEntry event) {
        return patterns == null || (!patterns.isEmpty() && selection.wants(event));
    }

    /** The values that this view shows and {@code other} does not. */
    View beyond(View other) {
        return new View(patterns, other);
    }

    /** The part of this view that {@code other} shows too. */
    View within(View other) {
        if (other.patterns == null || patterns == null) {
            return patterns == null ? other : this;
        }
        Set<String> both = new LinkedHashSet<>(other.patterns);
        both.retainAll(patterns);
        return new View(both, null);
    }

    /** Whether everything that {@code other} shows is in this view. */
    boolean covers(View other) {
        return patterns == null || (other.patterns != null && patterns.containsAll(other.patterns));
    }

    /** The keys of this view that are not in {@code other}; null if they are not a list of keys. */
    @Nullable Set<String> keysBeyond(View other) {
        if (patterns == null) {
            return null;
        }
        Set<String> keys = new LinkedHashSet<>();
        for (String pattern : patterns) {
            if (other.patterns == null || !other.patterns.contains(pattern)) {
                if (Selection.isPrefix(pattern)) {
                    return null;
                }
                keys.add(Selection.literal(pattern));
            }
        }
        return keys;
    }
}
