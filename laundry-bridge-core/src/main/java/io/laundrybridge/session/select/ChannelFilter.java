package io.laundrybridge.session.select;

import io.laundrybridge.channel.log.LogEntry;
import io.laundrybridge.filter.FieldValues;
import io.laundrybridge.filter.Filter;
import org.jspecify.annotations.Nullable;

/**
 * The filter of a subscription to one channel.
 *
 * @param filter decides which values are wanted
 * @param state whether the channel has state, so that the client must know when a key's newest value is no longer
 *     wanted
 */
public record ChannelFilter(Filter filter, boolean state) {

    /** Returns whether the event's value is wanted. */
    boolean matches(LogEntry entry) {
        FieldValues fields = entry.fields();
        return fields != null && Filter.matches(filter, fields);
    }

    /**
     * Returns whether the event is to be sent: its value is wanted, or the client may hold the key's previous value.
     * That needs no memory of what was sent. A client that received everything up to a place holds a key if, and only
     * if, its newest value there was wanted.
     */
    public boolean concerns(LogEntry entry) {
        return matches(entry) || (state && entry.key() != null && mayHaveMatched(entry.before()));
    }

    private boolean mayHaveMatched(@Nullable FieldValues before) {
        return before == null || Filter.matches(filter, before);
    }
}
