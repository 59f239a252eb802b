package io.laundrybridge.channel.log;

import io.laundrybridge.event.PositionVector;

/**
 * A reader's place in a log. It costs a few words, however far it lags. It keeps the index of its segment, not the
 * bytes, so that it can report what it missed. Confined to its reader.
 */
public final class Cursor {
    private final ChannelLog log;
    private SegmentIndex place;
    private long next;

    private Cursor(ChannelLog log, SegmentIndex place, long next) {
        this.log = log;
        this.place = place;
        this.next = next;
    }

    /** Makes a cursor before entry {@code index}, or before the oldest entry if that was evicted. */
    public static Cursor before(ChannelLog log, long index) {
        long at = index;
        SegmentIndex place = log.placeOf(at);
        while (place == null) {
            at = log.start();
            place = log.placeOf(at);
        }
        return new Cursor(log, place, at);
    }

    /** Returns the log that this cursor reads. */
    public ChannelLog log() {
        return log;
    }

    /** Returns the index of the entry to read next. */
    public long next() {
        return next;
    }

    /** Returns whether there is something to read, or to report as lost. */
    public boolean behind() {
        return next < log.head();
    }

    /** Returns whether the log has evicted what this cursor would read next. */
    public boolean lost() {
        return next < log.start();
    }

    /**
     * Returns the next entries, as far as they are in one piece. Empty if there are none or the cursor is lost. Does
     * not move the cursor.
     */
    public Run read(int maxBytes, int maxEntries) {
        Run run = log.run(next, maxBytes, maxEntries);
        return run == null ? Run.EMPTY : run;
    }

    /** Moves past the entries of {@code run} before log index {@code end}. */
    public void advance(Run run, long end) {
        place = run.index();
        next = end;
    }

    /** Moves on to entry {@code index}, before which the reader needs nothing. Does nothing if that was evicted. */
    public void moveTo(long index) {
        SegmentIndex there = log.placeOf(index);
        if (there != null) {
            place = there;
            next = index;
        }
    }

    /**
     * Returns the position of a reader that has handled everything before this cursor. Lets go of the index of a
     * segment that the cursor has read to its end.
     */
    public PositionVector position() {
        SegmentIndex there = log.placeOf(next);
        place = there == null ? place : there;
        PositionVector now = log.vectorIfAtProgress(next);
        return now != null ? now : place.vectorBefore(next);
    }
}
