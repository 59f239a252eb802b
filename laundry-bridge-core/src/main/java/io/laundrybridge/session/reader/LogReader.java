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
 * Reads one log for a subscription. It has a cursor, a selection, the floors of a resume, and the pass in which it
 * takes only the newest event of each key. Confined to its worker.
 */
public final class LogReader {
    private final Floors floors;
    private final NewestPass pass = new NewestPass();
    private Cursor cursor;
    private Selection selection;
    private KeyView view = KeyView.ALL;
    private Ceiling ceiling = Ceiling.NONE;
    private @Nullable Matches matches;
    /** Entries from here on may not be read before the next tick. */
    private long end = Long.MAX_VALUE;
    /** Entries below should have been read by now. */
    private long due = Long.MAX_VALUE;
    /** Whether the selection has withheld an entry. */
    private boolean withheld;

    /** Makes a reader that skips entries below {@code floors}. */
    public LogReader(Cursor cursor, PositionVector floors, Selection selection) {
        this.cursor = cursor;
        this.floors = new Floors(floors, cursor.log());
        this.selection = selection;
    }

    public ChannelLog log() {
        return cursor.log();
    }

    /** Returns whether there is something to read now, or something was lost. */
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

    /** Continues at the oldest entry that the log still has. */
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

    /** Returns the lowest known index before which everything has been handled, floors included. */
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

    /**
     * Holds entries from {@code index} on until it may read them; entries below {@code before} should have been read.
     */
    public void upTo(long index, long before) {
        end = index;
        due = before;
    }

    public void select(Selection other) {
        selection = other;
        withheld = false;
        pass.selectionChanged();
    }

    /** Takes only what {@code shown} shows. */
    public void view(KeyView shown) {
        view = shown;
    }

    /** Ends before {@code end}, or nowhere if that is null. It passes over entries of partitions that are beyond it. */
    public void endBefore(@Nullable PositionVector end) {
        ceiling = end == null ? Ceiling.NONE : new Ceiling(end);
    }

    /** Returns whether {@code entry} at {@code index} is between the floors and the end. */
    public boolean covers(long index, LogEntry entry) {
        return floors.pass(index, entry) && ceiling.passes(entry);
    }

    /** Returns whether no further entry is below the floors. */
    public boolean pastFloors() {
        return cursor.next() >= floors.end();
    }

    /** Reads only its matches from now on; with null, it looks at every entry. */
    public void follow(@Nullable Matches found) {
        matches = found;
    }

    /** Passes over known entries that do not concern this reader. */
    public void settle() {
        if (matches != null) {
            long next = matches.next(cursor.next());
            if (next > cursor.next()) {
                cursor.moveTo(next);
            }
        }
    }

    /** Takes only the newest event of each key, up to the place to which it may read now. */
    public void beginPass() {
        pass.begin(head());
    }

    /**
     * Takes only the newest event of each key up to {@code index}. It is for a client that may know more of it than
     * this reader sees.
     */
    public void lookBack(long index) {
        upTo(index, index);
        pass.lookBack(head());
    }

    public boolean passDone() {
        return !pass.covers(cursor.next());
    }

    /** Reads only in passes, if set. */
    public void inPasses(boolean only) {
        pass.only(only, cursor.next());
    }

    /** Returns whether lines can be sent unchanged. */
    public boolean takesAll() {
        return selection.isAll() && pastFloors() && passDone() && view.isAll() && ceiling.isNone();
    }

    /**
     * Returns whether the entry of {@code run} at {@code at} is to be sent. Also false, without an answer, if
     * {@code steps} are used up.
     */
    public boolean wants(Run run, long at, TurnBudget steps) {
        LogEntry entry = run.entry(at);
        if (!selection.wants(entry)) {
            withheld = withheld || (selection.withholds(entry) && covers(cursor.next(), entry));
            return false;
        }
        return view.wants(entry)
                && covers(cursor.next(), entry)
                && (!pass.covers(at) || !pass.hides(run, at, this, steps));
    }

    /** Returns whether an entry was withheld, so that the client may hold a row that has ended. */
    public boolean withheld() {
        return withheld;
    }

    /** Returns whether {@code entry} only shows that its key's newest value is no longer wanted. */
    public boolean leaves(LogEntry entry) {
        return selection.leaves(entry);
    }

    /** Returns whether what is wanted does not depend on the key alone, so that each newer entry must be asked. */
    boolean asksEntries() {
        return selection.where() != null || !ceiling.isNone();
    }

    /** Returns whether {@code entry} replaces an older one of the same key. */
    boolean replaces(LogEntry entry) {
        return selection.wants(entry) && ceiling.passes(entry);
    }

    /** Returns {@code gap}, without offsets below the floors or beyond the end. */
    public Gap clipped(Gap gap) {
        return ceiling.clip(floors.clip(gap));
    }

    public Run read(int maxBytes, int maxEntries) {
        settle();
        long known = matches == null ? maxEntries : Math.min(maxEntries, matches.together());
        return cursor.read(maxBytes, (int) Math.max(0, Math.min(known, last() - cursor.next())));
    }

    public void advance(Run run, long end) {
        cursor.advance(run, end);
    }

    /** Returns the position before which everything has been handled. */
    public PositionVector position() {
        return ceiling.lower(floors.raise(cursor.position()));
    }

    /** Returns the index from which on nothing may be read now. */
    private long last() {
        return pass.bound(end);
    }

    /** Returns the index up to which it may read now. */
    public long head() {
        return Math.min(log().head(), end);
    }
}
