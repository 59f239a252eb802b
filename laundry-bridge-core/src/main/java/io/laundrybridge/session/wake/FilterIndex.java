package io.laundrybridge.session.wake;

import io.laundrybridge.channel.log.LogEntry;
import io.laundrybridge.filter.FieldValues;
import io.laundrybridge.filter.Filter;
import io.laundrybridge.session.select.ChannelFilter;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The different filters of a worker's subscriptions to one channel. Filters that demand some values of a field are
 * found by these values, so that a record asks only possible matches. It asks the others one by one. Confined to its
 * worker.
 */
final class FilterIndex {
    private final Map<ChannelFilter, SharedFilter> all = new HashMap<>();
    private final Map<Integer, Map<Object, Set<SharedFilter>>> byValue = new HashMap<>();
    private final Set<SharedFilter> others = new HashSet<>();

    /** Returns the filter that all subscriptions with {@code where} share. */
    SharedFilter shared(ChannelFilter where) {
        return all.computeIfAbsent(where, this::begun);
    }

    /** Removes {@code filter}, which is no longer used. */
    void remove(SharedFilter filter) {
        all.remove(filter.where());
        others.remove(filter);
        Filter.In demand = Filter.demand(filter.where().filter());
        if (demand != null) {
            Map<Object, Set<SharedFilter>> values = byValue.getOrDefault(demand.field(), Map.of());
            for (Object choice : demand.choices()) {
                values.computeIfPresent(choice, (any, filters) -> without(filters, filter));
            }
            if (values.isEmpty()) {
                byValue.remove(demand.field());
            }
        }
    }

    /** Returns the number of filters that every record asks. */
    int askedAlways() {
        return others.size();
    }

    boolean isEmpty() {
        return all.isEmpty() && byValue.isEmpty() && others.isEmpty();
    }

    /** Reports {@code index} to the subscriptions that select by a filter alone and that {@code entry} concerns. */
    void tell(long index, LogEntry entry) {
        askAll(others, index, entry);
        FieldValues before = entry.before();
        if (before == null) {
            askAll(all.values(), index, entry); // what clients may hold is unknown
            return;
        }
        for (Map.Entry<Integer, Map<Object, Set<SharedFilter>>> field : byValue.entrySet()) {
            askByValue(field.getKey(), field.getValue(), entry.fields(), index, entry);
            askByValue(field.getKey(), field.getValue(), before, index, entry);
        }
    }

    private static void askByValue(
            int field,
            Map<Object, Set<SharedFilter>> byValue,
            @Nullable FieldValues values,
            long index,
            LogEntry entry) {
        if (values != null && values != FieldValues.NOTHING) {
            askAll(byValue.getOrDefault(values.get(field), Set.of()), index, entry);
        }
    }

    private static void askAll(Iterable<SharedFilter> filters, long index, LogEntry entry) {
        for (SharedFilter filter : filters) {
            if (!filter.alone().isEmpty()) {
                ask(filter, index, entry);
            }
        }
    }

    private static void ask(SharedFilter filter, long index, LogEntry entry) {
        try {
            if (filter.concerns(entry)) {
                for (Interest interest : filter.alone()) {
                    interest.found(index);
                }
            }
        } catch (Throwable e) {
            List.copyOf(filter.alone()).forEach(interest -> interest.broken(e));
        }
    }

    private SharedFilter begun(ChannelFilter where) {
        SharedFilter filter = new SharedFilter(where);
        Filter.In demand = Filter.demand(where.filter());
        if (demand == null) {
            others.add(filter);
        } else {
            Map<Object, Set<SharedFilter>> values = byValue.computeIfAbsent(demand.field(), any -> new HashMap<>());
            demand.choices()
                    .forEach(choice -> values.computeIfAbsent(choice, any -> new HashSet<>(2))
                            .add(filter));
        }
        return filter;
    }

    private static @Nullable Set<SharedFilter> without(Set<SharedFilter> filters, SharedFilter filter) {
        filters.remove(filter);
        return filters.isEmpty() ? null : filters;
    }
}
