package io.laundrybridge.policy;

/** What happens to a session whose cursor falls off the channel's log because it reads too slowly. */
public enum FallBehind {
    /** What it misses is read from the source again, up to the channel's replay budget. The default of streams. */
    CATCH_UP,
    /**
     * The session gets the newest value of each key only, as soon as it lags by more than 512 events, and a new
     * snapshot where it lags by more than the log. The default of channels that keep state; others cannot have it.
     */
    CONFLATE,
    /** The session goes on at the oldest event kept, after a gap notice that names what it missed. */
    SKIP,
    /** The session is closed with 4308; its client comes back and resumes. */
    DISCONNECT
}
