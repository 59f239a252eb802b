package io.laundrybridge.session.start;

import io.laundrybridge.channel.log.ChannelLog;
import io.laundrybridge.channel.log.Cursor;
import io.laundrybridge.channel.log.LogEntry;
import io.laundrybridge.session.select.Selection;
import io.laundrybridge.session.select.TurnBudget;

/**
 * Searches the newest events of a selection, back from a log's head. It continues where its turn ended. Confined to a
 * worker.
 */
final class NewestInLog {
    private final ChannelLog log;
    private final Selection selection;
    private final int count;
    private final long oldest;
    private long index;
    private int found;
    private boolean done;

    /** Looks for {@code count} events, none of them older than what {@code log} shows to new readers. */
    NewestInLog(ChannelLog log, Selection selection, int count, long nowMillis) {
        this.log = log;
        this.selection = selection;
        this.count = count;
        this.oldest = log.start(nowMillis);
        this.index = log.head();
    }

    /** Returns whether this looks for the events of {@code wanted} in {@code now}. */
    @SuppressWarnings("ReferenceEquality") // the same selection, not one like it
    boolean isFor(ChannelLog now, Selection wanted) {
        return log == now && selection == wanted;
    }

    /**
     * Searches for one turn.
     *
     * @return whether the search is over
     */
    boolean goOn(TurnBudget steps) {
        while (!done && steps.take()) {
            LogEntry entry = index > oldest && found < count ? log.entry(index - 1) : null;
            if (entry == null) {
                done = true;
            } else {
                index--;
                found += selection.shows(entry) ? 1 : 0;
            }
        }
        return done;
    }

    /** Returns the place of the oldest one found. */
    StartPlace start() {
        return StartPlace.at(Cursor.before(log, index));
    }
}
