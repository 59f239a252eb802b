package io.laundrybridge.policy;

/** The ways to treat a session that falls behind the channel's log because it reads too slowly. */
public enum FallBehind {
    /**
     * Missed records are read from the source again, up to the channel's replay budget. The default of channels without
     * state.
     */
    CATCH_UP,
    /**
     * The session gets only the newest value of each key as soon as it lags by more than 512 events. It gets a new
     * snapshot if it lags by more than the log. The default of channels with state; others cannot have it.
     */
    CONFLATE,
    /** The session continues at the oldest event in memory, after a gap that names what it missed. */
    SKIP,
    /** The session is closed with 4308; its client reconnects and resumes. */
    DISCONNECT
}
