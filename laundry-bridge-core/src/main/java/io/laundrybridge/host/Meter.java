package io.laundrybridge.host;

/** Lists every meter of the bridge; names and meanings are API. */
public enum Meter {
    /** Records received from the source. */
    RECORDS("laundry.bridge.records", Kind.COUNTER),
    /** Records skipped because they could not be decoded. */
    UNDECODABLE("laundry.bridge.records.undecodable", Kind.COUNTER),
    /** Records skipped because they exceed a limit. */
    TOO_LARGE("laundry.bridge.records.too.large", Kind.COUNTER),
    /** Undecodable records written to the dead-letter topic. */
    DEAD_LETTERS("laundry.bridge.dead.letters", Kind.COUNTER),
    /** Undecodable records that could not be written to the dead-letter topic. */
    DEAD_LETTERS_LOST("laundry.bridge.dead.letters.lost", Kind.COUNTER),
    /** Gaps that the source reported: records that Kafka no longer has. */
    SOURCE_GAPS("laundry.bridge.source.gaps", Kind.COUNTER),
    /** 1 if the source is stale, otherwise 0. */
    SOURCE_STALE("laundry.bridge.source.stale", Kind.GAUGE),
    /** Bytes in the channel's log. */
    LOG_BYTES("laundry.bridge.log.bytes", Kind.GAUGE),
    /** Events evicted from the channel's log. */
    LOG_EVICTED("laundry.bridge.log.evicted", Kind.COUNTER),
    /** Keys that have a value, on channels with state. */
    STATE_KEYS("laundry.bridge.state.keys", Kind.GAUGE),
    /** Bytes of the values in state. */
    STATE_BYTES("laundry.bridge.state.bytes", Kind.GAUGE),
    /** Bytes of older values, kept for snapshots that are being read. */
    SNAPSHOT_BYTES("laundry.bridge.snapshot.bytes", Kind.GAUGE),
    /**
     * Snapshots dropped while they were read, because they held too much or were not read on; their sessions start
     * over.
     */
    SNAPSHOTS_LOST("laundry.bridge.snapshots.lost", Kind.COUNTER),
    /** Snapshots that had to wait, because the session began too many within a minute. */
    SNAPSHOTS_DELAYED("laundry.bridge.snapshots.delayed", Kind.COUNTER),
    /** Pieces replayed from the source for sessions that memory does not serve. */
    REPLAY_PIECES("laundry.bridge.replay.pieces", Kind.COUNTER),
    /** Records of the replayed pieces. */
    REPLAY_RECORDS("laundry.bridge.replay.records", Kind.COUNTER),
    /** Bytes of the replayed records as the source has them, sent or not. */
    REPLAY_BYTES("laundry.bridge.replay.bytes", Kind.COUNTER),
    /** Requests that had to wait for the next minute, because their session had used its budget. */
    REPLAY_DELAYED("laundry.bridge.replay.delayed", Kind.COUNTER),
    /** Requests answered with a piece or a place that was read for another session. */
    REPLAY_SHARED("laundry.bridge.replay.shared", Kind.COUNTER),
    /** Timestamps and beginnings looked up in the source for sessions that start before memory. */
    REPLAY_TIMES("laundry.bridge.replay.times", Kind.COUNTER),
    /** Requests that wait for a piece or a place. */
    REPLAY_WAITING("laundry.bridge.replay.waiting", Kind.GAUGE),
    /** Bytes of the pieces in memory. */
    REPLAY_HELD("laundry.bridge.replay.held.bytes", Kind.GAUGE),
    /** Sessions open now. */
    SESSIONS("laundry.bridge.sessions", Kind.GAUGE),
    /** Sessions refused because the node is full. */
    SESSIONS_REFUSED("laundry.bridge.sessions.refused", Kind.COUNTER),
    /** Refused sockets that are not closed yet. */
    REFUSED_OPEN("laundry.bridge.sessions.refused.open", Kind.GAUGE),
    /** Closes and drops of sockets that wait for a thread, or are running. */
    CLOSES_WAITING("laundry.bridge.closes.waiting", Kind.GAUGE),
    /** Handshakes refused because of the page's origin or the requested host. */
    HANDSHAKES_REFUSED("laundry.bridge.handshakes.refused", Kind.COUNTER),
    /** Sessions refused because their address or user has too many, or connects too often. */
    CLIENTS_LIMITED("laundry.bridge.clients.limited", Kind.COUNTER),
    /** Subscriptions open now. */
    SUBSCRIPTIONS("laundry.bridge.subscriptions", Kind.GAUGE),
    /** Memory of all open subscriptions, by estimate. */
    SUBSCRIPTION_BYTES("laundry.bridge.subscriptions.bytes", Kind.GAUGE),
    /** Frames handed to a transport. */
    FRAMES("laundry.bridge.frames", Kind.COUNTER),
    /** Bytes of the frames handed to a transport. */
    FRAME_BYTES("laundry.bridge.frames.bytes", Kind.COUNTER),
    /** Pieces of logs compressed. */
    COMPRESSED("laundry.bridge.compressed", Kind.COUNTER),
    /** Frames that had been compressed for another session before. */
    COMPRESSED_SHARED("laundry.bridge.compressed.shared", Kind.COUNTER),
    /** Bytes of the compressed frames in memory. */
    COMPRESSED_HELD("laundry.bridge.compressed.held.bytes", Kind.GAUGE),
    /** Requests answered with an error. */
    ERRORS("laundry.bridge.errors", Kind.COUNTER),
    /** Sessions closed because they sent too much or too large. */
    LIMITED("laundry.bridge.sessions.limited", Kind.COUNTER),
    /** Sessions aborted because a send exceeded its deadline. */
    SEND_TIMEOUTS("laundry.bridge.sends.timed.out", Kind.COUNTER),
    /** Sessions closed because they did not answer beats. */
    BEATS_LOST("laundry.bridge.beats.lost", Kind.COUNTER),
    /** Times that a session's next event was no longer in a channel's log. */
    FELL_BEHIND("laundry.bridge.sessions.fell.behind", Kind.COUNTER);

    /** The ways in which the amounts of a meter add up. */
    public enum Kind {
        /** Only increases. */
        COUNTER,
        /** Increases and decreases. */
        GAUGE
    }

    private final String meterName;
    private final Kind kind;

    Meter(String meterName, Kind kind) {
        this.meterName = meterName;
        this.kind = kind;
    }

    /** {@return the meter's name, lower case and dotted} */
    public String meterName() {
        return meterName;
    }

    /** {@return whether it is a counter or a gauge} */
    public Kind kind() {
        return kind;
    }
}
