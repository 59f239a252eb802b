package io.laundrybridge.host;

import static io.laundrybridge.host.Meter.Kind.COUNTER;
import static io.laundrybridge.host.Meter.Kind.GAUGE;
import static io.laundrybridge.host.Meter.Kind.TIMER;
import static io.laundrybridge.host.Meter.Tag.CHANNEL;
import static io.laundrybridge.host.Meter.Tag.NONE;
import static io.laundrybridge.host.Meter.Tag.REASON;

/** Lists every meter of the bridge; names, units, tags and meanings are API. */
public enum Meter {
    /** {@code laundry.bridge.records}. */
    RECORDS("records", COUNTER, "records", CHANNEL, "Records received from the source"),
    /** {@code laundry.bridge.records.undecodable}. */
    UNDECODABLE(
            "records.undecodable", COUNTER, "records", CHANNEL, "Records skipped because they could not be decoded"),
    /** {@code laundry.bridge.records.too.large}. */
    TOO_LARGE("records.too.large", COUNTER, "records", CHANNEL, "Records skipped because they exceed a limit"),
    /** {@code laundry.bridge.records.filtered}. */
    FILTERED("records.filtered", COUNTER, "records", CHANNEL, "Records dropped by a filter of the application"),
    /** {@code laundry.bridge.dead.letters}. */
    DEAD_LETTERS("dead.letters", COUNTER, "records", NONE, "Undecodable records written to the dead-letter topic"),
    /** {@code laundry.bridge.dead.letters.lost}. */
    DEAD_LETTERS_LOST(
            "dead.letters.lost",
            COUNTER,
            "records",
            NONE,
            "Undecodable records that could not be written to the dead-letter topic"),
    /** {@code laundry.bridge.topics.left}. */
    TOPICS_LEFT(
            "topics.left",
            COUNTER,
            "topics",
            NONE,
            "Topics that left the shared consumer for one of their own, because of trouble of their own"),
    /** {@code laundry.bridge.topics.returned}. */
    TOPICS_RETURNED("topics.returned", COUNTER, "topics", NONE, "Topics that came back, or closed meanwhile"),
    /** {@code laundry.bridge.sink.waiting}. */
    SINK_WAITING(
            "sink.waiting", GAUGE, "records", NONE, "Published records that wait for Kafka's answer, or to be sent"),
    /** {@code laundry.bridge.sink.waiting.bytes}. */
    SINK_WAITING_BYTES("sink.waiting.bytes", GAUGE, "bytes", NONE, "Bytes of these records"),
    /** {@code laundry.bridge.sink.full}. */
    SINK_FULL("sink.full", COUNTER, "records", NONE, "Published records refused because too many wait for Kafka"),
    /** {@code laundry.bridge.source.gaps}. */
    SOURCE_GAPS(
            "source.gaps", COUNTER, "gaps", CHANNEL, "Gaps that the source reported: records that Kafka no longer has"),
    /** {@code laundry.bridge.source.stale}. */
    SOURCE_STALE("source.stale", GAUGE, "", CHANNEL, "1 if the source is stale, otherwise 0"),
    /** {@code laundry.bridge.log.bytes}. */
    LOG_BYTES("log.bytes", GAUGE, "bytes", CHANNEL, "Bytes in the channel's log"),
    /** {@code laundry.bridge.log.evicted}. */
    LOG_EVICTED("log.evicted", COUNTER, "events", CHANNEL, "Events evicted from the channel's log"),
    /** {@code laundry.bridge.state.keys}. */
    STATE_KEYS("state.keys", GAUGE, "keys", CHANNEL, "Keys that have a value, on channels with state"),
    /** {@code laundry.bridge.state.bytes}. */
    STATE_BYTES("state.bytes", GAUGE, "bytes", CHANNEL, "Bytes of the values in state"),
    /** {@code laundry.bridge.snapshot.bytes}. */
    SNAPSHOT_BYTES(
            "snapshot.bytes", GAUGE, "bytes", CHANNEL, "Bytes of older values, kept for snapshots that are being read"),
    /** {@code laundry.bridge.snapshots.lost}. */
    SNAPSHOTS_LOST(
            "snapshots.lost",
            COUNTER,
            "snapshots",
            CHANNEL,
            "Snapshots dropped while they were read, because they held too much or were not read "
                    + "on; their sessions start over"),
    /** {@code laundry.bridge.snapshots.delayed}. */
    SNAPSHOTS_DELAYED(
            "snapshots.delayed",
            COUNTER,
            "snapshots",
            CHANNEL,
            "Snapshots that had to wait, because the session began too many within a minute"),
    /** {@code laundry.bridge.snapshots.duration}. */
    SNAPSHOT_DURATION(
            "snapshots.duration",
            TIMER,
            "seconds",
            CHANNEL,
            "From the beginning of a snapshot until its last row is handed to the transport, so "
                    + "slow clients count too"),
    /** {@code laundry.bridge.replay.pieces}. */
    REPLAY_PIECES(
            "replay.pieces",
            COUNTER,
            "pieces",
            CHANNEL,
            "Pieces replayed from the source for sessions that memory does not serve"),
    /** {@code laundry.bridge.replay.records}. */
    REPLAY_RECORDS("replay.records", COUNTER, "records", CHANNEL, "Records of the replayed pieces"),
    /** {@code laundry.bridge.replay.bytes}. */
    REPLAY_BYTES(
            "replay.bytes",
            COUNTER,
            "bytes",
            CHANNEL,
            "Bytes of the replayed records as the source has them, sent or not"),
    /** {@code laundry.bridge.replay.delayed}. */
    REPLAY_DELAYED(
            "replay.delayed",
            COUNTER,
            "requests",
            CHANNEL,
            "Requests that had to wait for the next minute, because their session had used its " + "budget"),
    /** {@code laundry.bridge.replay.shared}. */
    REPLAY_SHARED(
            "replay.shared",
            COUNTER,
            "requests",
            CHANNEL,
            "Requests answered with a piece or a place that was read for another session"),
    /** {@code laundry.bridge.replay.times}. */
    REPLAY_TIMES(
            "replay.times",
            COUNTER,
            "look-ups",
            CHANNEL,
            "Timestamps and beginnings looked up in the source for sessions that start before " + "memory"),
    /** {@code laundry.bridge.replay.waiting}. */
    REPLAY_WAITING("replay.waiting", GAUGE, "requests", CHANNEL, "Requests that wait for a piece or a place"),
    /** {@code laundry.bridge.replay.held.bytes}. */
    REPLAY_HELD("replay.held.bytes", GAUGE, "bytes", NONE, "Bytes of the pieces in memory"),
    /** {@code laundry.bridge.replay.duration}. */
    REPLAY_DURATION(
            "replay.duration",
            TIMER,
            "seconds",
            CHANNEL,
            "From the request for a piece or a place until its answer, with the time in the queue"),
    /** {@code laundry.bridge.sessions}. */
    SESSIONS("sessions", GAUGE, "sessions", NONE, "Sessions open now, of all channels"),
    /** {@code laundry.bridge.sessions.refused}. */
    SESSIONS_REFUSED("sessions.refused", COUNTER, "sessions", NONE, "Sessions refused because the node is full"),
    /** {@code laundry.bridge.sessions.refused.open}. */
    REFUSED_OPEN("sessions.refused.open", GAUGE, "sockets", NONE, "Refused sockets that are not closed yet"),
    /** {@code laundry.bridge.closes.waiting}. */
    CLOSES_WAITING(
            "closes.waiting",
            GAUGE,
            "calls",
            NONE,
            "Closes and drops of sockets that wait for a thread, or are running"),
    /** {@code laundry.bridge.handshakes.refused}. */
    HANDSHAKES_REFUSED(
            "handshakes.refused",
            COUNTER,
            "handshakes",
            NONE,
            "Handshakes refused because of the page's origin or the requested host"),
    /** {@code laundry.bridge.refusals}. */
    REFUSALS("refusals", COUNTER, "clients", REASON, "Handshakes and sessions refused, for any reason"),
    /** {@code laundry.bridge.clients.limited}. */
    CLIENTS_LIMITED(
            "clients.limited",
            COUNTER,
            "sessions",
            NONE,
            "Sessions refused because their address or user has too many, or connects too often"),
    /** {@code laundry.bridge.arrivals.delayed}. */
    ARRIVALS_DELAYED(
            "arrivals.delayed", COUNTER, "connections", NONE, "Connections that waited, because too many came at once"),
    /** {@code laundry.bridge.logins.refused}. */
    LOGINS_REFUSED("logins.refused", COUNTER, "logins", NONE, "Logins that failed: void, late and missing credentials"),
    /** {@code laundry.bridge.authentication.duration}. */
    AUTHENTICATION_DURATION(
            "authentication.duration",
            TIMER,
            "seconds",
            NONE,
            "From a credential until the answer of the authenticators, whatever it is"),
    /** {@code laundry.bridge.access.duration}. */
    ACCESS_DURATION(
            "access.duration",
            TIMER,
            "seconds",
            CHANNEL,
            "From the question for a grant until the answer of the access rule, whatever it is"),
    /** {@code laundry.bridge.subscriptions}. */
    SUBSCRIPTIONS(
            "subscriptions",
            GAUGE,
            "subscriptions",
            CHANNEL,
            "Subscriptions open now. A session has at most one per channel, so these are the "
                    + "sessions of the channel"),
    /** {@code laundry.bridge.subscriptions.bytes}. */
    SUBSCRIPTION_BYTES("subscriptions.bytes", GAUGE, "bytes", NONE, "Memory of all open subscriptions, by estimate"),
    /** {@code laundry.bridge.subscriptions.paced}. */
    PACED_SUBSCRIPTIONS(
            "subscriptions.paced", GAUGE, "subscriptions", NONE, "Subscriptions that play the past at a pace now"),
    /** {@code laundry.bridge.lag}. */
    LAG(
            "lag",
            GAUGE,
            "events",
            CHANNEL,
            "Events in memory that the slowest session of the channel has yet to read. Computed "
                    + "when it is asked for. Hidden pages, and sessions that read a snapshot or a replay, "
                    + "do not count"),
    /** {@code laundry.bridge.frames}. */
    FRAMES("frames", COUNTER, "frames", NONE, "Frames handed to a transport"),
    /** {@code laundry.bridge.frames.bytes}. */
    FRAME_BYTES("frames.bytes", COUNTER, "bytes", NONE, "Bytes of the frames handed to a transport"),
    /** {@code laundry.bridge.events.age}. */
    EVENT_AGE(
            "events.age",
            TIMER,
            "seconds",
            CHANNEL,
            "Age of events of live subscriptions when they are handed to the transport: the time "
                    + "of this node less the timestamp of the record. A sample: per worker at most one per "
                    + "millisecond"),
    /** {@code laundry.bridge.compressed}. */
    COMPRESSED("compressed", COUNTER, "pieces", CHANNEL, "Pieces of logs compressed"),
    /** {@code laundry.bridge.compressed.shared}. */
    COMPRESSED_SHARED(
            "compressed.shared",
            COUNTER,
            "frames",
            CHANNEL,
            "Frames that had been compressed for another session before"),
    /** {@code laundry.bridge.compressed.held.bytes}. */
    COMPRESSED_HELD("compressed.held.bytes", GAUGE, "bytes", NONE, "Bytes of the compressed frames in memory"),
    /** {@code laundry.bridge.access.failed}. */
    ACCESS_FAILED(
            "access.failed",
            COUNTER,
            "questions",
            CHANNEL,
            "Questions to access rules that threw, returned null or were late; each granted nothing"),
    /** {@code laundry.bridge.access.waiting}. */
    ACCESS_WAITING("access.waiting", GAUGE, "questions", CHANNEL, "Questions to access rules that wait for a thread"),
    /** {@code laundry.bridge.publishes}. */
    PUBLISHES("publishes", COUNTER, "publishes", CHANNEL, "Publishes of clients that were stored"),
    /** {@code laundry.bridge.publishes.repeated}. */
    PUBLISHES_REPEATED(
            "publishes.repeated",
            COUNTER,
            "publishes",
            CHANNEL,
            "Repeated publishes that this node knew, and so did not store again"),
    /** {@code laundry.bridge.publishes.refused}. */
    PUBLISHES_REFUSED(
            "publishes.refused", COUNTER, "publishes", REASON, "Publishes answered with an error, whatever the error"),
    /** {@code laundry.bridge.publishes.duration}. */
    PUBLISHES_DURATION(
            "publishes.duration",
            TIMER,
            "seconds",
            CHANNEL,
            "From the acceptance of a publish until its acknowledgement"),
    /** {@code laundry.bridge.publishes.pending}. */
    PUBLISHES_PENDING("publishes.pending", GAUGE, "publishes", CHANNEL, "Publishes that wait for their answer"),
    /** {@code laundry.bridge.publishes.remembered}. */
    PUBLISHES_REMEMBERED("publishes.remembered", GAUGE, "publishes", NONE, "Stored publishes that this node remembers"),
    /** {@code laundry.bridge.publishes.forgotten}. */
    PUBLISHES_FORGOTTEN(
            "publishes.forgotten",
            COUNTER,
            "publishes",
            NONE,
            "Stored publishes forgotten before their time, because too many were remembered"),
    /** {@code laundry.bridge.errors}. */
    ERRORS("errors", COUNTER, "requests", REASON, "Requests answered with an error"),
    /** {@code laundry.bridge.sessions.limited}. */
    LIMITED("sessions.limited", COUNTER, "sessions", NONE, "Sessions closed because they sent too much or too large"),
    /** {@code laundry.bridge.sends.timed.out}. */
    SEND_TIMEOUTS(
            "sends.timed.out", COUNTER, "sessions", NONE, "Sessions aborted because a send exceeded its deadline"),
    /** {@code laundry.bridge.beats.lost}. */
    BEATS_LOST("beats.lost", COUNTER, "sessions", NONE, "Sessions closed because they did not answer beats"),
    /** {@code laundry.bridge.closes}. */
    CLOSES("closes", COUNTER, "sessions", REASON, "Sessions ended, for any reason"),
    /** {@code laundry.bridge.sessions.fell.behind}. */
    FELL_BEHIND(
            "sessions.fell.behind",
            COUNTER,
            "times",
            CHANNEL,
            "Times that a session's next event was no longer in a channel's log"),
    /** {@code laundry.bridge.warm.up}. */
    WARM_UP("warm.up", TIMER, "seconds", NONE, "The warm-up of this node before it was ready");

    /** The ways in which the amounts of a meter add up. */
    public enum Kind {
        /** Only increases. */
        COUNTER,
        /** Increases and decreases. */
        GAUGE,
        /** Times of many occurrences: how many, and how long. */
        TIMER
    }

    /** The tag that separates the values of a meter; a meter has at most one. */
    public enum Tag {
        /** Nothing. */
        NONE,
        /** The configured name of the channel. */
        CHANNEL,
        /** One of few causes; {@code docs/meters.md} lists them. */
        REASON
    }

    private final String meterName;
    private final Kind kind;
    private final String unit;
    private final Tag tag;
    private final String description;

    Meter(String name, Kind kind, String unit, Tag tag, String description) {
        this.meterName = "laundry.bridge." + name;
        this.kind = kind;
        this.unit = unit;
        this.tag = tag;
        this.description = description;
    }

    /** {@return the meter's name, lower case and dotted} */
    public String meterName() {
        return meterName;
    }

    /** {@return whether it is a counter, a gauge or a timer} */
    public Kind kind() {
        return kind;
    }

    /** {@return the unit of its amounts, in the plural; "" if it has none} */
    public String unit() {
        return unit;
    }

    /** {@return the tag of its values} */
    public Tag tag() {
        return tag;
    }

    /** {@return what it measures, without a full stop at the end} */
    public String description() {
        return description;
    }
}
