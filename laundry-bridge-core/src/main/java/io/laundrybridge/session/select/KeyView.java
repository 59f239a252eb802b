package io.laundrybridge.session.select;

import io.laundrybridge.channel.log.LogEntry;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The keys that a page shows: all, none, or the ones of some patterns, as in {@link Selection}. Immutable. */
public final class KeyView {
    public static final KeyView ALL = new KeyView(null, null);
    public static final KeyView NONE = new KeyView(Set.of(), null);

    private final @Nullable Set<String> patterns;
    private final @Nullable KeyView except;
    private final Selection selection;

    private KeyView(@Nullable Set<String> patterns, @Nullable KeyView except) {
        this.patterns = patterns;
        this.except = except;
        this.selection = patterns == null ? Selection.ALL : Selection.of(List.copyOf(patterns));
    }

    /** Returns the view of {@code patterns}; null is all. */
    public static KeyView of(@Nullable List<String> patterns) {
        return patterns == null ? ALL : new KeyView(new LinkedHashSet<>(patterns), null);
    }

    public boolean isAll() {
        return patterns == null && except == null;
    }

    /** Returns whether {@code entry} is to be sent. A gap always is, unless this looks for values. */
    public boolean wants(LogEntry entry) {
        if (except != null) {
            return entry.key() != null && shows(entry) && !except.shows(entry);
        }
        return !entry.isEvent() || shows(entry);
    }

    private boolean shows(LogEntry event) {
        return patterns == null || (!patterns.isEmpty() && selection.wants(event));
    }

    /** Returns the view of the values that this one shows and {@code other} does not. */
    public KeyView beyond(KeyView other) {
        return new KeyView(patterns, other);
    }

    /** Returns the part of this view that {@code other} shows too. */
    public KeyView within(KeyView other) {
        if (other.patterns == null || patterns == null) {
            return patterns == null ? other : this;
        }
        Set<String> both = new LinkedHashSet<>(other.patterns);
        both.retainAll(patterns);
        return new KeyView(both, null);
    }

    /** Returns whether everything that {@code other} shows is in this view. */
    public boolean covers(KeyView other) {
        return patterns == null || (other.patterns != null && patterns.containsAll(other.patterns));
    }

    /** Returns the keys of this view that are not in {@code other}; null if they are not a list of keys. */
    public @Nullable Set<String> keysBeyond(KeyView other) {
        if (patterns == null) {
            return null;
        }
        Set<String> keys = new LinkedHashSet<>();
        for (String pattern : patterns) {
            if (other.patterns == null || !other.patterns.contains(pattern)) {
                if (KeyPattern.isPrefix(pattern)) {
                    return null;
                }
                keys.add(KeyPattern.literal(pattern));
            }
        }
        return keys;
    }
}
