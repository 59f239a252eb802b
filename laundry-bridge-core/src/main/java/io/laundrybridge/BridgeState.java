package io.laundrybridge;

/** The life of a bridge. */
public enum BridgeState {
    /** Made, not started. */
    NEW,
    /** Waiting for the source, or loading history. */
    STARTING,
    /** Events flow. */
    LIVE,
    /** The source is behind or unreachable; sessions stay and are told. */
    STALE,
    /** Stopping: sessions are told goodbye. */
    DRAINING,
    /** Over; no thread is left. */
    STOPPED,
    /** The bridge gave up, for example at an undecodable record where the policy is to fail. */
    FAILED
}
