package io.laundrybridge.session.wake;

import io.laundrybridge.channel.log.LogEntry;
import io.laundrybridge.session.select.ChannelFilter;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A filter that any number of a worker's subscriptions share because they say the same: asked once a record, however many
 * use it. Confined to its worker.
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

    /** The subscriptions that select by this filter and by no key. */
    Set<Interest> alone() {
        return alone;
    }

    void join(Interest interest) {
        users++;
        if (interest.selection().anyKey()) {
            alone.add(interest);
        }
    }

    /** Whether nobody uses it any more. */
    boolean leave(Interest interest) {
        alone.remove(interest);
        return --users == 0;
    }

    @SuppressWarnings("ReferenceEquality") // the same entry, not one like it
    boolean concerns(LogEntry entry) {
        if (asked != entry) {
            answer = where.concerns(entry);
            asked = entry; // only now: where the filter failed it is asked again
        }
        return answer;
    }
}
