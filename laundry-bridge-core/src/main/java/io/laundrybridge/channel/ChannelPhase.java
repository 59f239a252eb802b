package io.laundrybridge.channel;

/** How far a channel is, as its bridge tells it. */
public enum ChannelPhase {
    /** The source is not there yet, or its history is loading. */
    LOADING,
    /** Events flow. */
    LIVE,
    /** The source is behind or unreachable; it was live before. */
    STALE,
    /** The channel gave up for good. */
    FAILED
}
