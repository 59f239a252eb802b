package io.laundrybridge.session.select;

import io.laundrybridge.channel.Channel;
import io.laundrybridge.channel.log.LogEntry;
import io.laundrybridge.filter.FieldConditions;
import io.laundrybridge.filter.FieldValues;
import io.laundrybridge.filter.Filter;
import io.laundrybridge.filter.FilterParser;
import io.laundrybridge.limits.FilterLimits;
import io.laundrybridge.policy.Grant;
import io.laundrybridge.protocol.RefusedLineException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The events that a subscription wants and may see: events of some keys or of all, and of these the ones that match a
 * filter. It is the only predicate of a subscription: every path asks it. Immutable.
 */
public final class Selection {
    public static final Selection ALL = new Selection(KeyChoice.ALL, null);

    private final KeyChoice keys;
    private final @Nullable ChannelFilter where;
    private final Selection asked;
    private final Grant grant;

    private Selection(KeyChoice keys, @Nullable ChannelFilter where) {
        this.keys = keys;
        this.where = where;
        this.asked = this;
        this.grant = Grant.everything();
    }

    private Selection(Selection asked, Grant.Rows granted, Channel channel) {
        boolean state = channel.policy().keepsState();
        Filter rows = FieldConditions.of(granted.filter(), channel.policy().filterFields());
        this.keys = asked.keys.and(KeyChoice.of(granted.filter()));
        this.where = rows == null ? asked.where : ChannelFilter.within(rows, asked.where, state);
        this.asked = asked;
        this.grant = granted;
    }

    private Selection(Selection same, ChannelFilter where) {
        this.keys = same.keys;
        this.where = where;
        this.asked = same.asked;
        this.grant = same.grant;
    }

    /**
     * Returns the selection of {@code patterns}; none select everything. A trailing {@code *} selects by prefix,
     * {@code \*} is a literal star, and two backslashes before a star are one.
     */
    public static Selection of(List<String> patterns) {
        return patterns.isEmpty() ? ALL : new Selection(KeyChoice.of(patterns), null);
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
        return new Selection(keys, ChannelFilter.asked(filter, channel.policy().keepsState()));
    }

    /** Returns what a client asks for by this selection, as far as {@code granted} allows. An earlier grant is void. */
    public Selection within(Grant granted, Channel channel) {
        return granted instanceof Grant.Rows rows ? new Selection(asked, rows, channel) : asked;
    }

    /** Returns the keys of a restricted selection, for values that were chosen by its filter. Others stay the same. */
    public Selection ofKeys() {
        return restricted() ? new Selection(keys, null) : this;
    }

    /** Returns this for a channel that has no state any more. */
    public Selection withoutState() {
        return where == null ? this : new Selection(this, where.withoutState());
    }

    /** Returns the grant that this is within. */
    public Grant grant() {
        return grant;
    }

    /** Returns whether the session may see only some rows. Then places and unknown keys are secrets. */
    public boolean restricted() {
        return grant instanceof Grant.Rows;
    }

    /** Returns whether everything is wanted, so that lines can be sent unchanged. */
    public boolean isAll() {
        return where == null && anyKey();
    }

    /** Returns whether keys do not matter. */
    public boolean anyKey() {
        return keys.isAll();
    }

    /** Returns the keys that are wanted by their whole name. */
    public Set<String> keys() {
        return keys.keys();
    }

    /** Returns the wanted prefixes; none of them begins with another. */
    public List<String> prefixes() {
        return keys.prefixes();
    }

    /** Returns the filter; null if there is none. */
    public @Nullable ChannelFilter where() {
        return where;
    }

    /** Returns whether {@code entry} is to be sent. A gap always is: it may have hidden a wanted event. */
    public boolean wants(LogEntry entry) {
        return !entry.isEvent()
                || (keys.has(entry.key()) && (where == null || (where.concerns(entry) && !where.withholds(entry))));
    }

    /**
     * Returns whether {@code entry} may end a row on the client's page that the client must not be told of. Only a
     * snapshot, which shows all rows that the session may see, can end it.
     */
    public boolean withholds(LogEntry entry) {
        return where != null && entry.isEvent() && where.withholds(entry) && keys.has(entry.key());
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
}
