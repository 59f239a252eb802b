package io.laundrybridge.policy;

/** What a caller may read of a channel: nothing, everything, or some rows. Immutable; equal grants are equal. */
public sealed interface Grant {

    /** {@return the grant of nothing: for the caller, the channel does not exist} */
    static Grant nothing() {
        return Nothing.INSTANCE;
    }

    /** {@return the grant of everything} */
    static Grant everything() {
        return Everything.INSTANCE;
    }

    /**
     * {@return the grant of the rows that match {@code filter}, and of nothing else}
     *
     * <pre>{@code
     * (caller, channel) -> Grant.rows(RowFilter.eq("/tenant", caller.claim("tenant")))
     * }</pre>
     *
     * @param filter a filter over fields that the channel declares, and over keys
     */
    static Grant rows(RowFilter filter) {
        return filter.matchesNothing() ? nothing() : new Rows(filter);
    }

    /** The grant of nothing. */
    enum Nothing implements Grant {
        /** The only one. */
        INSTANCE
    }

    /** The grant of everything. */
    enum Everything implements Grant {
        /** The only one. */
        INSTANCE
    }

    /**
     * The grant of some rows.
     *
     * @param filter matches at least one thinkable row
     */
    record Rows(RowFilter filter) implements Grant {}
}
