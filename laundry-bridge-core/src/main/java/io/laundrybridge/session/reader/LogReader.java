package io.laundrybridge.session.reader;

import io.laundrybridge.channel.log.ChannelLog;
import io.laundrybridge.channel.log.Cursor;
import io.laundrybridge.channel.log.LogEntry;
import io.laundrybridge.channel.log.Run;
import io.laundrybridge.event.Gap;
import io.laundrybridge.event.PositionVector;
import io.laundrybridge.session.select.KeyView;
import io.laundrybridge.session.select.Selection;
import io.laundrybridge.session.select.TurnBudget;
import org.jspecify.annotations.Nullable;

/**
 * A subscription's reading of one log: its cursor, what it selects, the floors of a resume, and the pass in which it
 * takes the newest event of each key only. Confined to its worker.
 */
public final class LogReader {
    private final Floors floors;
    private final NewestPass pass = new NewestPass();
    private Cursor cursor;
    private Selection selection;
    private KeyView view = KeyView.ALL;
    private @Nullable Matches matches;
    /** Nothing from there on may be read before the next tick. */
    private long end = Long.MAX_VALUE;
    /** What is below should have been read by now. */
    private long due = Long.MAX_VALUE;

    /** Returns a reader that skips what is below {@code floors}. */
    public LogReader(Cursor cursor, PositionVector floors, Selection selection) {
        this.cursor = cursor;
        this.floors = new Floors(floors, cursor.log());
        this.selection = selection;
    }

    public ChannelLog log() {
        return cursor.log();
    }

    /** Returns whether something may be read now, or is lost. */
    public boolean behind() {
        if (matches != null) {
            long next = matches.next(cursor.next());
            return !matches.isEmpty() && next < last();
        }
        return cursor.next() < pass.bound(head());
    }

    public boolean lost() {
        return cursor.lost();
    }

    /** Goes on at what the log still has. */
    public void skipLost() {
        cursor = Cursor.before(log(), log().start());
    }

    public boolean reached(long index) {
        return cursor.next() >= index;
    }

    /** Returns the index of the entry to read next. */
    public long next() {
        return cursor.next();
    }

    /** Returns the lowest index known before which everything lies that has been handled, floors included. */
    public long seen() {
        return Math.max(cursor.next(), floors.end());
    }

    /** Returns how many entries this reader may read now. */
    public long lag() {
        if (matches != null && matches.isEmpty()) {
            return 0;
        }
        return head() - cursor.next();
    }

    /** Returns how many entries it should have read by now. */
    long overdue() {
        return Math.min(due, cursor.next() + lag()) - cursor.next();
    }

    /** Reads nothing from {@code index} on before it may; what lies below {@code before} should have been read. */
    public void upTo(long index, long before) {
        end = index;
        due = before;
    }

    public void select(Selection other) {
        selection = other;
        pass.selectionChanged();
    }

    /** Takes only what {@code shown} shows. */
    public void view(KeyView shown) {
        view = shown;
    }

    /** Returns whether nothing that comes lies below the floors. */
    public boolean pastFloors() {
        return cursor.next() >= floors.end();
    }

    /** Reads only what is found for it from now on; null: looks at every entry. */
    public void follow(@Nullable Matches found) {
        matches = found;
    }

    /** Passes over what does not concern this reader, as far as that is known. */
    public void settle() {
        if (matches != null) {
            long next = matches.next(cursor.next());
            if (next > cursor.next()) {
                cursor.moveTo(next);
            }
        }
    }

    /** Up to where it may read now, takes the newest event of each key only. */
    public void beginPass() {
        pass.begin(head());
    }

    /** The same up to {@code index}, for a client that may know more of it than this reader comes to see. */
    public void lookBack(long index) {
        upTo(index, index);
        pass.lookBack(head());
    }

    public boolean passDone() {
        return !pass.covers(cursor.next());
    }

    /** Whether nothing is read outside of passes. */
    public void inPasses(boolean only) {
        pass.only(only, cursor.next());
    }

    /** Returns whether lines can be sent as they lie. */
    public boolean takesAll() {
        return selection.isAll() && pastFloors() && passDone() && view.isAll();
    }

    /**
     * Returns whether the entry of {@code run} at {@code at} is to be sent; without an answer, false, where
     * {@code steps} ran out.
     */
    public boolean wants(Run run, long at, TurnBudget steps) {
        LogEntry entry = run.entry(at);
        return selection.wants(entry)
                && view.wants(entry)
                && floors.pass(cursor.next(), entry)
                && (!pass.covers(at) || !pass.hides(run, at, log(), selection, steps));
    }

    /** Returns whether {@code entry} only tells that its key's newest value is no longer wanted. */
    public boolean leaves(LogEntry entry) {
        return selection.leaves(entry);
    }

    /** {@code gap}, without what lies below the floors. */
    public Gap clipped(Gap gap) {
        return floors.clip(gap);
    }

    public Run read(int maxBytes, int maxEntries) {
        settle();
        long known = matches == null ? maxEntries : Math.min(maxEntries, matches.together());
        return cursor.read(maxBytes, (int) Math.max(0, Math.min(known, last() - cursor.next())));
    }

    public void advance(Run run, long end) {
        cursor.advance(run, end);
    }

    /** Everything before this has been handled. */
    public PositionVector position() {
        return floors.raise(cursor.position());
    }

    /** Nothing from there on may be read now. */
    private long last() {
        return pass.bound(end);
    }

    /** Returns up to where it may read now. */
    public long head() {
        return Math.min(log().head(), end);
    }
}
