package io.laundrybridge;

/** The state of a bridge, in the order of its life. */
public enum BridgeState {
    /** The bridge was made and not started yet. */
    NEW,
    /** The bridge waits for the source, or loads history. */
    STARTING,
    /** Events flow. */
    LIVE,
    /** The source is behind or unreachable; sessions stay and get {@code stale}. */
    STALE,
    /** The bridge stops: sessions get {@code bye}. */
    DRAINING,
    /** The bridge has stopped; no thread is left. */
    STOPPED,
    /** The bridge gave up, for example at an undecodable record if the policy is to fail. */
    FAILED
}
