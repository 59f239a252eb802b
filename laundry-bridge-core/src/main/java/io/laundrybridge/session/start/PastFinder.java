package io.laundrybridge.session.start;

import io.laundrybridge.channel.Channel;
import io.laundrybridge.channel.log.ChannelLog;
import io.laundrybridge.channel.log.Cursor;
import io.laundrybridge.channel.log.TimeSearch;
import io.laundrybridge.event.PositionVector;
import io.laundrybridge.session.select.TurnBudget;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Finds the start of a client that asks for a time, or for everything. Confined to its worker. */
final class PastFinder {
    private final InstantSource clock;
    private final PlaceLookup lookup;
    private final TurnBudget steps;
    private @Nullable TimeSearch time;
    private boolean looking;

    PastFinder(InstantSource clock, PlaceLookup lookup, TurnBudget steps) {
        this.clock = clock;
        this.lookup = lookup;
        this.steps = steps;
    }

    /** Returns whether the place is unknown only because this turn's steps were used up. */
    boolean looks() {
        return looking;
    }

    /**
     * Returns the beginning, from memory if that still has the whole stream, otherwise from the source. Null while the
     * source is being asked.
     */
    @Nullable StartPlace earliest(Channel channel, ChannelLog log) {
        Cursor cursor = Cursor.before(log, log.start(clock.millis()));
        if (log.beginning().reaches(cursor.position())) {
            return StartPlace.at(cursor);
        }
        PositionVector beginning = lookup.beginning(log, log.progress().partitions());
        return beginning == null ? null : from(channel, log, beginning);
    }

    /**
     * Returns the place of a time, from memory if that knows it, otherwise from the source. Null while the source is
     * being asked.
     */
    @Nullable StartPlace since(Channel channel, ChannelLog log, long millis) {
        looking = false;
        if (millis <= 0) {
            return earliest(channel, log); // records without a timestamp too
        }
        TimeSearch search = time == null || !time.isFor(log, millis) ? new TimeSearch(log, millis) : time;
        time = search;
        looking = !search.goOn(steps::take);
        Cursor cursor = looking ? null : search.cursor();
        if (cursor != null) {
            return StartPlace.resume(cursor, search.place());
        }
        if (looking) {
            return null;
        }
        PositionVector place = lookup.time(log, millis);
        return place == null ? null : from(channel, log, place);
    }

    /** Starts at {@code place}, which is correct, but may be before memory, or ahead of what this node has read. */
    static StartPlace from(Channel channel, ChannelLog log, PositionVector place) {
        Cursor cursor = Cursor.before(log, log.indexFor(place));
        return place.reaches(cursor.position()) && log.progress().reaches(place)
                ? StartPlace.resume(cursor, place)
                : StartPlace.behind(channel, log, place, false);
    }
}
