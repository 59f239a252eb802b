package io.laundrybridge.session.start;

import io.laundrybridge.channel.replay.ReplayAccount;
import io.laundrybridge.session.select.TurnBudget;
import java.time.InstantSource;

/** A session as reading knows it: its clock, its alarm, its share of what is read again. */
public interface ReadingSession {

    /** Returns what the session has had of reading again, all its subscriptions together. */
    ReplayAccount replays();

    /** Returns what may still be looked at in this turn; the session's worker only. */
    TurnBudget steps();

    /** Returns the clock on the wall. */
    InstantSource clock();

    /** Returns the monotonic clock, in nanoseconds. */
    long nanoTime();

    /** Has the session read on; any thread. */
    void wake();

    /**
     * Has the session read on {@code nanos} from now or earlier; not at all if that is zero. The session's worker only.
     */
    void wakeIn(long nanos);
}
