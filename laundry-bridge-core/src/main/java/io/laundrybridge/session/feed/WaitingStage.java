package io.laundrybridge.session.feed;

import io.laundrybridge.channel.latest.RowLog;
import io.laundrybridge.channel.log.Cursor;
import io.laundrybridge.channel.log.Run;
import io.laundrybridge.event.PositionVector;
import io.laundrybridge.session.reader.LogReader;
import io.laundrybridge.session.select.Selection;

/** Waits at a place: for a piece to be replayed, for this node to come as far, or for the page to be shown again. */
final class WaitingStage extends Stage {
    private final PositionVector place;

    /** Waits at {@code place}. It reads an empty log: a reader of the channel's log would keep a part of it. */
    WaitingStage(PositionVector place) {
        super(new LogReader(Cursor.before(RowLog.EMPTY, 0), PositionVector.ORIGIN, Selection.ALL));
        this.place = place;
    }

    @Override
    boolean hasWork() {
        return false;
    }

    @Override
    Run read(int maxBytes, int maxEntries) {
        return reader().read(0, 0);
    }

    @Override
    PositionVector position() {
        return place;
    }
}
