package io.laundrybridge.session.select;

import io.laundrybridge.channel.log.LogEntry;
import io.laundrybridge.filter.FieldValues;
import io.laundrybridge.filter.Filter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The filter of a subscription to one channel.
 *
 * @param filter decides which values are wanted; a part of it is {@code granted}
 * @param granted decides which values the session may see; null for all
 * @param state whether the channel has state, so that the client must know when a key's newest value is no longer
 *     wanted
 */
public record ChannelFilter(Filter filter, @Nullable Filter granted, boolean state) {

    /** Returns the filter that a client asks for. */
    public static ChannelFilter asked(Filter filter, boolean state) {
        return new ChannelFilter(filter, null, state);
    }

    /** Returns {@code asked} within what is {@code granted}; the grant goes first, so that equal grants are found. */
    static ChannelFilter within(Filter granted, @Nullable ChannelFilter asked, boolean state) {
        Filter both = asked == null ? granted : new Filter.And(List.of(granted, asked.filter()));
        return new ChannelFilter(both, granted, state);
    }

    ChannelFilter withoutState() {
        return new ChannelFilter(filter, granted, false);
    }

    /** Returns whether the event's value is wanted. */
    boolean matches(LogEntry entry) {
        return matches(filter, entry.fields());
    }

    /**
     * Returns whether the event is to be sent: its value is wanted, or the client may hold the key's previous value.
     * That needs no memory of what was sent. A client that received everything up to a place holds a key if, and only
     * if, its newest value there was wanted. Also true if that is unknown.
     */
    public boolean concerns(LogEntry entry) {
        return matches(entry) || (state && entry.key() != null && mayHaveMatched(entry.before()));
    }

    private boolean mayHaveMatched(@Nullable FieldValues before) {
        return before == null || matches(filter, before);
    }

    /**
     * Returns whether it is unknown if the session may learn of the event's key. The session may not see the event, and
     * the key's previous value is unknown, so the client may hold that.
     */
    boolean withholds(LogEntry entry) {
        return granted != null
                && state
                && entry.before() == null
                && entry.key() != null
                && !matches(granted, entry.fields());
    }

    private static boolean matches(Filter filter, @Nullable FieldValues fields) {
        return fields != null && Filter.matches(filter, fields);
    }
}
