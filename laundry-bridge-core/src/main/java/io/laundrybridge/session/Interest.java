package io.laundrybridge.session;

import org.jspecify.annotations.Nullable;

/**
 * What one subscription wants of a channel, as its worker knows it. It either looks at every change of the channel, or
 * follows its worker's walk and is woken only by what concerns it. Confined to its worker.
 */
final class Interest implements Following {
    private final ChannelReaders readers;
    private final Session session;
    private Selection selection;
    private @Nullable SharedFilter filter;
    private @Nullable LogReader reader;
    private @Nullable Matches matches;
    private boolean woken;
    private boolean closed;
    private boolean gathers;
    private boolean rests;

    Interest(ChannelReaders readers, Session session, Selection selection) {
        this.readers = readers;
        this.session = session;
        this.selection = selection;
    }

    Session session() {
        return session;
    }

    @Override
    public Selection selection() {
        return selection;
    }

    /** The filter of the selection, as others use it too; null if there is none. */
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
        if (rests) {
            selection = other;
            return;
        }
        readers.index().remove(this);
        filter = null;
        selection = other;
        readers.index().add(this);
    }

    @Override
    public void follow(@Nullable LogReader now) {
        if (reader != now) {
            leaveWalk();
        }
        if (reader == null
                && now != null
                && !closed
                && !rests
                && !selection.isAll()
                && readers.walk().takes(this, now)) {
            reader = now;
            matches = new Matches(readers.walk()::end);
            now.follow(matches);
            readers.joined(this, now);
        }
        if (reader != null) {
            reader.settle();
        }
    }

    /** Whether what is found waits for a tick, at which everybody is looked at. */
    void gather(boolean waits) {
        gathers = waits;
    }

    boolean gathers() {
        return gathers;
    }

    /** Whether nothing wakes it. */
    boolean rests() {
        return rests;
    }

    void rest(boolean now) {
        rests = now;
    }

    /** Whether it is woken by what concerns it only. */
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
            readers.left(this);
        }
    }

    /** The walk has found something at {@code index}. */
    void found(long index) {
        LogReader now = reader;
        Matches known = matches;
        if (now == null || known == null || index < now.next()) {
            return;
        }
        if (!known.add(index)) {
            leaveWalk(); // too slow to be told everything: it reads on by itself
        }
        if (!woken && !gathers) {
            woken = true;
            readers.wake(this);
        }
    }

    /** Has the session send what waits. */
    void pump() {
        woken = false;
        session.pump();
    }

    /** Its session ends, because of what nobody foresaw. */
    void broken(Throwable failure) {
        woken = false;
        session.broken(failure);
    }

    @Override
    public void close() {
        if (!closed) {
            leaveWalk();
            closed = true;
            readers.remove(this);
        }
    }
}
