package io.laundrybridge.channel.log;

import io.laundrybridge.event.Gap;
import io.laundrybridge.event.PositionVector;
import io.laundrybridge.event.SourceRecord;
import io.laundrybridge.source.HistoryHandler;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts the records of several partitions in order of time. The records of a partition keep their order: one that is
 * stamped earlier than one before it has that one's time. So has one that is stamped later than one of the eight behind
 * it. Confined to one thread.
 */
public final class TimeOrder implements HistoryHandler {
    private static final int AHEAD = 8;

    private final PositionVector from;
    private final PositionVector goal;
    private final long present;
    private final long enough;
    private final long most;
    private final List<List<Item>> partitions = new ArrayList<>();
    private long bytes;

    /** A record or a gap, and its time in the order. */
    private record Item(
            long first,
            @Nullable SourceRecord record,
            @Nullable Gap gap,
            long time) {
        private Item at(long millis) {
            return new Item(first, record, gap, millis);
        }

        private void passTo(HistoryHandler handler) {
            if (record != null) {
                handler.record(record);
            } else if (gap != null) {
                handler.gap(gap);
            }
        }
    }

    /**
     * Makes an order of records in [{@code from}, {@code goal}).
     *
     * @param present a later timestamp does not count, in milliseconds since 1970
     * @param enough the bytes after which no more are wanted, once each partition has some
     * @param most the bytes after which no more are wanted
     */
    public TimeOrder(PositionVector from, PositionVector goal, long present, long enough, long most) {
        this.from = from;
        this.goal = goal;
        this.present = present;
        this.enough = enough;
        this.most = most;
        for (int p = 0; p < goal.partitions(); p++) {
            partitions.add(new ArrayList<>());
        }
    }

    @Override
    public void record(SourceRecord record) {
        byte[] value = record.value();
        bytes += 64 + (value == null ? 0 : value.length);
        add(record.partition(), new Item(record.offset(), record, null, record.timestamp()));
    }

    @Override
    public void gap(Gap gap) {
        add(gap.partition(), new Item(gap.from(), null, gap, 0));
    }

    private void add(int partition, Item item) {
        while (partitions.size() <= partition) {
            partitions.add(new ArrayList<>());
        }
        partitions.get(partition).add(item);
    }

    @Override
    public boolean wantsMore() {
        return bytes < most && (bytes < enough || lacksAny());
    }

    private boolean lacksAny() {
        for (int p = 0; p < goal.partitions(); p++) {
            if (partitions.get(p).isEmpty() && from.next(p) < goal.next(p)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Hands the records to {@code handler} in order of time, as far as every partition that goes on has been read.
     *
     * @param end where reading ended
     * @return where the handed part ends
     */
    public PositionVector passTo(HistoryHandler handler, PositionVector end) {
        List<Item> all = new ArrayList<>();
        long horizon = Long.MAX_VALUE;
        for (int p = 0; p < partitions.size(); p++) {
            List<Item> timed = timed(partitions.get(p));
            all.addAll(timed);
            if (end.next(p) < goal.next(p) && !timed.isEmpty()) {
                horizon = Math.min(horizon, timed.get(timed.size() - 1).time());
            }
        }
        all.sort(Comparator.comparingLong(Item::time));
        PositionVector handed = end;
        for (Item item : all) {
            if (item.time() <= horizon) {
                item.passTo(handler);
            } else {
                handed = handed.lowest(end.with(partition(item), item.first(), PositionVector.NO_EPOCH));
            }
        }
        return handed;
    }

    private static int partition(Item item) {
        SourceRecord record = item.record();
        Gap gap = item.gap();
        return record != null ? record.partition() : gap == null ? 0 : gap.partition();
    }

    /** Returns {@code items} of one partition with times that never decrease. */
    private List<Item> timed(List<Item> items) {
        List<Item> timed = new ArrayList<>();
        long time = 0;
        for (int i = 0; i < items.size(); i++) {
            time = counts(items.get(i), time) ? earliest(items, i, time) : time;
            timed.add(items.get(i).at(time));
        }
        return timed;
    }

    private long earliest(List<Item> items, int from, long after) {
        long earliest = items.get(from).time();
        for (int i = from; i < Math.min(items.size(), from + AHEAD + 1); i++) {
            earliest = counts(items.get(i), after)
                    ? Math.min(earliest, items.get(i).time())
                    : earliest;
        }
        return earliest;
    }

    private boolean counts(Item item, long after) {
        return item.time() > after && item.time() <= present;
    }
}
