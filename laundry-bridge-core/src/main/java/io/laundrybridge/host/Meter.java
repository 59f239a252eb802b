package io.laundrybridge.host;

/** Every meter of the bridge; names and meaning are API. */
public enum Meter {
    /** Records taken from the source. */
    RECORDS("laundry.bridge.records", Kind.COUNTER),
    /** Records skipped because they could not be decoded. */
    UNDECODABLE("laundry.bridge.records.undecodable", Kind.COUNTER),
    /** Records skipped because they exceed a limit. */
    TOO_LARGE("laundry.bridge.records.too.large", Kind.COUNTER),
    /** Undecodable records written to the dead-letter topic. */
    DEAD_LETTERS("laundry.bridge.dead.letters", Kind.COUNTER),
    /** Undecodable records that the dead-letter topic did not take. */
    DEAD_LETTERS_LOST("laundry.bridge.dead.letters.lost", Kind.COUNTER),
    /** Gaps that the source reported: records that Kafka no longer has. */
    SOURCE_GAPS("laundry.bridge.source.gaps", Kind.COUNTER),
    /** Whether the source is stale: 1, or well: 0. */
    SOURCE_STALE("laundry.bridge.source.stale", Kind.GAUGE),
    /** Bytes held by the channel's log. */
    LOG_BYTES("laundry.bridge.log.bytes", Kind.GAUGE),
    /** Events evicted from the channel's log. */
    LOG_EVICTED("laundry.bridge.log.evicted", Kind.COUNTER),
    /** Keys that have a value, on channels that keep state. */
    STATE_KEYS("laundry.bridge.state.keys", Kind.GAUGE),
    /** Bytes of those values. */
    STATE_BYTES("laundry.bridge.state.bytes", Kind.GAUGE),
    /** Bytes of older values, held for snapshots that are being read. */
    SNAPSHOT_BYTES("laundry.bridge.snapshot.bytes", Kind.GAUGE),
    /** Snapshots let go while they were read, because they held too much or were not read on; their sessions start over. */
    SNAPSHOTS_LOST("laundry.bridge.snapshots.lost", Kind.COUNTER),
    /** Snapshots of sessions that had begun too many within a minute, and had to wait or ask again. */
    SNAPSHOTS_DELAYED("laundry.bridge.snapshots.delayed", Kind.COUNTER),
    /** Pieces read again from the source for sessions that memory does not serve. */
    REPLAY_PIECES("laundry.bridge.replay.pieces", Kind.COUNTER),
    /** Records of those pieces. */
    REPLAY_RECORDS("laundry.bridge.replay.records", Kind.COUNTER),
    /** Bytes of those records as the source has them, shown or not. */
    REPLAY_BYTES("laundry.bridge.replay.bytes", Kind.COUNTER),
    /** Requests of sessions that had been read their budget of a minute, and had to wait for the next. */
    REPLAY_DELAYED("laundry.bridge.replay.delayed", Kind.COUNTER),
    /** Requests answered with a piece that was read, or a place that was looked up, for somebody else. */
    REPLAY_SHARED("laundry.bridge.replay.shared", Kind.COUNTER),
    /** Times and beginnings looked up in the source for sessions that start further back than memory. */
    REPLAY_TIMES("laundry.bridge.replay.times", Kind.COUNTER),
    /** Requests that wait for a piece or a place. */
    REPLAY_WAITING("laundry.bridge.replay.waiting", Kind.GAUGE),
    /** Bytes of the pieces kept. */
    REPLAY_HELD("laundry.bridge.replay.held.bytes", Kind.GAUGE),
    /** Sessions open now. */
    SESSIONS("laundry.bridge.sessions", Kind.GAUGE),
    /** Sessions refused because the node is full. */
    SESSIONS_REFUSED("laundry.bridge.sessions.refused", Kind.COUNTER),
    /** Refused sockets that are not closed yet. */
    REFUSED_OPEN("laundry.bridge.sessions.refused.open", Kind.GAUGE),
    /** Closes and drops of sockets that wait for a thread, or run. */
    CLOSES_WAITING("laundry.bridge.closes.waiting", Kind.GAUGE),
    /** Handshakes refused because of the page's origin or the host that it asks for. */
    HANDSHAKES_REFUSED("laundry.bridge.handshakes.refused", Kind.COUNTER),
    /** Sessions refused because their address or user has too many, or connects too often. */
    CLIENTS_LIMITED("laundry.bridge.clients.limited", Kind.COUNTER),
    /** Subscriptions open now. */
    SUBSCRIPTIONS("laundry.bridge.subscriptions", Kind.GAUGE),
    /** Memory that those take together, by estimate. */
    SUBSCRIPTION_BYTES("laundry.bridge.subscriptions.bytes", Kind.GAUGE),
    /** Frames handed to a transport. */
    FRAMES("laundry.bridge.frames", Kind.COUNTER),
    /** Bytes of those frames. */
    FRAME_BYTES("laundry.bridge.frames.bytes", Kind.COUNTER),
    /** Pieces of logs compressed. */
    COMPRESSED("laundry.bridge.compressed", Kind.COUNTER),
    /** Frames that were compressed for another session before. */
    COMPRESSED_SHARED("laundry.bridge.compressed.shared", Kind.COUNTER),
    /** Bytes of the compressed frames kept. */
    COMPRESSED_HELD("laundry.bridge.compressed.held.bytes", Kind.GAUGE),
    /** Requests answered with an error. */
    ERRORS("laundry.bridge.errors", Kind.COUNTER),
    /** Sessions closed because they sent too much or too large. */
    LIMITED("laundry.bridge.sessions.limited", Kind.COUNTER),
    /** Sessions aborted because a send met its deadline. */
    SEND_TIMEOUTS("laundry.bridge.sends.timed.out", Kind.COUNTER),
    /** Sessions closed because they did not answer beats. */
    BEATS_LOST("laundry.bridge.beats.lost", Kind.COUNTER),
    /** Times a session fell off a channel's log. */
    FELL_BEHIND("laundry.bridge.sessions.fell.behind", Kind.COUNTER);

    /** How the amounts of a meter add up. */
    public enum Kind {
        /** Only goes up. */
        COUNTER,
        /** Goes up and down. */
        GAUGE
    }

    private final String meterName;
    private final Kind kind;

    Meter(String meterName, Kind kind) {
        this.meterName = meterName;
        this.kind = kind;
    }

    /** The meter's name, lower case and dotted. */
    public String meterName() {
        return meterName;
    }

    /** Whether it is a counter or a gauge. */
    public Kind kind() {
        return kind;
    }
}
