package io.laundrybridge.session;

import io.laundrybridge.channel.log.ChannelLog;
import io.laundrybridge.channel.log.Cursor;
import io.laundrybridge.channel.log.LogEntry;
import io.laundrybridge.channel.log.Run;
import io.laundrybridge.event.Gap;
import io.laundrybridge.event.GapReason;
import io.laundrybridge.event.PositionVector;
import java.util.List;

/** One subscription's reading of a log: its cursor, what it selects, and the floors of a resume. Confined to its worker. */
final class LogReader {
    private Cursor cursor;
    private PositionVector floors;
    private long floorsEnd;
    private Selection selection;

    LogReader(Start start, Selection selection) {
        this.cursor = start.cursor();
        this.floors = start.floors();
        this.floorsEnd = start.floorsEnd();
        this.selection = selection;
    }

    ChannelLog log() {
        return cursor.log();
    }

    boolean behind() {
        return cursor.behind();
    }

    boolean lost() {
        return cursor.lost();
    }

    boolean reached(long index) {
        return cursor.next() >= index;
    }

    void select(Selection other) {
        selection = other;
    }

    /** Whether lines can be sent as they lie. */
    boolean takesAll() {
        return selection.isAll() && cursor.next() >= floorsEnd;
    }

    boolean wants(LogEntry entry) {
        return selection.wants(entry)
                && (cursor.next() >= floorsEnd || entry.offset() >= floors.next(entry.partition()));
    }

    Run read(int maxBytes, int maxEntries) {
        return cursor.read(maxBytes, maxEntries);
    }

    void advance(Run run, long end) {
        cursor.advance(run, end);
    }

    /** Everything before this has been handled. */
    PositionVector position() {
        PositionVector position = cursor.position();
        return cursor.next() >= floorsEnd ? position : position.atLeast(floors);
    }

    /** Goes on at the oldest entry kept; returns what was missed. */
    List<Gap> skipToStart() {
        PositionVector before = position();
        cursor = Cursor.before(log(), log().start());
        return Gap.between(before, position(), GapReason.OVERFLOW);
    }

    /** Goes on in {@code log}, which replaced the one before, at the oldest entry kept. */
    void restart(ChannelLog log) {
        cursor = Cursor.before(log, log.start());
        floors = PositionVector.ORIGIN;
        floorsEnd = 0;
    }
}
