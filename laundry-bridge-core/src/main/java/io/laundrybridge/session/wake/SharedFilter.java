package io.laundrybridge.session.wake;

import io.laundrybridge.channel.log.LogEntry;
import io.laundrybridge.session.select.ChannelFilter;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A filter that several subscriptions of a worker share because it is equal. It is asked once per record, for all of
 * them. Confined to its worker.
 */
final class SharedFilter {
    private final ChannelFilter where;
    private final Set<Interest> alone = new HashSet<>();
    private int users;
    private @Nullable LogEntry asked;
    private boolean answer;

    SharedFilter(ChannelFilter where) {
        this.where = where;
    }

    ChannelFilter where() {
        return where;
    }

    /** Returns the subscriptions that select by this filter and by no key. */
    Set<Interest> alone() {
        return alone;
    }

    void join(Interest interest) {
        users++;
        if (interest.selection().anyKey()) {
            alone.add(interest);
        }
    }

    /** Returns whether no subscription uses it any more. */
    boolean leave(Interest interest) {
        alone.remove(interest);
        return --users == 0;
    }

    @SuppressWarnings("ReferenceEquality") // the same entry, not one like it
    boolean concerns(LogEntry entry) {
        if (asked != entry) {
            answer = where.concerns(entry);
            asked = entry; // only now: a filter that failed is asked again
        }
        return answer;
    }
}
