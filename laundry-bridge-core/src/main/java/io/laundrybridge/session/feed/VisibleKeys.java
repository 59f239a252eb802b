package io.laundrybridge.session.feed;

import io.laundrybridge.channel.Channel;
import io.laundrybridge.channel.ChannelState;
import io.laundrybridge.channel.latest.LatestRow;
import io.laundrybridge.channel.latest.LatestTable;
import io.laundrybridge.channel.latest.RowLog;
import io.laundrybridge.channel.log.ChannelLog;
import io.laundrybridge.channel.log.Cursor;
import io.laundrybridge.channel.log.LogEntry;
import io.laundrybridge.encode.EventLine;
import io.laundrybridge.event.PositionVector;
import io.laundrybridge.session.reader.LogReader;
import io.laundrybridge.session.select.KeyView;
import io.laundrybridge.session.select.Selection;
import io.laundrybridge.session.select.TurnBudget;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a channel that a page shows, and the keys whose newest value the client knows. Values of keys that come
 * into view are read apart from the stream, as of a reader's place. Confined to a worker.
 */
public final class VisibleKeys {
    private final Channel channel;
    private final TurnBudget steps;
    private KeyView view = KeyView.ALL;
    private KeyView known = KeyView.ALL;

    /** Takes as many of {@code steps} as a turn has, to find how far back values are. */
    public VisibleKeys(Channel channel, TurnBudget steps) {
        this.channel = channel;
        this.steps = steps;
    }

    /** Returns the same keys of {@code other}, a variant of the channel. */
    public VisibleKeys of(Channel other, TurnBudget budget) {
        VisibleKeys same = new VisibleKeys(other, budget);
        same.view = view;
        same.known = known;
        return same;
    }

    KeyView view() {
        return view;
    }

    /** Shows {@code next} from now on. */
    public void change(KeyView next) {
        known = known.within(next);
        view = next;
    }

    /** Notes that everything in view has been sent. */
    void told() {
        known = view;
    }

    /** Returns whether values are due. */
    public boolean due() {
        return !known.covers(view);
    }

    /**
     * Returns a reader of the due values, as of the place of {@code main}. Returns null if a snapshot is better,
     * because the due keys are not a list.
     */
    @Nullable LogReader values(LogReader main, Selection selection) {
        Set<String> keys = view.keysBeyond(known);
        Map<String, LatestRow> rows = rows(main.log(), keys == null ? Set.of() : keys);
        if (rows == null) {
            return lookBack(main, selection, keys);
        }
        return keys == null
                ? null
                : reader(Cursor.before(lines(main.position(), keys, rows, selection), 0), selection.ofKeys());
    }

    /** Returns a reader of the newest event of each due key, as far as the log has them. */
    private LogReader lookBack(LogReader main, Selection selection, @Nullable Set<String> keys) {
        ChannelLog log = main.log();
        LogReader reader = reader(Cursor.before(log, lowest(log, main.next(), selection, keys)), selection);
        reader.lookBack(main.next());
        return reader;
    }

    private LogReader reader(Cursor cursor, Selection selection) {
        LogReader reader = new LogReader(cursor, PositionVector.ORIGIN, selection);
        reader.view(view.beyond(known));
        return reader;
    }

    private @Nullable Map<String, LatestRow> rows(ChannelLog log, Set<String> keys) {
        ChannelState state = channel.state();
        LatestTable table = state.table();
        return table == null || state.log() != log ? null : table.newest(keys);
    }

    /**
     * Returns the lines of {@code keys}. Events at or after {@code place} come by themselves. A key whose value the
     * session may not see is absent, as if it had none.
     */
    private ChannelLog lines(PositionVector place, Set<String> keys, Map<String, LatestRow> rows, Selection selection) {
        List<EventLine> lines = new ArrayList<>();
        long now = channel.services().clock().millis();
        for (String key : keys) {
            LatestRow row = rows.get(key);
            if (row == null || isSecret(row, selection)) {
                lines.add(EventLine.absent(channel.name(), key, now));
            } else if (row.offset() < place.next(row.partition())) {
                lines.add(row.line());
            }
        }
        return RowLog.of(lines);
    }

    private static boolean isSecret(LatestRow row, Selection selection) {
        return selection.restricted() && !selection.shows(LogEntry.row(row.line()));
    }

    /**
     * Returns an index from which on the newest event of every key is found, or the log's start. Looks back for one
     * turn; the log is then read in turns.
     */
    private long lowest(ChannelLog log, long end, Selection selection, @Nullable Set<String> keys) {
        if (keys == null) {
            return log.start();
        }
        Set<String> missing = new HashSet<>(keys);
        long least = log.start();
        for (long index = end - 1; index >= least && steps.take(); index--) {
            LogEntry entry = log.entry(index);
            if (entry == null) {
                return log.start();
            }
            if (entry.key() != null
                    && missing.contains(entry.key())
                    && selection.wants(entry)
                    && missing.remove(entry.key())
                    && missing.isEmpty()) {
                return index;
            }
        }
        return log.start();
    }
}
