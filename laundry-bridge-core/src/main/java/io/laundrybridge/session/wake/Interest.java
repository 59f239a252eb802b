package io.laundrybridge.session.wake;

import io.laundrybridge.session.feed.Following;
import io.laundrybridge.session.reader.LogReader;
import io.laundrybridge.session.reader.Matches;
import io.laundrybridge.session.select.Selection;
import org.jspecify.annotations.Nullable;

/**
 * What one subscription wants of a channel, as its worker knows it. It either looks at every change of the channel, or
 * follows its worker's walk and is woken only by its matches. Confined to its worker.
 */
public final class Interest implements Following {
    private final InterestOwner owner;
    private final Wakeable session;
    private Selection selection;
    private Waking waking = Waking.AT_ONCE;
    private @Nullable SharedFilter filter;
    private @Nullable LogReader reader;
    private @Nullable Matches matches;
    private boolean woken;
    private boolean attentive;

    Interest(InterestOwner owner, Wakeable session, Selection selection) {
        this.owner = owner;
        this.session = session;
        this.selection = selection;
    }

    @Override
    public Selection selection() {
        return selection;
    }

    /** Returns the filter of the selection, shared with others; null if there is none. */
    @Nullable SharedFilter filter() {
        return filter;
    }

    void share(SharedFilter shared) {
        filter = shared;
    }

    void forgetFilter() {
        filter = null;
    }

    @Override
    public void select(Selection other) {
        leaveWalk();
        if (waking == Waking.NEVER) {
            selection = other;
            return;
        }
        owner.unindex(this);
        filter = null;
        selection = other;
        owner.index(this);
    }

    @Override
    public void follow(@Nullable LogReader now) {
        if (reader != now) {
            leaveWalk();
        }
        if (reader == null && now != null && mayFollow()) {
            matches = owner.join(this, now);
            if (matches != null) {
                reader = now;
                now.follow(matches);
            }
        }
        if (reader != null) {
            reader.settle();
        }
    }

    private boolean mayFollow() {
        return !attentive && waking != Waking.NEVER && waking != Waking.ENDED && !selection.isAll();
    }

    /** Returns when it is woken for new entries. */
    Waking waking() {
        return waking;
    }

    void waking(Waking when) {
        waking = when;
    }

    /** Returns whether only its matches wake it. */
    boolean follows() {
        return reader != null;
    }

    @Override
    public void leaveWalk() {
        if (reader != null) {
            reader.settle();
            reader.follow(null);
            reader = null;
            matches = null;
            owner.left(this);
        }
    }

    /**
     * Looks at every change of the channel while {@code on}: the subscription waits for a place, to which the log may
     * come without a match.
     */
    public void attend(boolean on) {
        attentive = on;
        if (on) {
            leaveWalk();
        }
    }

    /** Handles a match of the walk at {@code index}. */
    void found(long index) {
        LogReader now = reader;
        Matches known = matches;
        if (now == null || known == null || index < now.next()) {
            return;
        }
        if (!known.add(index)) {
            leaveWalk(); // too slow for all its matches: it reads on by itself
        }
        if (!woken && waking != Waking.AT_TICKS) {
            woken = true;
            owner.wake(this);
        }
    }

    /** Makes the session send what waits. */
    void pump() {
        woken = false;
        session.pump();
    }

    /** Ends its session because of an unforeseen failure. */
    void broken(Throwable failure) {
        woken = false;
        session.broken(failure);
    }

    @Override
    public void close() {
        if (waking != Waking.ENDED) {
            leaveWalk();
            owner.remove(this);
            waking = Waking.ENDED;
        }
    }
}
