package io.laundrybridge.session.wake;

import io.laundrybridge.channel.Channel;
import io.laundrybridge.channel.ChannelState;
import io.laundrybridge.session.reader.LogReader;
import io.laundrybridge.session.reader.Matches;
import io.laundrybridge.session.select.Selection;
import io.laundrybridge.session.select.TurnBudget;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of one worker that read one channel. {@link #signal} may be called from any thread; everything else is
 * confined to the worker.
 *
 * <p>Sessions that take everything, or still catch up, look at every change. The others follow the worker's walk.
 */
public final class ChannelReaders implements Runnable, InterestOwner {
    private static final long PAUSE_NANOS = 100_000_000L;

    private final WorkerThread worker;
    private final Channel channel;
    private final FlushGroups gathering;
    private final AtomicBoolean signalled = new AtomicBoolean();
    private final InterestIndex index = new InterestIndex();
    private final LogWalk walk;

    private final WakeLists lists = new WakeLists();
    private final Timers.Alarm again;
    private @Nullable ChannelState seen;

    public ChannelReaders(WorkerThread worker, Channel channel, FlushGroups gathering) {
        this.worker = worker;
        this.again = worker.alarms().alarm(this);
        this.walk = new LogWalk(index, new TurnBudget(worker.nanoTime()));
        this.channel = channel;
        this.gathering = gathering;
    }

    /** Signals a change of the channel. Many signals before the worker looks count as one. */
    public void signal() {
        if (!gathering.isQuiet() && !signalled.get() && signalled.compareAndSet(false, true)) {
            worker.tasks().execute(this);
        }
    }

    /** Adds an interest of {@code session} in what {@code selection} selects, until it is closed. */
    public Interest add(Wakeable session, Selection selection) {
        gathering.endQuiet();
        Interest interest = new Interest(this, session, selection);
        index.add(interest);
        lists.look(interest);
        return interest;
    }

    /** Has events wake {@code interest} once per {@code flush}, or at every change if that is zero. */
    public @Nullable FlushGroup gather(Interest interest, Duration flush) {
        gathering.endQuiet();
        if (interest.waking() == Waking.NEVER) {
            index.add(interest);
        }
        gathering.leave(interest);
        if (flush.isZero()) {
            interest.waking(Waking.AT_ONCE);
            lists.look(interest);
            return null;
        }
        interest.waking(Waking.AT_TICKS);
        lists.lookNoMore(interest);
        return gathering.join(interest, flush);
    }

    /** Has no event wake {@code interest} until it {@linkplain #gather gathers} again. */
    public void rest(Interest interest) {
        interest.leaveWalk();
        if (interest.waking() != Waking.NEVER) {
            remove(interest);
            interest.waking(Waking.NEVER);
        }
    }

    @Override
    public void remove(Interest interest) {
        if (interest.waking() != Waking.NEVER) {
            index.remove(interest);
        }
        interest.forgetFilter();
        lists.lookNoMore(interest);
        gathering.leave(interest);
    }

    /** Returns whether no interest selects anything. */
    public boolean selectNothing() {
        return index.isEmpty();
    }

    @Override
    public void index(Interest interest) {
        index.add(interest);
    }

    @Override
    public void unindex(Interest interest) {
        index.remove(interest);
    }

    /** {@inheritDoc} The walk continues at once if {@code reader} has left something unread. */
    @Override
    public @Nullable Matches join(Interest interest, LogReader reader) {
        if (!walk.takes(interest, reader)) {
            return null;
        }
        gathering.endQuiet();
        if (reader.next() < reader.log().head()) {
            lists.join(interest);
            signal();
        }
        return new Matches(walk::end);
    }

    @Override
    public void left(Interest interest) {
        walk.leave(interest);
        if (interest.waking() == Waking.AT_ONCE) {
            gathering.endQuiet();
            lists.look(interest);
        }
    }

    @Override
    public void wake(Interest interest) {
        lists.wake(interest);
    }

    /** Sends new entries to all sessions that they concern and that have no send in flight. */
    @Override
    public void run() {
        signalled.set(false); // before looking: a change after this signals again
        try {
            look();
        } catch (Throwable e) {
            worker.failures().warn("Reading the log of channel '" + channel.name() + "' failed; it is tried again", e);
            again.within(PAUSE_NANOS);
        }
    }

    private void look() {
        tellWhatItBecame();
        lists.pumpLooking();
        if (!walks()) {
            allLeaveWalk(); // each finds out what it has missed
            signal();
        }
        lists.pumpWoken();
        if (walk.done()) {
            lists.pumpNewcomers();
        } else {
            signal();
        }
        gathering.changed();
        beginQuiet();
    }

    /** Reports every change of the channel's state, except its log's growth, to all sessions. */
    @SuppressWarnings("ReferenceEquality") // the same state, not one like it
    private void tellWhatItBecame() {
        ChannelState now = channel.state();
        if (now != seen) {
            seen = now;
            allLeaveWalk();
        }
    }

    /**
     * Returns false if the followers must read on by themselves, because the log has evicted the place of the walk, or
     * the walk failed.
     */
    private boolean walks() {
        try {
            return walk.goOn();
        } catch (Throwable e) {
            worker.failures()
                    .warn(
                            "The walk through channel '" + channel.name()
                                    + "' failed; its readers continue by themselves",
                            e);
            return false;
        }
    }

    private void allLeaveWalk() {
        for (Interest follower : walk.followers()) {
            try {
                follower.leaveWalk();
            } catch (Throwable e) {
                follower.broken(e);
            }
        }
    }

    /**
     * Begins a quiet period if no session looks at every change. A change that can wait for a tick then wakes no
     * session.
     */
    private void beginQuiet() {
        ChannelState told = seen;
        if (told != null && lists.nobodyLooks() && walk.hasNoFollowers()) {
            gathering.beginQuiet(told);
        }
    }
}
