package io.laundrybridge.session;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The sessions of one worker that read one channel. {@link #signal} may be called from any thread; everything else is
 * confined to the worker.
 */
final class ChannelReaders implements Runnable {
    private final DrainWorker worker;
    private final Set<Session> sessions = new LinkedHashSet<>();
    private final FlushGroups gathering;
    private final AtomicBoolean signalled = new AtomicBoolean();

    ChannelReaders(DrainWorker worker, FlushGroups gathering) {
        this.worker = worker;
        this.gathering = gathering;
    }

    /** The channel changed: many signals before the worker looks are one. */
    void signal() {
        if (!signalled.get() && signalled.compareAndSet(false, true)) {
            worker.execute(this);
        }
    }

    void add(Session session) {
        sessions.add(session);
    }

    /** As {@link #add}, but {@code session} is looked at only once in {@code flush}. */
    FlushGroup gather(Session session, Duration flush) {
        return gathering.join(session, flush);
    }

    void remove(Session session) {
        sessions.remove(session);
        gathering.leave(session);
    }

    /** Sends what is new to everybody who has no send in flight. */
    @Override
    public void run() {
        signalled.set(false); // before looking: a change after this signals again
        for (Session session : sessions) {
            session.pump();
        }
        gathering.changed();
    }
}
