package io.laundrybridge.channel;

/** The phases of a channel, as its bridge reports them. */
public enum ChannelPhase {
    /** The source is not available yet, or its history is loading. */
    LOADING,
    /** Events flow. */
    LIVE,
    /** The source is behind or unreachable; it was live before. */
    STALE,
    /** The channel gave up for good. */
    FAILED
}
