package io.laundrybridge.session.select;

import io.laundrybridge.channel.Channel;
import io.laundrybridge.channel.log.LogEntry;
import io.laundrybridge.filter.FieldValues;
import io.laundrybridge.filter.FilterParser;
import io.laundrybridge.limits.FilterLimits;
import io.laundrybridge.protocol.RefusedLineException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The events that a subscription wants: events of some keys or of all, and of these the ones that match a filter. A
 * trailing {@code *} selects by prefix, {@code \*} is a literal star, and two backslashes before a star are one. It is
 * the only predicate of a subscription: every path asks it. Immutable.
 */
public final class Selection {
    public static final Selection ALL = new Selection(Set.of(), KeyPrefixes.NONE, null);

    private final Set<String> keys;
    private final KeyPrefixes prefixes;
    private final @Nullable ChannelFilter where;

    private Selection(Set<String> keys, KeyPrefixes prefixes, @Nullable ChannelFilter where) {
        this.keys = keys;
        this.prefixes = prefixes;
        this.where = where;
    }

    /** Returns the selection of {@code patterns}; none select everything. */
    public static Selection of(List<String> patterns) {
        if (patterns.isEmpty()) {
            return ALL;
        }
        Set<String> keys = new HashSet<>();
        List<String> prefixes = new ArrayList<>();
        for (String pattern : patterns) {
            if (isPrefix(pattern)) {
                prefixes.add(literal(pattern));
            } else {
                keys.add(literal(pattern));
            }
        }
        return new Selection(Set.copyOf(keys), KeyPrefixes.of(prefixes), null);
    }

    /**
     * Narrows this selection by {@code text}, the JSON of a filter; null changes nothing.
     *
     * @throws RefusedLineException if {@code channel} does not accept that filter
     */
    public Selection where(@Nullable Map<String, @Nullable Object> text, Channel channel, FilterLimits limits) {
        if (text == null) {
            return this;
        }
        var filter = FilterParser.parse(text, channel.name(), channel.policy().filterFields(), limits);
        return new Selection(
                keys, prefixes, new ChannelFilter(filter, channel.policy().keepsState()));
    }

    /** Returns whether everything is wanted, so that lines can be sent unchanged. */
    public boolean isAll() {
        return where == null && anyKey();
    }

    /** Returns whether keys do not matter. */
    public boolean anyKey() {
        return keys.isEmpty() && prefixes.isEmpty();
    }

    /** Returns the keys that are wanted by their whole name. */
    public Set<String> keys() {
        return keys;
    }

    /** Returns the wanted prefixes; none of them begins with another. */
    public List<String> prefixes() {
        return prefixes.all();
    }

    /** Returns the filter; null if there is none. */
    public @Nullable ChannelFilter where() {
        return where;
    }

    /** Returns whether {@code entry} is to be sent. A gap always is: it may have hidden a wanted event. */
    public boolean wants(LogEntry entry) {
        return !entry.isEvent() || ((anyKey() || wants(entry.key())) && (where == null || where.concerns(entry)));
    }

    /** Returns whether {@code entry} is an event whose value is wanted. */
    public boolean shows(LogEntry entry) {
        return entry.isEvent() && wants(entry) && (where == null || where.matches(entry));
    }

    /**
     * Returns whether {@code entry}, which is to be sent, only shows that its key's newest value is no longer wanted.
     */
    public boolean leaves(LogEntry entry) {
        return where != null
                && entry.isEvent()
                && entry.fields() != FieldValues.NOTHING // a deletion shows that by itself
                && !where.matches(entry);
    }

    private boolean wants(@Nullable String key) {
        return key != null && (keys.contains(key) || prefixes.cover(key));
    }

    /** Returns whether {@code pattern} ends in a star after an even number of backslashes. */
    static boolean isPrefix(String pattern) {
        int star = pattern.length() - 1;
        return star >= 0 && pattern.charAt(star) == '*' && backslashes(pattern, star) % 2 == 0;
    }

    /** Returns the key in {@code pattern} or, without its star, the prefix. */
    static String literal(String pattern) {
        int end = isPrefix(pattern) ? pattern.length() - 1 : pattern.length();
        StringBuilder said = new StringBuilder(end);
        for (int at = 0; at < pattern.length(); at++) {
            if (pattern.charAt(at) == '*') {
                int run = backslashes(pattern, at);
                said.setLength(said.length() - run + run / 2);
            }
            if (at < end) {
                said.append(pattern.charAt(at));
            }
        }
        return said.toString();
    }

    private static int backslashes(String pattern, int star) {
        int first = star;
        while (first > 0 && pattern.charAt(first - 1) == '\\') {
            first--;
        }
        return star - first;
    }
}
