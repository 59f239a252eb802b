package io.laundrybridge.session.wake;

import io.laundrybridge.channel.log.LogEntry;
import io.laundrybridge.session.select.ChannelFilter;
import io.laundrybridge.session.select.Selection;

/**
 * Finds the subscriptions that an entry concerns, among those of one worker that select by key, prefix or filter. The
 * cost of an entry does not grow with the subscriptions that it does not concern. Confined to its worker.
 */
final class InterestIndex {
    private final InterestsByText keys = new InterestsByText();
    private final InterestsByText prefixes = new InterestsByText();
    private final FilterIndex filters = new FilterIndex();

    void add(Interest interest) {
        Selection selection = interest.selection();
        selection.keys().forEach(key -> keys.add(key, interest));
        selection.prefixes().forEach(prefix -> prefixes.add(prefix, interest));
        ChannelFilter where = selection.where();
        if (where != null) {
            SharedFilter shared = filters.shared(where);
            shared.join(interest);
            interest.share(shared);
        }
    }

    void remove(Interest interest) {
        Selection selection = interest.selection();
        selection.keys().forEach(key -> keys.remove(key, interest));
        selection.prefixes().forEach(prefix -> prefixes.remove(prefix, interest));
        SharedFilter shared = interest.filter();
        if (shared != null && shared.leave(interest)) {
            filters.remove(shared);
        }
    }

    /** Returns the number of filters that every record asks. */
    int filtersAskedAlways() {
        return filters.askedAlways();
    }

    boolean isEmpty() {
        return keys.isEmpty() && prefixes.isEmpty() && filters.isEmpty();
    }

    /** Reports the event {@code entry} at {@code index} to the subscriptions that it concerns. */
    void tell(long index, LogEntry entry) {
        String key = entry.key();
        if (key != null) {
            tellByKey(index, entry, key);
        }
        if (!filters.isEmpty()) {
            filters.tell(index, entry);
        }
    }

    private void tellByKey(long index, LogEntry entry, String key) {
        tell(keys.of(key), index, entry);
        for (int length : prefixes.lengths()) {
            if (length > key.length()) {
                break;
            }
            tell(prefixes.of(key.substring(0, length)), index, entry);
        }
    }

    private static void tell(Iterable<Interest> interests, long index, LogEntry entry) {
        for (Interest interest : interests) {
            tell(interest, index, entry);
        }
    }

    private static void tell(Interest interest, long index, LogEntry entry) {
        try {
            SharedFilter filter = interest.filter();
            if (filter == null || filter.concerns(entry)) {
                interest.found(index);
            }
        } catch (Throwable e) {
            interest.broken(e);
        }
    }
}
