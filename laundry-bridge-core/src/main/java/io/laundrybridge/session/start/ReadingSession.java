package io.laundrybridge.session.start;

import io.laundrybridge.channel.log.Run;
import io.laundrybridge.channel.replay.ReplayAccount;
import io.laundrybridge.session.place.Places;
import io.laundrybridge.session.select.TurnBudget;
import java.time.InstantSource;

/** A session, as seen by the classes that read for it. They use its clocks, its alarm and its share of replay. */
public interface ReadingSession {

    /** Returns what was replayed for the session, for all its subscriptions together. */
    ReplayAccount replays();

    /** Returns what may still be looked at in this turn; the session's worker only. */
    TurnBudget steps();

    /** Returns the writer and reader of places; the session's worker only. */
    Places places();

    /** Notes that {@code run} of {@code channel}, which has events that just came, is sent now; on the worker. */
    void sendsLive(String channel, Run run);

    /** Returns the wall clock. */
    InstantSource clock();

    /** Returns the monotonic clock, in nanoseconds. */
    long nanoTime();

    /** Makes the session read on; any thread. */
    void wake();

    /**
     * Makes the session read on {@code nanos} from now or earlier, or not at all if that is zero. The session's worker
     * only.
     */
    void wakeIn(long nanos);
}
